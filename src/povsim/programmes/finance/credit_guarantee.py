"""Credit guarantee (融资担保): a fund that backs bank loans to village industry."""

import numpy as np

from povsim.programmes.delivery.guarantees import Backer
from povsim.programmes.delivery.industry import add_capital, fill
from povsim.programmes.stage import Stage
from povsim.rng import InvestorDraw

MOST_OVERHEADS = 0.95


class CreditGuarantee(Backer):
    """Provide for losses, draw loans where banks are willing, pay part of their losses."""

    capital_is = "lent"
    draw = InvestorDraw.CREDIT_GUARANTEE

    def act(self, model: Stage) -> None:
        """Settle last month's failures, then guarantee new loans where villages can use them."""
        self.settle(model, from_purse=False)
        p, treasury = self.numbers, model.treasury
        costs = min(p.administration_share * model.rates.administration, MOST_OVERHEADS)
        drawn = p.multiple * p.additionality
        money = self.purse.available * (1.0 - costs) * drawn
        need = (1.0 + model.poor_by_place) * treasury.place_weight
        most = np.minimum(self.offers(model), self.room(model))
        loans = fill(money, need, most) if money > 0.0 else np.zeros(len(need))
        if loans.sum() <= 0.0:
            return
        provision = loans / drawn
        overheads = float(provision.sum()) * costs / (1.0 - costs)
        treasury.spend(self.name, self.purse, overheads, "administration")
        self.provide(model, provision)
        add_capital(model, self.name, np.zeros(len(loans)), loans, p.poor_job_share)
        self.back(model, loans)
        treasury.ledger.move(self.name, "bank", "lent", float(loans.sum()))
