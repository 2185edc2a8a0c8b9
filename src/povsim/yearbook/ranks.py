"""Measures that depend on the order of incomes: medians, Gini, shares, deprivation."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from povsim.kernels import census
from povsim.kernels import ranks as ranking
from povsim.yearbook.count import Count
from povsim.yearbook.parts import SUBSETS, by_subset
from povsim.yearbook.watch import Watch

Array = NDArray[Any]


class Ranks(NamedTuple):
    """What one walk from the poorest to the richest finds.

    Attributes
    ----------
    curves : ndarray, shape (subsets, ranks)
        Median in yuan, Gini, and the income shares of the poorest, of every subset.
    against_all : ndarray, shape (subsets,)
        Mean shortfall to everybody who has more, yuan a person and year.
    """

    curves: Array
    against_all: Array


def rank_year(watch: Watch, count: Count) -> Ranks:
    """Rank everybody once, for every subset."""
    persons = count.sums[: len(SUBSETS), census.AT.persons]
    curves = np.zeros((len(SUBSETS), ranking.RANKS))
    beneath = np.zeros(count.areas.shape[:2])
    income = ranking.rank(
        ranking.rising(count.income, watch.model.runner.map),
        count.income,
        count.persons,
        count.cell_of,
        watch.region,
        watch.county_class,
        watch.place_of,
        persons,
        curves,
        beneath,
    )
    mean = by_subset(beneath)[: len(SUBSETS)] / np.maximum(persons, 1.0)
    return Ranks(curves, (income - mean) / persons[ranking.EVERYBODY])


def of_ranks(ranks: Ranks, s: int, t: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield what the order of incomes says of the subset in row ``s``, with sums ``t``."""
    curve = ranks.curves[s]
    yield "median_income", curve[ranking.MEDIAN]
    yield "gini", curve[ranking.GINI]
    # the mean of Yitzhaki's (1979) relative deprivation is the mean times the Gini
    yield "relative_deprivation", curve[ranking.GINI] * t["income"] / t["persons"]
    yield "relative_deprivation_to_all", ranks.against_all[s]
    fifth, two_fifths, _, four_fifths, nine_tenths = curve[ranking.CURVE :]
    if fifth > 0.0:
        yield "s80_s20", (1.0 - four_fifths) / fifth
    if two_fifths > 0.0:
        yield "palma", (1.0 - nine_tenths) / two_fifths
