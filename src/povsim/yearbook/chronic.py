"""Chronic and transient poverty: what lasts of the gaps of the years so far, and what passes."""

from collections.abc import Iterator

import numpy as np

from povsim.kernels import census
from povsim.yearbook.count import Count
from povsim.yearbook.parts import AREAS, SUBSETS, by_subset
from povsim.yearbook.watch import Watch

LEAST_YEARS = 2
"""Years before which nothing can be called lasting."""


def of_panel(watch: Watch, count: Count, line: float) -> Iterator[tuple[str, str, str, float]]:
    """Yield group, region, measure and value of every subset over the years so far.

    Chronic poverty is the squared gap of mean income over the years; transient is what the mean
    of yearly squared gaps exceeds it by (Jalan and Ravallion 1998). Of more rows than a panel
    takes there is none.
    """
    panel = watch.panel
    if panel is None or panel.taken < LEAST_YEARS:
        return
    chronic = np.maximum((line - panel.income / panel.taken) / line, 0.0) ** 2
    spot = watch.area[watch.place_of] * census.CELLS + count.cell_of
    size = (AREAS, census.CELLS)
    lasting, whole = (
        by_subset(np.bincount(spot, count.persons * x, AREAS * census.CELLS).reshape(size))
        for x in (chronic, panel.squares / panel.taken)
    )
    for s, (group, region) in enumerate(SUBSETS):
        if (persons := count.sums[s, census.AT.persons]) > 0.0:
            own, both = lasting[s] / persons, whole[s] / persons
            yield group, region, "chronic_poverty", own
            yield group, region, "transient_poverty", both - own
