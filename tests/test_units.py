"""Units are words that everybody shares."""

import math
import re

import pytest

from povsim.measures.catalogue import measures
from povsim.params import GROUPS, World
from povsim.params.declare import declarations
from povsim.programmes.scenario_files import load_cards
from povsim.state.columns import COUNTY_COLUMNS, HOUSEHOLD_COLUMNS, PLACE_COLUMNS
from povsim.units import in_words, known, monthly_chance


def declared():
    for group in GROUPS:
        for name, d in declarations(getattr(World(), group)).items():
            yield f"{group}.{name}", d.unit
    for card in load_cards().values():
        for name, parameter in card.parameters.items():
            yield f"{card.name}.{name}", parameter.unit
    for measure in measures().values():
        yield measure.name, measure.unit
    for column in (*HOUSEHOLD_COLUMNS, *PLACE_COLUMNS, *COUNTY_COLUMNS):
        yield column.name, column.unit


def test_every_declared_unit_is_known():
    assert [(key, unit) for key, unit in declared() if not known(unit)] == []


@pytest.mark.parametrize("unit", ["yuan/fortnight", "yaun", "share/", "dollars/person"])
def test_other_units_are_not(unit):
    assert not known(unit)


@pytest.mark.parametrize(
    ("unit", "en", "zh"),
    [
        ("yuan/person/year", "yuan per person per year", "元/人·年"),
        ("yuan/person/day", "yuan per person per day", "元/人·日"),
        ("1/year", "per year", "每年"),
        ("2 yuan/household", "2 yuan per household", "2 元/户"),
        ("households/officer", "households per officer", "户/信息员"),
        ("log points", "log points", "对数点"),
        ("share", "share", "比例"),
    ],
)
def test_a_unit_is_told_in_both_languages(unit, en, zh):
    assert (in_words(unit, "en"), in_words(unit, "zh")) == (en, zh)


def test_no_unit_is_half_english_in_chinese():
    told = {in_words(unit, "zh") for _, unit in declared()}
    assert [text for text in told if re.search("[a-z]", text)] == []


def test_twelve_months_make_the_year():
    rate = 0.4
    assert 1 - (1 - monthly_chance(rate)) ** 12 == pytest.approx(1 - math.exp(-rate))


def test_a_share_is_no_more_than_one():
    cards = load_cards().values()
    numbers = [(c.name, k, p) for c in cards for k, p in c.parameters.items()]
    assert [(c, k) for c, k, p in numbers if p.unit == "share" and p.high > 1.0] == []
