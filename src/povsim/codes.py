"""Name the codes stored in small integer columns, and the languages."""

from enum import IntEnum, IntFlag

LANGUAGES = ("en", "zh")
"""Languages of everything that people read."""


class Registration(IntEnum):
    """Standing of a household in the poverty register (jiandang lika, 建档立卡)."""

    NONE = 0
    REGISTERED = 1
    EDGE = 2


class Group(IntEnum):
    """Primary target group; the precedence is G1 > G3 > G2 > G4 > GX > G0."""

    G0 = 0
    G1 = 1
    G2 = 2
    G3 = 3
    G4 = 4
    GX = 5


class Flag(IntFlag):
    """Yes-or-no traits packed into two bytes."""

    MANDARIN = 1
    INSURED = 2
    TRANSFER_EXIT = 4
    RELOCATED = 8
    RETURNED = 16
    MIGRANT = 32
    DIBAO = 64
    LANDLESS = 128
    CASH_LIST = 256
    EVER_FELL = 512
    LAND_LEASED = 1024
    BORROWER = 2048
    INCOME_INSURED = 4096
    GRADUATED = 8192
    TRAINED = 16384
    HELPED = 32768


class PlaceKind(IntEnum):
    """Kinds of place."""

    VILLAGE = 0
    VILLAGE_SITE = 1
    TOWNSHIP_SITE = 2
    COUNTY_TOWN_SITE = 3


class Region(IntEnum):
    """The four regions of official statistics."""

    EAST = 0
    CENTRAL = 1
    WEST = 2
    NORTHEAST = 3


class CountyClass(IntEnum):
    """The three county classes."""

    DEEP_POVERTY = 0
    OTHER_LIFTED = 1
    ORDINARY = 2


class Cause(IntEnum):
    """Main cause of a fall below the line."""

    OTHER = 0
    ILLNESS = 1
    JOB_LOSS = 2
    WEATHER = 3
    PRICE = 4
    BUSINESS = 5
    POLICY = 6
    ACCIDENT = 7


class Spell(IntEnum):
    """Whether a household is in a spell of poverty; FELL lasts for the month of the fall."""

    OUTSIDE = 0
    INSIDE = 1
    FELL = 2


HISTORY_UNIT = 2.0
"""Yuan in one unit of ``income_history``; the rounding moves a year's income by about 2 yuan."""
NORMAL_MOTIVATION = 0.65
"""Motivation at which wages, offers and effort are what they are elsewhere: the index's anchor."""
