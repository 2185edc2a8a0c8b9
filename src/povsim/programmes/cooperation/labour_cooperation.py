"""Labour cooperation (劳务协作): matching and tracking of workers away."""

import numpy as np

from povsim.programmes.delivery.by_need import weight_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.residents import poor_rows
from povsim.programmes.rates import FORMAL, INFORMAL, Rates
from povsim.programmes.stage import Stage


class LabourCooperation(PayAsUsed):
    """Raise offers to registered and edge workers, by last month's coverage."""

    coverage: float = 0.0

    def modify(self, rates: Rates, model: Stage) -> None:
        """More offers for those covered; workers away keep their jobs longer."""
        p = self.numbers
        rates.offers[:, 1:] *= 1.0 + self.coverage * p.offer_gain
        share = model.registered_represented / model.persons_represented
        rates.separation[:, [INFORMAL, FORMAL]] *= 1.0 - self.coverage * p.separation_cut * share

    def act(self, model: Stage) -> None:
        """Cover as many workers as the money pays for."""
        rows = poor_rows(model)
        workers = float(np.dot(model.households["labour"][rows], weight_of(model, rows)))
        full = workers * self.numbers.cost * model.economy.level / 12.0
        if full <= 0.0:
            return
        paid = min(self.usable(model), full)
        self.coverage = paid / full
        self.pay_for(model, paid, "subsidies")
