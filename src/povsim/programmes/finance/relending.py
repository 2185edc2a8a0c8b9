"""Re-lending (扶贫再贷款): cheaper and longer money for banks."""

import numpy as np

from povsim.money.support import pay_rows
from povsim.programmes.base import Programme
from povsim.programmes.delivery.residents import poor_rows
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class Relending(Programme):
    """Save debtors some interest, and let every risk fund back more loans."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let a yuan of risk fund back more loans."""
        rates.credit_supply *= 1.0 + self.numbers.supply_gain

    def act(self, model: Stage) -> None:
        """Pass lower rates on to registered and edge debtors."""
        p, h = self.numbers, model.households
        rows = poor_rows(model)
        debt = h["debt"][rows].astype(np.float64)
        relief = self.strength * p.relief * debt / 12.0
        paid = pay_rows(model, rows, relief)
        model.treasury.entitle(self.name, paid, "received_by_households", p.county_share)
        spread = paid * p.spread_cost / max(p.relief, 1e-9)
        model.treasury.entitle(self.name, spread, "administration", p.county_share)
