"""Measures that exist for the whole population only: between its parts, counties, moves."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.kernels import census
from povsim.yearbook.count import Count
from povsim.yearbook.parts import between_parts, opportunity, row_of
from povsim.yearbook.targeting import bunching
from povsim.yearbook.watch import Watch

Array = NDArray[Any]
AT = census.AT
LEAST_COUNTIES = 3
"""Counties under which no slope of growth is told."""


def of_everybody(watch: Watch, count: Count) -> Iterator[tuple[str, float]]:
    """Yield what lies between parts, bunching at the line, and moves back from sites."""
    model, sums = watch.model, count.sums
    yield "persons", float(sums[row_of(), AT.persons])
    yield from between_parts(sums, count.place_sums, watch.village_type)
    yield "opportunity_inequality", opportunity(count.areas)
    deep, other = (sums[row_of(region=name)] for name in ("deep_poverty", "other_lifted"))
    if deep[AT.persons] > 0.0 and other[AT.persons] > 0.0:
        mean = [part[AT.income] / part[AT.persons] for part in (deep, other)]
        yield "income_gap_ratio", mean[0] / mean[1]
    yield "national_median_income", count.median
    yield "bunching", bunching(count, model.world.lines.absolute)
    yield "return_moves", model.flows.return_moves
    moves = model.flows.return_moves - watch.moves_before
    yield "return_move_rate", moves / max(sums[row_of(), AT.relocated], 1.0)


def county_incomes(watch: Watch, count: Count) -> Array:
    """Return mean income a person by county, yuan a year."""
    county, counties = watch.model.places["county"], len(watch.model.counties)
    persons = np.bincount(county, count.place_sums.persons, counties)
    income = np.bincount(county, count.place_sums.income, counties)
    return np.asarray(income / np.maximum(persons, 1.0))


def of_convergence(watch: Watch, count: Count) -> Iterator[tuple[str, float]]:
    """Yield the slope of counties' yearly income growth on the log of their first income."""
    if watch.first_county_income is None:
        return
    first_year, first_income = watch.first_county_income
    mean_income = county_incomes(watch, count)
    years = watch.model.year - first_year
    enough = len(mean_income) >= LEAST_COUNTIES and np.ptp(first_income) > 0.0
    if years > 0 and enough and mean_income.min() > 0.0:
        first = np.log(first_income)
        growth = (np.log(mean_income) - first) / years
        yield "beta_convergence", float(np.polyfit(first, growth, 1)[0])
