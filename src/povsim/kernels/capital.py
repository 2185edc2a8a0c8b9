"""Households invest what is above their buffer; productive capital wears."""

from povsim.kernels.compiled import kernel


@kernel
def invest(first, last, h, places, p, capital_elasticity, buffer_months, month_of_year, out):  # type: ignore[no-untyped-def]
    """Wear productive capital and add to it where the return is worth it.

    The return is the marginal product of capital, estimated from the own income of the year so
    far. ``out[place, 0]`` is what was bought, yuan; ``out[place, 1]`` capital after it.
    """
    annualised = capital_elasticity * 12.0 / (month_of_year + 1.0)
    kept = 1.0 - p.depreciation / 12.0
    for place in range(first, last):
        bought = 0.0
        stock = 0.0
        for i in range(places.start[place], places.stop[place]):
            capital = h.productive_assets[i] * kept
            usual = h.usual_income[i]
            spare = h.savings[i] - buffer_months * usual
            if spare > 0.0 and usual > 0.0:
                if annualised * h.year_business[i] > p.required_return * max(capital, 1.0):
                    wear = p.depreciation / 12.0 * capital
                    most = wear + p.adjustment_cost * usual
                    lot = min(p.invest_share / 12.0 * spare, most)
                    h.savings[i] -= lot
                    capital += lot
                    bought += lot
            h.productive_assets[i] = capital
            stock += capital
        out[place, 0] = bought
        out[place, 1] = stock
