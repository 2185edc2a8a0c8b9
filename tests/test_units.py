"""Units are words that everybody shares."""

import math

import pytest

from povsim.params import GROUPS, World
from povsim.params.declare import declarations
from povsim.programmes.scenario_files import load_cards
from povsim.state.columns import COUNTY_COLUMNS, HOUSEHOLD_COLUMNS, PLACE_COLUMNS
from povsim.units import known, monthly_chance


def declared():
    for group in GROUPS:
        for name, d in declarations(getattr(World(), group)).items():
            yield f"{group}.{name}", d.unit
    for card in load_cards().values():
        for name, parameter in card.parameters.items():
            yield f"{card.name}.{name}", parameter.unit
    for column in (*HOUSEHOLD_COLUMNS, *PLACE_COLUMNS, *COUNTY_COLUMNS):
        yield column.name, column.unit


def test_every_declared_unit_is_known():
    assert [(key, unit) for key, unit in declared() if not known(unit)] == []


@pytest.mark.parametrize("unit", ["yuan/fortnight", "yaun", "share/", "dollars/person"])
def test_other_units_are_not(unit):
    assert not known(unit)


def test_twelve_months_make_the_year():
    rate = 0.4
    assert 1 - (1 - monthly_chance(rate)) ** 12 == pytest.approx(1 - math.exp(-rate))


def test_a_share_is_no_more_than_one():
    cards = load_cards().values()
    numbers = [(c.name, k, p) for c in cards for k, p in c.parameters.items()]
    assert [(c, k) for c, k, p in numbers if p.unit == "share" and p.high > 1.0] == []
