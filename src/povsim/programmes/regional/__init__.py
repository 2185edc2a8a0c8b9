"""Regions: roads, nature, returnees, demand, growth points."""
