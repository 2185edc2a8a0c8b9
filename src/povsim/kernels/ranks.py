"""Rank a year: medians, Ginis and Lorenz curves of every subset in one walk over incomes."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import CountyClass, Group, Region
from povsim.kernels.compiled import kernel

SHARES = (0.2, 0.4, 0.5, 0.8, 0.9)
"""Shares of people, from the poorest, whose share of income :func:`rank` finds."""
HALF = SHARES.index(0.5)
MEDIAN, GINI, CURVE = 0, 1, 2
RANKS = CURVE + len(SHARES)
EVERYBODY, FIRST_GROUP = 0, 1
REGISTERED = FIRST_GROUP + len(Group)
FIRST_REGION = REGISTERED + 1
FIRST_CLASS = FIRST_REGION + len(Region)
CLASSES = len(CountyClass)
SUBSETS = FIRST_CLASS + CLASSES


@kernel
def rank(order, income, persons, cell_of, region, county_class, place_of, totals, out, beneath):
    """Find medians, Ginis and Lorenz curves in one walk from the poorest to the richest.

    Incomes below zero count as zero.

    Parameters
    ----------
    order : ndarray of int
        Rows by rising income.
    income, persons, cell_of : ndarray
        Columns by row, as :func:`povsim.kernels.census.count` fills them.
    region, county_class : ndarray
        Codes by place.
    place_of : ndarray of int32
        Place by row.
    totals : ndarray, shape (SUBSETS,)
        Persons of: everybody, each group, registered, each region, each county class.
    out : ndarray, shape (SUBSETS, RANKS)
        Median, Gini, and the income shares of the poorest of ``SHARES``.
    beneath : ndarray, shape (areas, cells)
        By area and cell, the sum over persons of the income of those who have less and of their
        own income times those who have more: what everybody's income leaves of it is relative
        deprivation against everybody (Yitzhaki 1979).

    Returns
    -------
    float
        Income of everybody, yuan.
    """
    out[:, :] = 0.0
    out[:, MEDIAN] = math.nan
    beneath[:, :] = 0.0
    cumulated, weighted, area_under = totals * 0.0, totals * 0.0, totals * 0.0
    reached, ahead = np.zeros(SUBSETS, np.int64), SHARES[0] * totals
    everybody = totals[EVERYBODY]
    for position in range(len(order)):
        i = order[position]
        x, w, cell, place = income[i], persons[i], cell_of[i], place_of[i]
        positive = max(x, 0.0)
        here, kind = region[place], county_class[place]
        below = weighted[EVERYBODY] + positive * (everybody - cumulated[EVERYBODY])
        beneath[CLASSES * here + kind, cell] += w * below
        group = FIRST_GROUP + cell // 2
        subsets = (EVERYBODY, group, FIRST_REGION + here, FIRST_CLASS + kind, REGISTERED)
        for way in range(4 + cell % 2):
            s = subsets[way]
            before = cumulated[s]
            after = before + w
            while after >= ahead[s]:
                step = reached[s]
                out[s, CURVE + step] = weighted[s] + positive * (ahead[s] - before)
                if step == HALF:
                    out[s, MEDIAN] = x
                reached[s] = step + 1
                ahead[s] = SHARES[step + 1] * totals[s] if step + 1 < len(SHARES) else math.inf
            cumulated[s] = after
            area_under[s] += w * positive * (before + after)
            weighted[s] += w * positive
    for s in range(SUBSETS):
        if weighted[s] > 0.0 and totals[s] > 0.0:
            out[s, GINI] = area_under[s] / (weighted[s] * totals[s]) - 1.0
            out[s, CURVE:] /= weighted[s]
    return weighted[EVERYBODY]


@kernel
def merge(left, right, out):
    """Merge two rising arrays of keys and keep their rows, the low 32 bits."""
    a = b = 0
    for position in range(len(out)):
        if b == len(right) or (a < len(left) and left[a] < right[b]):
            out[position] = left[a] & LOW_BITS
            a += 1
        else:
            out[position] = right[b] & LOW_BITS
            b += 1


LOW_BITS = np.uint64(0xFFFFFFFF)
SIGN = np.uint32(1 << 31)


def rising(income: NDArray[np.float32], map_: Callable[..., Any] = map) -> NDArray[np.uint32]:
    """Return rows by rising income, ties by row.

    Keys hold the income in their high bits and the row in their low ones, so one sort of
    integers does. Halves are sorted apart, by two threads if ``map_`` is a pool's.

    Parameters
    ----------
    income : ndarray of float32
        Yuan.
    """
    bits = income.view(np.uint32)
    ordered = np.where(bits & SIGN, ~bits, bits | SIGN)  # floats sort as integers
    keys = ordered.astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(income), dtype=np.uint64)
    halves = np.array_split(keys, 2)
    list(map_(np.ndarray.sort, halves))
    out = np.empty(len(income), np.uint32)
    merge(halves[0], halves[1], out)
    return out
