"""Searches over policy mixes, and how the best of them stand uncertainty."""
