"""Months, years and the clock by which programmes fade."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povsim.calendar import FIRST_YEAR, SHAPES, intensity, month_index, year_of

FADING = [shape for shape in SHAPES if shape != "hold"]
months = st.integers(-50, 300)
starts, lengths = st.integers(0, 120), st.integers(1, 120)


@pytest.mark.parametrize(
    ("date", "month"), [("2021-01", 0), ("2021-12", 11), ("2022-01", 12), ("2030-6", 113)]
)
def test_a_date_names_the_month_counted_from_the_start(date, month):
    assert month_index(date) == month


@given(st.integers(0, 2000))
def test_a_month_goes_to_its_date_and_back(month):
    assert month_index(f"{year_of(month)}-{month % 12 + 1:02d}") == month
    assert year_of(month) == FIRST_YEAR + month // 12


@pytest.mark.parametrize("date", ["2020-12", "2021", "2021-00", "2021-13", "2021-1-1", "Jan", "-1"])
def test_a_date_that_is_none_is_refused(date):
    with pytest.raises(ValueError, match=r"date .*; allowed:"):
        month_index(date)


def test_hold_never_fades():
    assert {intensity(m, "hold", 12, 24) for m in range(100)} == {1.0}


@pytest.mark.parametrize("shape", FADING)
@given(month=months, start=starts, length=lengths)
def test_a_fading_programme_starts_whole_and_ends_at_nothing(shape, month, start, length):
    left = intensity(month, shape, start, length)
    assert 0.0 <= left <= 1.0
    if month < start:
        assert left == 1.0
    if month >= start + length:
        assert left == 0.0


@pytest.mark.parametrize("shape", FADING)
@given(month=months, later=st.integers(0, 100), start=starts, length=lengths)
def test_a_fading_programme_never_grows_again(shape, month, later, start, length):
    now, then = (intensity(m, shape, start, length) for m in (month, month + later))
    assert then <= now


def test_linear_falls_by_the_same_part_every_month():
    values = [intensity(m, "linear", 12, 24) for m in range(12, 37)]
    assert values == pytest.approx([1 - k / 24 for k in range(25)])


def test_cliff_drops_in_its_first_month():
    assert [intensity(m, "cliff", 12, 24) for m in (11, 12, 13)] == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_step_falls_in_equal_steps(steps):
    values = [intensity(m, "step", 0, 60, steps) for m in range(-1, 61)]
    levels = sorted(set(values), reverse=True)
    assert levels == pytest.approx([1 - k / (steps + 1) for k in range(steps + 2)])


def test_logistic_is_half_way_at_the_middle_and_turns_about_it():
    assert intensity(24, "logistic", 12, 24) == pytest.approx(0.5)
    for apart in range(1, 12):
        before, after = (intensity(24 + k, "logistic", 12, 24) for k in (-apart, apart))
        assert before + after == pytest.approx(1.0)
        assert before == pytest.approx(1 / (1 + math.exp(-10 * apart / 24)))


def test_an_unknown_shape_is_refused():
    with pytest.raises(ValueError, match="allowed: hold, cliff"):
        intensity(0, "ramp", 0, 12)
