"""Count a year: sums over households in one pass, ranks in another.

Sums are kept by cell: six groups, each split by whether the household is registered. All
published groups and regions are unions of cells, so they are added up, never counted twice.
Definitions are those of :mod:`povsim.measures`, which the tests hold them against.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag, Registration, Spell
from povsim.kernels.compiled import kernel
from povsim.kernels.hazards import illness_rate
from povsim.kernels.rows import rows_of

CELLS = 12
REGISTERED = int(Registration.REGISTERED)
EVER_FELL = int(Flag.EVER_FELL)
RELOCATED = int(Flag.RELOCATED)
RETURNED = int(Flag.RETURNED)
OUTSIDE = int(Spell.OUTSIDE)
PEOPLE = (
    "persons",
    "income",
    "wage",
    "business",
    "property",
    "transfer",
    "policy",
    "consumption",
    "poor",
    "poor_after_expenses",
    "poor_by_consumption",
    "gap",
    "squared_gap",
    "watts",
    "floored",
    "entropy",
    "relative_40",
    "relative_50",
    "relative_60",
    "frozen_40",
    "frozen_50",
    "frozen_60",
    "catastrophic",
    "low",
    "ever_fallen",
    "outside",
    "vulnerable",
    "deprived",
    "deprivation",
    "helped",
    "needy",
    "needy_helped",
    "near",
    "near_policy",
    "chance",
)
HOUSEHOLDS = (
    "households",
    "labour",
    "waged",
    "assets",
    "savings",
    "debt",
    "skill",
    "health",
    "motivation",
    "relocated",
    "integration",
    "returned",
    "with_children",
    "child_skill",
    "parent_skill",
    "parent_square",
    "parent_child",
)
STATISTICS = (*PEOPLE, *HOUSEHOLDS)
VULNERABLE = 0.29
"""Chance of poverty in a year from which on a household is vulnerable: one in two over two."""
CUTOFF = 1.0 / 3.0
"""Share of dimensions from which on a household is poor in many (Alkire and Foster 2011)."""
HELPED = 0.05
"""Support over the absolute line from which on a person counts as helped (assumption)."""
NEAR = 0.25
"""Distance from the monitoring line, as a share, within which households are compared."""
POOR_START = 70
"""Skill of children, in hundredths, under which education is deprived (assumption)."""
PRIMARY = 6
"""Years of schooling under which adults without children are deprived (primary school)."""
POOR_WORKS = 0.30
"""Infrastructure under which housing and water are deprived (assumption)."""
WATTS_FLOOR = 100.0
"""Yuan to which incomes are raised before logs are taken (a year can end in a loss)."""


@kernel
def poverty_chance(usual, own_share, line, lasting, passing):
    """Return the chance that a year's income falls below the line.

    Log income is normal around usual income with the model's own shocks: the lasting one, and
    the season's on the share that comes from own business (Chaudhuri, Jalan and Suryahadi 2002).
    """
    spread = math.sqrt(lasting * lasting + own_share * own_share * passing * passing)
    if usual <= 0.0:
        return 1.0
    if spread <= 0.0:
        return 1.0 if usual < line else 0.0
    distance = (math.log(line / usual) + 0.5 * spread * spread) / spread
    return 0.5 * (1.0 + math.erf(distance / math.sqrt(2.0)))


@kernel
def chance_of_poverty(h, i, usual, own_share, lines, h_rates):
    """Return the chance that next year's income after expenses is below the absolute line.

    The year is one with a serious illness or without, by the model's own rate; jobs are lost and
    found, which adds the variance of losing half a year of one worker's part of wages.

    Parameters
    ----------
    usual : float
        Usual income after school costs, yuan a person and year.
    h_rates : HazardsNumbers
        Rates and bills of illness.
    """
    n = float(h.members[i])
    workers = h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i]
    lasting = lines[9]
    if workers > 0:
        part = 0.5 * (1.0 - own_share) / workers
        lasting = math.sqrt(lasting * lasting + min(workers * lines[11], 1.0) * part * part)
    overworked = h.migrant_informal[i] / max(h.labour[i], 1)
    ill = 1.0 - math.exp(-illness_rate(h.head_age[i], h.health[i], overworked, h_rates))
    bill = lines[12 + h.registration[i]] / n
    well = poverty_chance(usual, own_share, lines[0], lasting, lines[10])
    sick = poverty_chance(usual - bill, own_share, lines[0], lasting, lines[10])
    return (1.0 - ill) * well + ill * sick


@kernel
def chances(h, school_cost, lines, hazards, out):
    """Fill each household's chance of poverty; ``lines`` as in :func:`count`."""
    for i in range(len(out)):
        n = float(h.members[i])
        usual = (12.0 * h.usual_income[i] - school_cost * h.children[i]) / n
        income = h.year_wage[i] + h.year_business[i] + h.year_property[i] + h.year_transfer[i]
        own = min(max(h.year_business[i] / max(income, 1.0), 0.0), 1.0)
        out[i] = chance_of_poverty(h, i, usual, own, lines, hazards)


