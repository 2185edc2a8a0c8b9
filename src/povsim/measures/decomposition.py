"""Split inequality and poverty between and within groups."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import (
    ABOVE_ZERO,
    NOT_NEGATIVE,
    counted,
    finite,
    is_single,
    mean_of,
    number,
    positive_mean,
    within,
)
from povsim.measures._read import Table, members
from povsim.measures.inequality import theil_of
from povsim.measures.poverty import gaps


class TheilParts(NamedTuple):
    """Theil T and its parts; ``total`` = ``within`` + ``between``."""

    total: float
    within: float
    between: float
    by_group: dict[object, float]


@finite
def theil_decomposition(
    x: ArrayLike, groups: ArrayLike, weights: ArrayLike | None = None
) -> TheilParts:
    """Return Theil T within and between groups.

    .. math:: T = \\sum_g s_g T_g + \\sum_g s_g \\ln(\\mu_g / \\mu)

    with income shares s_g. A group is a number, a text or any label; only groups of people who
    count are told. Zeros count as their limit, zero, as does a group without income; negative
    values and a mean of zero are refused. Source: Theil (1967); Shorrocks (1980).
    """
    table = Table()
    columns = table.column(x, "x"), table.groups(groups, "groups")
    values, labels, w = counted(table.weights(weights), *columns)
    mean = positive_mean(within(values, "x", NOT_NEGATIVE), w)
    inside = between = 0.0
    by_group: dict[object, float] = {}
    for label, here in members(labels, "groups"):
        own_mean = mean_of(values[here], w[here])
        by_group[label] = theil_of(values[here], w[here]) if own_mean > 0 else 0.0
        if own_mean > 0:
            share = float(w[here].sum() / w.sum()) * own_mean / mean
            inside += share * by_group[label]
            between += share * float(np.log(own_mean / mean))
    return TheilParts(inside + between, inside, between, by_group)


@finite
def fgt_decomposition(
    x: ArrayLike, line: ArrayLike, alpha: float, groups: ArrayLike, weights: ArrayLike | None = None
) -> dict[object, tuple[float, float]]:
    """Return, by group, its share of people and its index; their products sum to the whole's.

    ``line`` is one for all or one a row; a group is a number, a text or any label, and only
    groups of people who count are told. Incomes may be zero or negative, as for :func:`fgt`.
    """
    power = number(alpha, "alpha", NOT_NEGATIVE)
    table = Table()
    values = table.column(x, "x")
    if is_single(line):
        lines = np.full_like(values, number(line, "line", ABOVE_ZERO))
    else:
        lines = table.column(line, "line")
    columns = values, lines, table.groups(groups, "groups")
    values, lines, labels, w = counted(table.weights(weights), *columns)
    gap = gaps(values, within(lines, "line", ABOVE_ZERO), power)
    return {
        label: (float(w[here].sum() / w.sum()), mean_of(gap[here], w[here]))
        for label, here in members(labels, "groups")
    }
