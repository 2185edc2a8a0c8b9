"""Count a year: sums over households in one pass, ranks in another.

Sums are kept by cell: six groups, each split by whether the household is registered. All
published groups and regions are unions of cells, so they are added up, never counted twice.
Definitions are those of :mod:`povsim.measures`, which the tests hold them against.
"""

import math

from povsim.codes import Flag, Registration, Spell
from povsim.kernels.compiled import kernel

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
    "relative_40",
    "relative_50",
    "relative_60",
    "frozen_40",
    "frozen_50",
    "frozen_60",
    "catastrophic",
    "low",
    "ever_fallen",
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
)
STATISTICS = (*PEOPLE, *HOUSEHOLDS)
WATTS_FLOOR = 100.0
"""Yuan to which incomes are raised before logs are taken (a year can end in a loss)."""


@kernel
def count(  # type: ignore[no-untyped-def]
    first,
    last,
    h,
    places,
    lines,
    school_cost,
    income,
    out,
):
    """Add up the year of every household, by place and cell.

    Parameters
    ----------
    lines : ndarray, shape (9,)
        Absolute, monitoring, three relative, three frozen relative lines, yuan a year; and the
        share of the capacity to pay above which medical spending is catastrophic.
    income : ndarray, shape (households,)
        Filled with yearly income per person, yuan.
    out : ndarray, shape (places, CELLS * statistics)
        Weighted by persons (first block) and by rows (second block).
    """
    width = len(STATISTICS)
    absolute = lines[0]
    for place in range(first, last):
        for i in range(places.start[place], places.stop[place]):
            n = float(h.members[i])
            wage, business = h.year_wage[i] / n, h.year_business[i] / n
            rent, transfer = h.year_property[i] / n, h.year_transfer[i] / n
            x = wage + business + rent + transfer
            income[i] = x
            spent, medical = h.year_consumption[i] / n, h.year_out_of_pocket[i] / n
            after = x - medical - school_cost * h.children[i] / n
            cell = h.group[i] * 2 + (1 if h.registration[i] == REGISTERED else 0)
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
            if after < absolute:
                sums[9] += n
            if spent < absolute:
                sums[10] += n
            for k in range(6):
                if x < lines[2 + k]:
                    sums[14 + k] += n
            if medical > lines[8] * max(spent + medical, 1.0):
                sums[20] += n
            if after < lines[1]:
                sums[21] += n
            if h.flags[i] & EVER_FELL:
                sums[22] += n
            sums[23] += 1.0
            sums[24] += h.labour[i]
            sums[25] += (
                h.at_local[i]
                + h.at_workshop[i]
                + h.migrant_informal[i]
                + h.migrant_formal[i]
                + h.at_public_post[i]
            )
            sums[26] += h.productive_assets[i]
            sums[27] += h.savings[i]
            sums[28] += h.debt[i]
            sums[29] += h.skill[i]
            sums[30] += h.health[i]
            sums[31] += h.motivation[i]
            if h.flags[i] & RELOCATED:
                sums[32] += 1.0
                sums[33] += h.integration[i]
                if h.flags[i] & RETURNED:
                    sums[34] += 1.0


@kernel
def rank(
    order,
    income,
    members,
    place_of_row_weight,
    group,
    registered,
    region,
    county_class,
    totals,
    out,
):  # type: ignore[no-untyped-def]
    """Find median and Gini of every subset in one walk from the poorest to the richest.

    Parameters
    ----------
    order : ndarray of int
        Rows by rising income.
    income, members, place_of_row_weight, group, registered, region, county_class : ndarray
        Columns by row: yuan per person, persons, rows' weight, codes.
    totals : ndarray, shape (15,)
        Persons of: everybody, six groups, registered, four regions, three classes.
    out : ndarray, shape (15, 3)
        Median, Gini, and work space.
    """
    subsets = 15
    cumulated = out[:, 2]
    for s in range(subsets):
        cumulated[s] = 0.0
        out[s, 0] = math.nan
        out[s, 1] = 0.0
    weighted = totals * 0.0
    for position in range(len(order)):
        i = order[position]
        x = income[i]
        w = members[i] * place_of_row_weight[i]
        positive = max(x, 0.0)
        for way in range(5):
            if way == 0:
                s = 0
            elif way == 1:
                s = 1 + group[i]
            elif way == 2:
                if not registered[i]:
                    continue
                s = 7
            elif way == 3:
                s = 8 + region[i]
            else:
                s = 12 + county_class[i]
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
