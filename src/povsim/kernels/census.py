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
from povsim.kernels.compiled import inlined, kernel
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
    "weakly_relative",
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
    "land",
    "with_children",
    "child_skill",
    "parent_skill",
    "parent_square",
    "parent_child",
)
STATISTICS = (*PEOPLE, *HOUSEHOLDS)
(
    PERSONS,
    INCOME,
    WAGE,
    BUSINESS,
    PROPERTY,
    TRANSFER,
    POLICY,
    CONSUMPTION,
    POOR,
    POOR_AFTER_EXPENSES,
    POOR_BY_CONSUMPTION,
    GAP,
    SQUARED_GAP,
    WATTS,
    FLOORED,
    ENTROPY,
    RELATIVE_40,
    RELATIVE_50,
    RELATIVE_60,
    FROZEN_40,
    FROZEN_50,
    FROZEN_60,
    WEAKLY_RELATIVE,
    CATASTROPHIC,
    LOW,
    EVER_FALLEN,
    N_OUTSIDE,
    VULNERABLE,
    DEPRIVED,
    DEPRIVATION,
    HELPED,
    NEEDY,
    NEEDY_HELPED,
    NEAR,
    NEAR_POLICY,
    HOUSEHOLDS_,
    LABOUR,
    WAGED,
    ASSETS,
    SAVINGS,
    DEBT,
    SKILL,
    HEALTH,
    MOTIVATION,
    N_RELOCATED,
    INTEGRATION,
    N_RETURNED,
    LAND,
    WITH_CHILDREN,
    CHILD_SKILL,
    PARENT_SKILL,
    PARENT_SQUARE,
    PARENT_CHILD,
) = range(len(STATISTICS))
ABSOLUTE, MONITORING, RELATIVE, WEAK, LASTING, PASSING = 0, 1, 2, 8, 9, 10
"""Places of the lines and spreads that :func:`count` takes."""


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
def lacking(food_line, spent, line, schooling, medical, works, moved, skill, job, apart, d):
    """Return the sum of weights of the indicators that a household lacks.

    The first six are the two assurances, the three guarantees and water (两不愁三保障+饮水);
    housing and water are seen by the works of the place, which is coarse. Relocated households
    have new homes.

    Parameters
    ----------
    food_line, spent, line : float
        Consumption per person under which food and clothing are lacking, and consumption, yuan.
    schooling, medical, job, apart : bool
        Whether schooling, medical care, a job, and integration at a site are lacking.
    works, skill : float
        Infrastructure of the place, and skill of the workers, indices.
    moved : bool
        Whether the household was relocated.
    d : tuple
        Numbers of :class:`povsim.params.measurement.Deprivation`.
    """
    guarantees = d.food * (spent < food_line) + d.clothing * (spent < line)
    guarantees += d.schooling * schooling + d.medical * medical
    guarantees += d.housing * (works < d.poor_housing and not moved)
    guarantees += d.water * (works < d.poor_water)
    beyond = d.capability * (skill < d.poor_skill) + d.job * job + d.belonging * apart
    return guarantees + beyond


@kernel
def all_weights(d):
    """Return the sum of the indicators' weights."""
    whole = d.food + d.clothing + d.schooling + d.medical + d.housing + d.water
    return whole + d.capability + d.job + d.belonging


@kernel
def _add_poverty(sums, n, x, after, spent, lines, floor):
    """Add poverty by income, income after expenses and consumption."""
    absolute = lines[ABSOLUTE]
    if x < absolute:
        gap = (absolute - x) / absolute
        sums[POOR] += n
        sums[GAP] += n * gap
        sums[SQUARED_GAP] += n * gap * gap
        sums[WATTS] += n * math.log(absolute / max(x, floor))
    floored = max(x, floor)
    sums[FLOORED] += n * floored
    sums[ENTROPY] += n * floored * math.log(floored)
    if after < absolute:
        sums[POOR_AFTER_EXPENSES] += n
    if spent < absolute:
        sums[POOR_BY_CONSUMPTION] += n
    for k in range(7):
        if x < lines[RELATIVE + k]:
            sums[RELATIVE_40 + k] += n
    if after < lines[MONITORING]:
        sums[LOW] += n


@kernel
def _add_support(sums, n, x, policy, lines, m):
    """Add who needs support before it, who gets it, and what people near the line get."""
    before, monitoring = x - policy, lines[MONITORING]
    helped = policy > m.helped * lines[ABSOLUTE]
    if helped:
        sums[HELPED] += n
    if before < monitoring:
        sums[NEEDY] += n
        if helped:
            sums[NEEDY_HELPED] += n
    if abs(before - monitoring) < m.near * monitoring:
        sums[NEAR] += n
        sums[NEAR_POLICY] += n * policy


@inlined
def _add_household(sums, h, i, waged):
    """Add work, wealth and capability of a household, and what its children start with."""
    sums[HOUSEHOLDS_] += 1.0
    sums[LABOUR] += h.labour[i]
    sums[WAGED] += waged
    sums[ASSETS] += h.productive_assets[i]
    sums[SAVINGS] += h.savings[i]
    sums[DEBT] += h.debt[i]
    sums[SKILL] += h.skill[i]
    sums[HEALTH] += h.health[i]
    sums[MOTIVATION] += h.motivation[i]
    sums[LAND] += h.land[i]
    if h.flags[i] & RELOCATED:
        sums[N_RELOCATED] += 1.0
        sums[INTEGRATION] += h.integration[i]
        if h.flags[i] & RETURNED:
            sums[N_RETURNED] += 1.0
    if h.children[i] > 0:
        child, parent = 0.01 * h.child_skill[i], h.skill[i]
        sums[WITH_CHILDREN] += 1.0
        sums[CHILD_SKILL] += child
        sums[PARENT_SKILL] += parent
        sums[PARENT_SQUARE] += parent * parent
        sums[PARENT_CHILD] += parent * child


