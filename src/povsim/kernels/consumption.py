"""Needs first, then habit and buffers: help among neighbours, loans, distress sales."""

from povsim.codes import Flag
from povsim.kernels.compiled import inlined, kernel

RETURNED = int(Flag.RETURNED)
HUNGER = 0.5
"""Share of subsistence that nobody is left without: shops and hospitals wait for their money."""
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
TOTALS = 12


@kernel
def equivalent_adults(members, children, p):  # type: ignore[no-untyped-def]
    """Return equivalent adults (OECD-modified scale with the parameters' weights)."""
    adults = max(members - children, 1)
    return 1.0 + p.adult_scale * (adults - 1.0) + p.child_scale * min(children, members - 1)


@kernel
def desired_consumption(usual, savings, floor, p):  # type: ignore[no-untyped-def]
    """Return the consumption a household would choose this month, yuan (buffer stock)."""
    buffer = p.buffer_months * usual
    return (
        floor
        + p.marginal_propensity * max(0.0, usual - floor)
        + p.buffer_draw / 12.0 * max(0.0, savings - buffer)
    )


@inlined
def _neighbours_help(start, stop, h, p):  # type: ignore[no-untyped-def]
    """Return the rate at which savings give and losses receive; what is given is received."""
    need = 0.0
    capacity = 0.0
    for i in range(start, stop):
        if h.out_of_pocket[i] > 0.0:
            need += p.risk_sharing * h.out_of_pocket[i]
        else:
            capacity += p.risk_sharing_cap * max(h.savings[i], 0.0)
    if need <= 0.0 or capacity <= 0.0:
        return 0.0, 0.0
    given = min(need, capacity)
    return p.risk_sharing_cap * given / capacity, p.risk_sharing * given / need


@inlined
def _borrow_or_sell(h, i, short, usual, p, sums):  # type: ignore[no-untyped-def]
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
        sums[SALES] += h.weight[i]
        short -= sold * price
    return short


@kernel
def spend_and_save(first, last, h, places, p, debt_limit_months, out):  # type: ignore[no-untyped-def]
    """Spend the month's means and settle savings and debt.

    Means are savings, income and help, less medical bills, school costs and debt service. Where
    they reach subsistence the household consumes what it desires and can; where they do not it
    borrows from kin, sells capital, and at last lives on arrears at half of subsistence.

    Parameters
    ----------
    out : ndarray, shape (places, 12)
        Sums in yuan (the last counts weighted households that sold): see the module's names.
    """
    for place in range(first, last):
        start, stop = places.start[place], places.stop[place]
        sums = out[place]
        sums[:] = 0.0
        give, receive = _neighbours_help(start, stop, h, p)
        town_cost = places.living_cost[place] / 12.0
        for i in range(start, stop):
            usual = max(float(h.usual_income[i]), 1.0)
            floor = p.subsistence / 12.0 * equivalent_adults(h.members[i], h.children[i], p)
            if town_cost > 0.0 and (h.flags[i] & RETURNED) == 0:
                floor += town_cost
            medical = float(h.out_of_pocket[i])
            school = h.children[i] * p.school_cost / 12.0
            interest = h.debt[i] * p.kin_loan_rate / 12.0
            repaid = h.debt[i] / p.kin_loan_term
            help_ = receive * medical if medical > 0.0 else -give * max(float(h.savings[i]), 0.0)
            means = h.savings[i] + h.month_income[i] + help_ - medical - school - interest - repaid
            h.debt[i] -= repaid
            if means >= floor:
                spent = min(means, max(desired_consumption(usual, h.savings[i], floor, p), floor))
                left = means - spent
            else:
                left = 0.0
                short = _borrow_or_sell(h, i, floor - means, usual, p, sums)
                spent = floor - short
                if short < 0.0:
                    spent = floor
                    left = -short
                elif spent < HUNGER * floor:
                    arrears = HUNGER * floor - spent
                    spent = HUNGER * floor
                    h.debt[i] += arrears
                    sums[ARREARS] += arrears
            limit = debt_limit_months * usual
            if h.debt[i] > limit:
                sums[FORGIVEN] += h.debt[i] - limit
                h.debt[i] = limit
            h.savings[i] = left
            h.year_consumption[i] += spent
            h.year_out_of_pocket[i] += medical
            h.usual_income[i] += p.income_learning / 12.0 * (h.month_income[i] - h.usual_income[i])
            sums[INCOME] += h.month_income[i]
            sums[POLICY] += h.month_policy[i]
            sums[SPENT] += spent
            sums[MEDICAL] += medical
            sums[SCHOOL] += school
            sums[INTEREST] += interest
            sums[REPAID] += repaid
