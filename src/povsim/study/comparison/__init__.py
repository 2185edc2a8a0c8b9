"""A comparison: what is held against what, at which cost, and how sure the difference is."""