@kernel
def count(first, last, h, places, lines, m, d, school_cost, income, persons, cell_of, out):
    """Add up the year of every household, by place and cell.

    Parameters
    ----------
    lines : ndarray, shape (11,)
        Absolute, monitoring, three relative, three frozen relative and the weakly relative line,
        yuan a year; spreads of lasting and passing shocks, log points.
    m, d : tuple
        Numbers of :class:`povsim.params.measurement.Measurement` and of ``Deprivation``.
    income, persons, cell_of : ndarray, shape (households,)
        Filled with yearly income per person in yuan, persons represented, and cell.
    out : ndarray, shape (places, CELLS * statistics)
        Weighted by persons (first block) and by rows (second block).
    """
    width = len(STATISTICS)
    absolute, scale = lines[ABSOLUTE], 1.0 / all_weights(d)
    for place in range(first, last):
        weight, works = places.weight[place], places.infrastructure[place]
        for i in rows_of(places, place):
            n, flags = float(h.members[i]), h.flags[i]
            wage, business = h.year_wage[i] / n, h.year_business[i] / n
            rent, transfer = h.year_property[i] / n, h.year_transfer[i] / n
            x = wage + business + rent + transfer
            income[i] = x
            persons[i] = n * weight
            cell = h.group[i] * 2 + (1 if h.registration[i] == REGISTERED else 0)
            cell_of[i] = cell
            spent, medical = h.year_consumption[i] / n, h.year_out_of_pocket[i] / n
            sums = out[place, cell * width : (cell + 1) * width]
            sums[PERSONS] += n
            sums[INCOME] += n * x
            sums[WAGE] += n * wage
            sums[BUSINESS] += n * business
            sums[PROPERTY] += n * rent
            sums[TRANSFER] += n * transfer
            sums[POLICY] += h.year_policy[i]
            sums[CONSUMPTION] += n * spent
            after = x - medical - school_cost * h.children[i] / n
            _add_poverty(sums, n, x, after, spent, lines, m.income_floor)
            if flags & EVER_FELL:
                sums[EVER_FALLEN] += n
            if h.spell[i] == OUTSIDE:
                sums[N_OUTSIDE] += n
            own = min(max(business / max(x, 1.0), 0.0), 1.0)
            usual = 12.0 * h.usual_income[i] / n
            if poverty_chance(usual, own, absolute, lines[LASTING], lines[PASSING]) > m.vulnerable:
                sums[VULNERABLE] += n
            untreated = medical > m.catastrophic * max(spent + medical, 1.0)
            if untreated:
                sums[CATASTROPHIC] += n
            waged = h.at_local[i] + h.at_workshop[i] + h.at_public_post[i]
            waged += h.migrant_informal[i] + h.migrant_formal[i]
            unschooled = h.schooling[i] < d.primary
            if h.children[i] > 0:
                unschooled = 0.01 * h.child_skill[i] < d.poor_start
            moved = (flags & RELOCATED) != 0
            apart = moved and (flags & RETURNED) == 0 and h.integration[i] < d.settled
            no_job = h.labour[i] > 0 and waged == 0 and business < absolute
            food = d.food_share * absolute
            missing = scale * lacking(
                food,
                spent,
                absolute,
                unschooled,
                untreated,
                works,
                moved,
                h.skill[i],
                no_job,
                apart,
                d,
            )
            if missing >= d.cutoff - 1e-12:
                sums[DEPRIVED] += n
                sums[DEPRIVATION] += n * missing
            _add_support(sums, n, x, h.year_policy[i] / n, lines, m)
            _add_household(sums, h, i, waged)


SHARES = (0.2, 0.4, 0.5, 0.8, 0.9)
"""Shares of people, from the poorest, whose share of income :func:`rank` finds."""
HALF = SHARES.index(0.5)
MEDIAN, GINI, CURVE = 0, 1, 2
RANKS = CURVE + len(SHARES)
SUBSETS = 15


@kernel
def rank(order, income, persons, cell_of, region, county_class, place_of, totals, out, beneath):
    """Find medians, Ginis and Lorenz curves in one walk from the poorest to the richest.

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
    out : ndarray, shape (15, RANKS)
        Median, Gini, and the income shares of the poorest of ``SHARES``.
    beneath : ndarray, shape (12, 12)
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
    everybody = totals[0]
    for position in range(len(order)):
        i = order[position]
        x, w, cell, place = income[i], persons[i], cell_of[i], place_of[i]
        positive = max(x, 0.0)
        here, kind = region[place], county_class[place]
        below = weighted[0] + positive * (everybody - cumulated[0])
        beneath[3 * here + kind, cell] += w * below
        subsets = (0, 1 + cell // 2, 8 + here, 12 + kind, 7)
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
    return weighted[0]


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
