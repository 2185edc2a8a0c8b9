"""Direct public investment in village industry (产业帮扶资金直接投入).

Money goes to villages by their number of registered and edge households. Part is wasted, and
part of the private investment that would have come anyway is displaced (crowding out).
"""

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.delivery.industry import (
    add_capital,
    displace_investment,
    fill,
    room_for_industry,
)
from povsim.programmes.stage import Stage


class DirectInvestment(Programme):
    """Build village industry with public money alone."""

    capital_is = "invested"

    def act(self, model: Stage) -> None:
        """Invest the month's purse where poor households are."""
        p, treasury = self.numbers, model.treasury
        need = model.poor_by_place * treasury.place_weight
        amount = self.purse.available
        if need.sum() <= 0.0 or amount <= 0.0:
            return
        costs = min(p.administration_share * model.rates.administration, 1.0)
        wasted = min(p.waste_share * model.rates.leakage, 1.0 - costs)
        kept = 1.0 - costs - wasted
        built = fill(amount * kept, need, room_for_industry(model))
        used = amount if kept <= 0.0 else min(float(built.sum()) / kept, amount)
        treasury.spend(self.name, self.purse, used * costs, "administration")
        treasury.spend(self.name, self.purse, used * wasted, "leakage")
        displace_investment(model, p.crowding_out * built / treasury.place_weight)
        add_capital(model, self.name, built, np.zeros_like(built), p.poor_job_share)
        treasury.spend(
            self.name, self.purse, min(float(built.sum()), self.purse.available), "invested"
        )
