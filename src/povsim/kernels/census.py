"""Count a year: sums over households in one pass (ranks are in :mod:`povsim.kernels.ranks`).

Sums are kept by cell: six groups, each split by whether the household is registered. All
published groups and regions are unions of cells, so they are added up, never counted twice.
Definitions are those of :mod:`povsim.measures`, which the tests hold them against.
"""

import math
from typing import NamedTuple

from povsim.codes import Flag, Group, Registration, Spell
from povsim.kernels.compiled import inlined, kernel
from povsim.kernels.risk import chance_of_poverty
from povsim.kernels.rows import rows_of

CELLS = 2 * len(Group)
REGISTERED = int(Registration.REGISTERED)
EVER_FELL = int(Flag.EVER_FELL)
RELOCATED = int(Flag.RELOCATED)
RETURNED = int(Flag.RETURNED)
OUTSIDE = int(Spell.OUTSIDE)


class Statistics(NamedTuple):
    """Where each sum stands in a row of the census: the one list of what is added up."""

    # weighted by persons
    persons: int
    income: int
    wage: int
    business: int
    property: int
    transfer: int
    policy: int
    consumption: int
    poor: int
    poor_after_expenses: int
    poor_by_consumption: int
    gap: int
    squared_gap: int
    watts: int
    floored: int
    entropy: int
    relative_40: int
    relative_50: int
    relative_60: int
    frozen_40: int
    frozen_50: int
    frozen_60: int
    weakly_relative: int
    catastrophic: int
    low: int
    ever_fallen: int
    outside: int
    vulnerable: int
    deprived: int
    deprivation: int
    helped: int
    needy: int
    needy_helped: int
    near: int
    near_policy: int
    chance: int
    # one for each household
    households: int
    labour: int
    waged: int
    assets: int
    savings: int
    debt: int
    skill: int
    health: int
    motivation: int
    relocated: int
    integration: int
    returned: int
    land: int
    with_children: int
    child_skill: int
    parent_skill: int
    parent_square: int
    parent_child: int


AT = Statistics(*range(len(Statistics._fields)))
"""The place of every statistic: ``sums[AT.income]``."""
ABSOLUTE, MONITORING, RELATIVE, WEAK, RISKS = 0, 1, 2, 8, 9
"""Places of the lines that :func:`count` takes, and of the first number of risk."""


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
        sums[AT.poor] += n
        sums[AT.gap] += n * gap
        sums[AT.squared_gap] += n * gap * gap
        sums[AT.watts] += n * math.log(absolute / max(x, floor))
    floored = max(x, floor)
    sums[AT.floored] += n * floored
    sums[AT.entropy] += n * floored * math.log(floored)
    if after < absolute:
        sums[AT.poor_after_expenses] += n
    if spent < absolute:
        sums[AT.poor_by_consumption] += n
    for k in range(7):
        if x < lines[RELATIVE + k]:
            sums[AT.relative_40 + k] += n
    if after < lines[MONITORING]:
        sums[AT.low] += n


@kernel
def _add_support(sums, n, x, policy, lines, m):
    """Add who needs support before it, who gets it, and what people near the line get."""
    before, monitoring = x - policy, lines[MONITORING]
    helped = policy > m.helped * lines[ABSOLUTE]
    if helped:
        sums[AT.helped] += n
    if before < monitoring:
        sums[AT.needy] += n
        if helped:
            sums[AT.needy_helped] += n
    if abs(before - monitoring) < m.near * monitoring:
        sums[AT.near] += n
        sums[AT.near_policy] += n * policy


@inlined
def _add_household(sums, h, i, waged):
    """Add work, wealth and capability of a household, and what its children start with."""
    sums[AT.households] += 1.0
    sums[AT.labour] += h.labour[i]
    sums[AT.waged] += waged
    sums[AT.assets] += h.productive_assets[i]
    sums[AT.savings] += h.savings[i]
    sums[AT.debt] += h.debt[i]
    sums[AT.skill] += h.skill[i]
    sums[AT.health] += h.health[i]
    sums[AT.motivation] += h.motivation[i]
    sums[AT.land] += h.land[i]
    if h.flags[i] & RELOCATED:
        sums[AT.relocated] += 1.0
        sums[AT.integration] += h.integration[i]
        if h.flags[i] & RETURNED:
            sums[AT.returned] += 1.0
    if h.children[i] > 0:
        child, parent = 0.01 * h.child_skill[i], h.skill[i]
        sums[AT.with_children] += 1.0
        sums[AT.child_skill] += child
        sums[AT.parent_skill] += parent
        sums[AT.parent_square] += parent * parent
        sums[AT.parent_child] += parent * child


@kernel
def count(first, last, h, places, lines, sick, m, d, school_cost, income, persons, cell_of, out):
    """Add up the year of every household, by place and cell.

    Parameters
    ----------
    lines : ndarray, shape (15,)
        Absolute, monitoring, three relative, three frozen relative and the weakly relative line,
        yuan a year; then the seven numbers of :func:`povsim.kernels.risk.chance_of_poverty`.
    sick : HazardsNumbers
        Rates of illness.
    m, d : tuple
        Numbers of :class:`povsim.params.measurement.Measurement` and of ``Deprivation``.
    income, persons, cell_of : ndarray, shape (households,)
        Filled with yearly income per person in yuan, persons represented, and cell.
    out : ndarray, shape (places, CELLS * statistics)
        Weighted by persons (first block) and by rows (second block).
    """
    width = len(AT)
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
            sums[AT.persons] += n
            sums[AT.income] += n * x
            sums[AT.wage] += n * wage
            sums[AT.business] += n * business
            sums[AT.property] += n * rent
            sums[AT.transfer] += n * transfer
            sums[AT.policy] += h.year_policy[i]
            sums[AT.consumption] += n * spent
            after = x - medical - school_cost * h.children[i] / n
            _add_poverty(sums, n, x, after, spent, lines, m.income_floor)
            if flags & EVER_FELL:
                sums[AT.ever_fallen] += n
            if h.spell[i] == OUTSIDE:
                sums[AT.outside] += n
            own = min(max(business / max(x, 1.0), 0.0), 1.0)
            usual = (12.0 * h.usual_income[i] - school_cost * h.children[i]) / n
            chance = chance_of_poverty(h, i, usual, own, absolute, lines[RISKS:], sick)
            sums[AT.chance] += n * chance
            if chance > m.vulnerable:
                sums[AT.vulnerable] += n
            untreated = medical > m.catastrophic * max(spent + medical, 1.0)
            if untreated:
                sums[AT.catastrophic] += n
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
                sums[AT.deprived] += n
                sums[AT.deprivation] += n * missing
            _add_support(sums, n, x, h.year_policy[i] / n, lines, m)
            _add_household(sums, h, i, waged)
