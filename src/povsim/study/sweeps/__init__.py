"""Sweeps: designs over what is uncertain, and what they say of it."""
