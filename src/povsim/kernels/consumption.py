"""Needs first, then habit and buffers: help among neighbours, loans, distress sales."""

from povsim.codes import Flag
from povsim.kernels.compiled import inlined, kernel
from povsim.kernels.rows import rows_of

RETURNED = int(Flag.RETURNED)
(
    INCOME,
    POLICY,
    SPENT,
    MEDICAL,
    SCHOOL,
    INTEREST,
    BORROWED,
    REPAID,
    SOLD,
    FORGIVEN,
    ARREARS,
    SALES,
) = range(12)
TOTALS = 18
"""Sums of a place: those named above, and distress sales once more by group."""


@kernel
def equivalent_adults(members, children, p):
    """Return equivalent adults (OECD-modified scale with the parameters' weights)."""
    adults = max(members - children, 1)
    return 1.0 + p.adult_scale * (adults - 1.0) + p.child_scale * min(children, members - 1)


@kernel
def desired_consumption(usual, savings, floor, p):
    """Return the consumption a household would choose this month, yuan (buffer stock)."""
    buffer = p.buffer_months * usual
    return (
        floor
        + p.marginal_propensity * max(0.0, usual - floor)
        + p.buffer_draw / 12.0 * max(0.0, savings - buffer)
    )


@inlined
def _neighbours_help(rows, out_of_pocket, savings, p):
    """Return the rate at which savings give and losses receive; what is given is received."""
    need = 0.0
    capacity = 0.0
    for i in rows:
        if out_of_pocket[i] > 0.0:
            need += p.risk_sharing * out_of_pocket[i]
        else:
            capacity += p.risk_sharing_cap * max(savings[i], 0.0)
    if need <= 0.0 or capacity <= 0.0:
        return 0.0, 0.0
    given = min(need, capacity)
    return p.risk_sharing_cap * given / capacity, p.risk_sharing * given / need


@inlined
def _borrow_or_sell(h, i, short, usual, weight, p, sums):
    """Cover what is short: loans of kin, then sale of capital in lots; return what is left."""
    loan = min(short, max(0.0, p.kin_loan_months * usual - h.debt[i]))
    if loan > 0.0:
        h.debt[i] += loan
        sums[BORROWED] += loan
        short -= loan
    if short > 0.0 and h.productive_assets[i] > p.smallest_lot:
        price = 1.0 - p.distress_discount
        lots = min(short / price // p.smallest_lot + 1.0, h.productive_assets[i] // p.smallest_lot)
        sold = lots * p.smallest_lot
        h.productive_assets[i] -= sold
        sums[SOLD] += sold * price
        sums[SALES] += weight
        sums[SALES + 1 + h.group[i]] += weight
        short -= sold * price
    return short


@inlined
def _live_below_needs(h, i, means, floor, due, usual, weight, p, sums):
    """Live where means do not reach subsistence: kin, sale of capital, at last arrears.

    ``due`` is the debt before. Return what is spent, what a sale in whole lots leaves over, and
    the debt after, yuan.
    """
    h.debt[i] = due
    short = _borrow_or_sell(h, i, floor - means, usual, weight, p, sums)
    due = float(h.debt[i])
    spent, left = floor - short, 0.0
    if short < 0.0:
        spent, left = floor, -short
    elif spent < p.bare_subsistence * floor:
        arrears = p.bare_subsistence * floor - spent
        spent = p.bare_subsistence * floor
        due += arrears
        sums[ARREARS] += arrears
    return spent, left, due


@kernel
def spend_and_save(first, last, h, places, p, debt_limit_months, living_cost, ending, out):
    """Spend the month's means and settle savings and debt.

    Means are savings, income and help, less medical bills, school costs and debt service. Where
    they reach subsistence the household consumes what it desires and can; where they do not it
    borrows from kin, sells capital, and at last lives on arrears at bare subsistence.

    Parameters
    ----------
    living_cost : float
        What multiplies the extra cost of living in town.
    ending : float
        Share of support that is known to end within a year; people save for it.
    out : ndarray, shape (places, 18)
        Sums in yuan: see the module's names. From ``SALES`` on weighted households that sold, all
        and by group.
    """
    members, children, flags = h.members, h.children, h.flags
    savings, debt, usual_income = h.savings, h.debt, h.usual_income
    out_of_pocket, income, policy = h.out_of_pocket, h.month_income, h.month_policy
    year_consumption, year_out_of_pocket = h.year_consumption, h.year_out_of_pocket
    learning, instalment = p.income_learning / 12.0, 1.0 / p.kin_loan_term
    for place in range(first, last):
        sums = out[place]
        sums[:] = 0.0
        rows = rows_of(places, place)
        give, receive = _neighbours_help(rows, out_of_pocket, savings, p)
        weight = places.weight[place]
        town_cost = places.living_cost[place] * living_cost / 12.0
        earned, granted, eaten, treated, taught, owed, returned = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for i in rows:
            usual = max(float(usual_income[i]), 1.0)
            floor = p.subsistence / 12.0 * equivalent_adults(members[i], children[i], p)
            if town_cost > 0.0 and (flags[i] & RETURNED) == 0:
                floor += town_cost
            medical = float(out_of_pocket[i])
            saved, due = float(savings[i]), float(debt[i])
            school = children[i] * p.school_cost / 12.0
            interest = due * p.kin_loan_rate / 12.0
            repaid = due * instalment
            shared = receive * medical if medical > 0.0 else -give * max(saved, 0.0)
            means = saved + income[i] + shared - medical - school - interest - repaid
            due -= repaid
            if means >= floor:
                planned = max(usual - ending * policy[i], p.least_plan * usual)
                spent = min(means, max(desired_consumption(planned, saved, floor, p), floor))
                left = means - spent
            else:
                spent, left, due = _live_below_needs(
                    h, i, means, floor, due, usual, weight, p, sums
                )
            limit = debt_limit_months * usual
            sums[FORGIVEN] += max(due - limit, 0.0)
            debt[i] = min(due, limit)
            savings[i] = left
            year_consumption[i] += spent
            year_out_of_pocket[i] += medical
            usual_income[i] += learning * (income[i] - usual_income[i])
            earned += income[i]
            granted += policy[i]
            eaten += spent
            treated += medical
            taught += school
            owed += interest
            returned += repaid
        sums[INCOME], sums[POLICY], sums[SPENT], sums[MEDICAL] = earned, granted, eaten, treated
        sums[SCHOOL], sums[INTEREST], sums[REPAID] = taught, owed, returned
