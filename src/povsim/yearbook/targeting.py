"""What support and registration do to people near the lines: bunching, the notch, turned ranks."""

from collections.abc import Iterator

import numpy as np

from povsim.kernels import census
from povsim.yearbook.count import Count
from povsim.yearbook.parts import REGISTERED_CELLS, row_of
from povsim.yearbook.watch import Watch

AT = census.AT
WINDOW = 0.1
"""Distance from the absolute line, as a share, within which bunching is counted."""
PAIRS = 500
"""Households of each standing that are compared pair by pair."""


def bunching(count: Count, line: float) -> float:
    """Return the share of persons within a tenth above the line less those as far below."""
    income, persons = count.income, count.persons
    above = persons[(income >= line) & (income < (1.0 + WINDOW) * line)]
    below = persons[(income < line) & (income >= (1.0 - WINDOW) * line)]
    everybody = float(count.sums[row_of(), AT.persons])
    return float(above.sum(dtype=float) - below.sum(dtype=float)) / everybody


def of_notch(watch: Watch, count: Count) -> Iterator[tuple[str, float]]:
    """Yield what registration is worth to people who earn alike, and how it turns ranks.

    The notch is support a person of registered less unregistered households, yuan a year, whose
    income before support lies within a quarter of the monitoring line.
    """
    total = count.areas.sum(axis=0)
    persons, support = total[:, AT.near], total[:, AT.near_policy]
    own, other = REGISTERED_CELLS == 1, REGISTERED_CELLS == 0
    if persons[own].sum() <= 0.0 or persons[other].sum() <= 0.0:
        return
    mean = [support[k].sum() / persons[k].sum() for k in (own, other)]
    yield "notch", mean[0] - mean[1]
    if watch.panel is not None:
        yield "rank_reversal_share", _reversals(watch, count)


def _reversals(watch: Watch, count: Count) -> float:
    """Return the share of pairs near the line in which support turns the order.

    Of an unregistered and a registered household, the first is richer before support and
    poorer after it. At most ``PAIRS`` households of each kind, evenly spaced, are paired.
    """
    model = watch.model
    h, line = model.households, model.world.lines.monitoring
    after = count.income.astype(np.float64)
    before = after - h["year_policy"] / h["members"]
    near = np.abs(before - line) < model.world.measurement.near * line
    kinds = []
    for standing in (True, False):
        rows = np.flatnonzero(near & (h.is_registered == standing))
        kinds.append(rows[:: max(1, len(rows) // PAIRS)])
    own, other = kinds
    if len(own) == 0 or len(other) == 0:
        return 0.0
    richer = before[other][:, None] > before[own]
    turned = richer & (after[other][:, None] < after[own])
    return float(turned.sum() / max(richer.sum(), 1))
