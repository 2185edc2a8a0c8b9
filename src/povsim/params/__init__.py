"""Frozen parameter groups: every number has a unit, a range and a source."""

from povsim.params.declare import (
    Declaration,
    as_tuple,
    check,
    choice,
    declarations,
    number,
    options,
)
from povsim.params.world import GROUPS, World

__all__ = [
    "GROUPS",
    "Declaration",
    "World",
    "as_tuple",
    "check",
    "choice",
    "declarations",
    "number",
    "options",
]
