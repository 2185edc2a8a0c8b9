"""Incomes of the same households over the years: chronic and transient poverty."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.kernels import census
from povsim.yearbook.count import Count
from povsim.yearbook.parts import AREAS, SUBSETS, by_subset

Array = NDArray[Any]
PANEL_ROWS = 200_000
"""Rows up to which yearly incomes are added up."""
LEAST_YEARS = 2
"""Years before which nothing can be called lasting."""


class Panel:
    """Sums over the years of each household's income a person and of its squared gap."""

    def __init__(self, rows: int) -> None:
        self.income, self.squares = np.zeros(rows), np.zeros(rows)
        self.taken = 0

    def add(self, income: Array, line: float) -> None:
        """Add a year's incomes, yuan a person, shape (households,); losses count as none."""
        income = np.maximum(income.astype(np.float64), 0.0)
        self.income += income
        self.squares += np.maximum((line - income) / line, 0.0) ** 2
        self.taken += 1

    def poverty(
        self, count: Count, line: float, area_of: Array
    ) -> Iterator[tuple[str, str, str, float]]:
        """Yield group, region, measure and value of every subset over the years so far.

        Chronic poverty is the squared gap of mean income over the years; transient is what the
        mean of yearly squared gaps exceeds it by (Jalan and Ravallion 1998).

        Parameters
        ----------
        area_of : ndarray, shape (households,)
            Area by row.
        """
        if self.taken < LEAST_YEARS:
            return
        chronic = np.maximum((line - self.income / self.taken) / line, 0.0) ** 2
        spot = area_of * census.CELLS + count.cell_of
        size = (AREAS, census.CELLS)
        lasting, whole = (
            by_subset(np.bincount(spot, count.persons * x, AREAS * census.CELLS).reshape(size))
            for x in (chronic, self.squares / self.taken)
        )
        for s, (group, region) in enumerate(SUBSETS):
            if (persons := count.sums[s, census.AT.persons]) > 0.0:
                own, both = lasting[s] / persons, whole[s] / persons
                yield group, region, "chronic_poverty", own
                yield group, region, "transient_poverty", both - own