@kernel
def deprivation(food_and_clothing, education, medical, housing_and_water):
    """Return the weighted share of guarantees that a household lacks, four equal dimensions.

    The dimensions are those of the two assurances and three guarantees (两不愁三保障); housing
    and water are seen by the works of the place, which is coarse.
    """
    return 0.25 * (food_and_clothing + education + medical + housing_and_water)


@kernel
def count(
    first,
    last,
    h,
    places,
    lines,
    hazards,
    school_cost,
    income,
    persons,
    cell_of,
    out,
):
    """Add up the year of every household, by place and cell.

    Parameters
    ----------
    lines : ndarray, shape (15,)
        Absolute, monitoring, three relative, three frozen relative lines, yuan a year; the share
        of the capacity to pay above which medical spending is catastrophic; spreads of lasting
        and passing shocks, log points; yearly hazard of losing a job; own part of the mean bill
        of a serious illness by registration, yuan.
    hazards : HazardsNumbers
        Rates of illness.
    income, persons, cell_of : ndarray, shape (households,)
        Filled with yearly income per person in yuan, persons represented, and cell.
    out : ndarray, shape (places, CELLS * statistics)
        Weighted by persons (first block) and by rows (second block).
    """
    width = len(STATISTICS)
    absolute = lines[0]
    for place in range(first, last):
        weight = places.weight[place]
        for i in rows_of(places, place):
            n = float(h.members[i])
            wage, business = h.year_wage[i] / n, h.year_business[i] / n
            rent, transfer = h.year_property[i] / n, h.year_transfer[i] / n
            x = wage + business + rent + transfer
            income[i] = x
            persons[i] = n * weight
            cell_of[i] = h.group[i] * 2 + (1 if h.registration[i] == REGISTERED else 0)
            spent, medical = h.year_consumption[i] / n, h.year_out_of_pocket[i] / n
            after = x - medical - school_cost * h.children[i] / n
            cell = cell_of[i]
            sums = out[place, cell * width : (cell + 1) * width]
            sums[0] += n
            sums[1] += n * x
            sums[2] += n * wage
            sums[3] += n * business
            sums[4] += n * rent
            sums[5] += n * transfer
            sums[6] += h.year_policy[i]
            sums[7] += n * spent
            if x < absolute:
                gap = (absolute - x) / absolute
                sums[8] += n
                sums[11] += n * gap
                sums[12] += n * gap * gap
                sums[13] += n * math.log(absolute / max(x, WATTS_FLOOR))
            floored = max(x, WATTS_FLOOR)
            sums[14] += n * floored
            sums[15] += n * floored * math.log(floored)
            if after < absolute:
                sums[9] += n
            if spent < absolute:
                sums[10] += n
            for k in range(6):
                if x < lines[2 + k]:
                    sums[16 + k] += n
            if medical > lines[8] * max(spent + medical, 1.0):
                sums[22] += n
            if after < lines[1]:
                sums[23] += n
            if h.flags[i] & EVER_FELL:
                sums[24] += n
            if h.spell[i] == OUTSIDE:
                sums[25] += n
            usual = 12.0 * h.usual_income[i] / n - school_cost * h.children[i] / n
            own = min(max(business / max(x, 1.0), 0.0), 1.0)
            chance = chance_of_poverty(h, i, usual, own, lines, hazards)
            sums[34] += n * chance
            if chance > VULNERABLE:
                sums[26] += n
            missing = deprivation(
                spent < absolute,
                h.child_skill[i] < POOR_START if h.children[i] > 0 else h.schooling[i] < PRIMARY,
                medical > lines[8] * max(spent + medical, 1.0),
                places.infrastructure[place] < POOR_WORKS,
            )
            if missing >= CUTOFF:
                sums[27] += n
                sums[28] += n * missing
            policy = h.year_policy[i] / n
            before = x - policy
            helped = policy > HELPED * absolute
            if helped:
                sums[29] += n
            if before < lines[1]:
                sums[30] += n
                if helped:
                    sums[31] += n
            if abs(before - lines[1]) < NEAR * lines[1]:
                sums[32] += n
                sums[33] += n * policy
            sums[35] += 1.0
            sums[36] += h.labour[i]
            sums[37] += (
                h.at_local[i]
                + h.at_workshop[i]
                + h.migrant_informal[i]
                + h.migrant_formal[i]
                + h.at_public_post[i]
            )
            sums[38] += h.productive_assets[i]
            sums[39] += h.savings[i]
            sums[40] += h.debt[i]
            sums[41] += h.skill[i]
            sums[42] += h.health[i]
            sums[43] += h.motivation[i]
            if h.flags[i] & RELOCATED:
                sums[44] += 1.0
                sums[45] += h.integration[i]
                if h.flags[i] & RETURNED:
                    sums[46] += 1.0
            if h.children[i] > 0:
                sums[47] += 1.0
                sums[48] += 0.01 * h.child_skill[i]
                child, parent = 0.01 * h.child_skill[i], h.skill[i]
                sums[49] += parent
                sums[50] += parent * parent
                sums[51] += parent * child


