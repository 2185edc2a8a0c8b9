"""Stable employment (稳定就业长效机制): training on the job and contracts that last."""

import numpy as np

from povsim.programmes.delivery.by_need import weight_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.residents import at_site
from povsim.programmes.rates import SITE, Rates
from povsim.programmes.stage import Stage


class StableEmployment(PayAsUsed):
    """Build up the share of relocated workers who are trained and under contract."""

    coverage: float = 0.0

    def modify(self, rates: Rates, model: Stage) -> None:
        """Fewer separations and more offers, by coverage."""
        p = self.numbers
        rates.separation[SITE] *= 1.0 - self.coverage * p.separation_cut
        rates.offers[SITE] *= 1.0 + self.coverage * p.offer_gain

    def act(self, model: Stage) -> None:
        """Cover more workers, up to all of them; turnover wears coverage."""
        p = self.numbers
        self.coverage *= 1.0 - p.fade / 12.0
        rows = at_site(model)
        workers = float(np.dot(model.households["labour"][rows], weight_of(model, rows)))
        full = workers * p.cost * model.economy.level
        if full <= 0.0:
            return
        paid = min(self.usable(model), (1.0 - self.coverage) * full)
        self.coverage += paid / full
        self.pay_for(model, paid, "subsidies")
