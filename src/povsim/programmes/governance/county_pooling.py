"""Pooling of funds by counties (以县为单位统筹整合): earmarks give way to marginal return.

Part of the money of every spending programme is pooled and follows what the county expects a
yuan to return, within limits; part of the pool goes to what can be seen.
"""

import numpy as np

from povsim.kernels.industry import failure_rate, marginal_product, productivity
from povsim.programmes.base import Programme
from povsim.programmes.stage import Stage

VISIBLE = ("industry", "regional", "land")
INDUSTRY = ("industry", "cooperation", "finance", "land")
CAPABILITY = ("capability", "talent", "relocation")


class CountyPooling(Programme):
    """Share pooled money by marginal return, and by visibility."""

    def industry_return(self, model: Stage) -> float:
        """Return the present value of poor households' income per yuan of village industry."""
        places, p = model.places, model.industry_numbers
        capital = np.maximum(places.industry_capital, 1.0)
        public = places["industry_public"] / capital
        management = places["management"]
        rows = np.maximum(places.rows, 1)
        price = model.prices[places["product"]]
        yields = productivity(management, places["infrastructure"], price, p)
        per_yuan = marginal_product(capital, rows, model.typical_capital, yields, p)
        failure = failure_rate(capital, public, management, rows, p)
        dividends = (1.0 - p.labour_share) * (1.0 - p.surplus_to_fund) * public
        income = per_yuan * (
            p.labour_share * places["poor_job_share"] + dividends * p.dividend_poor_share
        )
        lost = model.world.economy.discount_rate + p.depreciation + failure * p.capital_lost
        households = rows * model.treasury.place_weight
        return float((income / lost) @ households / households.sum())

    def expected(self, programme: Programme, model: Stage) -> float:
        """Return what a first yuan in a programme is expected to return."""
        p, family = self.numbers, programme.card.family
        if family in INDUSTRY:
            return self.industry_return(model)
        if family in CAPABILITY:
            return float(p.return_capability)
        return float(p.return_cash if family == "social" else p.return_other)

    def allot(self, shares: dict[Programme, float], model: Stage) -> dict[Programme, float]:
        """Return shares after the pool is shared."""
        p, names = self.numbers, list(shares)
        own = np.array([shares[q] for q in names])
        total = own.sum()
        if total <= 0.0 or len(names) < 2:
            return shares
        first = np.array([self.expected(q, model) for q in names])
        marginal = first - p.diminishing * own / total
        mean = float(marginal @ own / total)
        wanted = own * np.clip(
            1.0 + p.responsiveness * (marginal - mean), 1.0 - p.limit, 1.0 + p.limit
        )
        wanted *= total / wanted.sum()
        visible = own * np.array([float(q.card.family in VISIBLE) for q in names])
        if visible.sum() > 0.0:
            wanted = (1.0 - p.capture) * wanted + p.capture * total * visible / visible.sum()
        pooled = (1.0 - p.pooled_share) * own + p.pooled_share * wanted
        return dict(zip(names, pooled.tolist(), strict=True))
