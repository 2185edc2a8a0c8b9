"""Households invest what is above their buffer; productive capital wears."""

from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of

BOUGHT, STANDING = range(2)
"""Columns of the sums of a place: capital bought this month, and capital after it, yuan."""
TOTALS = STANDING + 1


@kernel
def invest(first, last, h, places, p, capital_elasticity, buffer_months, month_of_year, out):
    """Wear productive capital and add to it where the return is worth it.

    The return is the marginal product of capital, estimated from the own income of the year so
    far. ``out`` has what was bought and what stands after it, see the module's names.
    """
    annualised = capital_elasticity * 12.0 / (month_of_year + 1.0)
    kept = 1.0 - p.depreciation / 12.0
    assets, savings, usual_income = h.productive_assets, h.savings, h.usual_income
    business = h.year_business
    wear = p.depreciation / 12.0
    for place in range(first, last):
        bought = 0.0
        stock = 0.0
        for i in rows_of(places, place):
            capital = assets[i] * kept
            usual = max(usual_income[i], 0.0)
            spare = max(savings[i] - buffer_months * usual, 0.0)
            most = wear * capital + p.adjustment_cost * usual
            lot = min(p.invest_share / 12.0 * spare, most)
            pays = annualised * business[i] > p.required_return * max(capital, 1.0)
            lot = lot if pays and usual > 0.0 else 0.0
            savings[i] -= lot
            capital += lot
            assets[i] = capital
            bought += lot
            stock += capital
        out[place, BOUGHT] = bought
        out[place, STANDING] = stock
