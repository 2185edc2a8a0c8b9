"""Requests composed once in a process: most tests look at what the same overrides make."""

from functools import cache

from povsim.config import compose


@cache
def composed(*overrides):
    """Return the request of these overrides; nobody may change it."""
    return compose(list(overrides))
