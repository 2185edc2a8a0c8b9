"""Affordability (必要性与可承受能力评估): what counties in debt may still take on.

Counties above a limit of debt over revenue borrow no more for their share of entitlements, which
is left to the centre, and lose part of what is not social protection.
"""

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage

PROTECTED = "social"


class AffordabilityRule(Programme):
    """Limit debt, and projects where the limit is passed."""

    def stressed(self, model: Stage) -> float:
        """Return the share of poor households that live in counties above the limit."""
        revenue = model.counties["own_revenue"] * model.economy.level
        above = model.counties["debt"] >= self.numbers.debt_limit * revenue * (1.0 - 1e-9)
        poor = model.treasury.by_county(model.poor_by_place)
        return float(np.dot(poor, above) / max(float(poor.sum()), 1e-9))

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let counties borrow up to the limit only."""
        rates.debt_brake = max(rates.debt_brake, 1.0 / self.numbers.debt_limit)

    def allot(self, shares: dict[Programme, float], model: Stage) -> dict[Programme, float]:
        """Cut what is not social protection by the part of it that is not affordable."""
        kept = 1.0 - self.numbers.project_cut * self.stressed(model)
        return {q: s * (1.0 if q.card.family == PROTECTED else kept) for q, s in shares.items()}