@kernel
def rank(order, income, persons, cell_of, region, county_class, place_of, totals, out, lorenz):
    """Find median and Gini of every subset in one walk from the poorest to the richest.

    Incomes below zero count as zero.

    Parameters
    ----------
    order : ndarray of int
        Rows by rising income.
    income, persons, cell_of : ndarray
        Columns by row, as :func:`count` fills them.
    region, county_class : ndarray
        Codes by place.
    place_of : ndarray of int32
        Place by row.
    totals : ndarray, shape (15,)
        Persons of: everybody, six groups, registered, four regions, three classes.
    out : ndarray, shape (15, 3)
        Median, Gini, and work space.
    lorenz : ndarray, shape (2,)
        Filled with the income shares of the poorest fifth and of the poorest four fifths.
    """
    subsets = 15
    cumulated = out[:, 2]
    for s in range(subsets):
        cumulated[s] = 0.0
        out[s, 0] = math.nan
        out[s, 1] = 0.0
    weighted = totals * 0.0
    lorenz[:] = 0.0
    for position in range(len(order)):
        i = order[position]
        x = income[i]
        w = persons[i]
        cell = cell_of[i]
        place = place_of[i]
        positive = max(x, 0.0)
        for fifth in range(2):
            short = (0.2 + 0.6 * fifth) * totals[0] - cumulated[0]
            lorenz[fifth] += positive * min(max(short, 0.0), w)
        for way in range(5):
            if way == 0:
                s = 0
            elif way == 1:
                s = 1 + cell // 2
            elif way == 2:
                if cell % 2 == 0:
                    continue
                s = 7
            elif way == 3:
                s = 8 + region[place]
            else:
                s = 12 + county_class[place]
            before = cumulated[s]
            cumulated[s] = before + w
            half = 0.5 * totals[s]
            if before < half <= cumulated[s]:
                out[s, 0] = x
            out[s, 1] += w * positive * (2.0 * before + w)
            weighted[s] += w * positive
    for s in range(subsets):
        if weighted[s] > 0.0 and totals[s] > 0.0:
            out[s, 1] = out[s, 1] / (weighted[s] * totals[s]) - 1.0
    if weighted[0] > 0.0:
        lorenz /= weighted[0]


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
