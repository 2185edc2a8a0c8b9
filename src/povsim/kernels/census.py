"""Count a year: sums over households in one pass (ranks are in :mod:`povsim.kernels.ranks`).

Sums are kept by cell: six groups, each split by whether the household is registered. All
published groups and regions are unions of cells, so they are added up, never counted twice.
Definitions are those of :mod:`povsim.measures`, which the tests hold them against.
"""

import math

from povsim.codes import Flag, Registration, Spell
from povsim.kernels.compiled import inlined, kernel
from povsim.kernels.risk import chance_of_poverty
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
    CHANCE,
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
            usual = (12.0 * h.usual_income[i] - school_cost * h.children[i]) / n
            chance = chance_of_poverty(h, i, usual, own, absolute, lines[RISKS:], sick)
            sums[CHANCE] += n * chance
            if chance > m.vulnerable:
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
