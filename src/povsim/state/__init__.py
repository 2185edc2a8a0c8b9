"""State: tables of households, places and counties, and the agents that view them."""

from povsim.codes import (
    HISTORY_UNIT,
    Cause,
    CountyClass,
    Flag,
    Group,
    PlaceKind,
    Region,
    Registration,
    Spell,
)
from povsim.state.households import Households
from povsim.state.places import Counties, Places

__all__ = [
    "HISTORY_UNIT",
    "Cause",
    "Counties",
    "CountyClass",
    "Flag",
    "Group",
    "Households",
    "PlaceKind",
    "Places",
    "Region",
    "Registration",
    "Spell",
]
