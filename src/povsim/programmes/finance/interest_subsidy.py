"""Interest subsidy (财政贴息) on the debt of registered and edge households."""

import numpy as np

from povsim.money.support import pay_rows
from povsim.programmes.delivery.by_need import weight_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.residents import poor_rows
from povsim.programmes.stage import Stage


class InterestSubsidy(PayAsUsed):
    """Pay part of the interest, at the rate of the card or as far as the purse reaches."""

    def act(self, model: Stage) -> None:
        """Share the month's money by debt."""
        rows = poor_rows(model)
        debt = np.maximum(model.households["debt"][rows].astype(np.float64), 0.0)
        due = debt * self.numbers.rate / 12.0
        total = float(due @ weight_of(model, rows))
        if total <= 0.0:
            return
        due *= min(self.usable(model) / total, 1.0)
        paid = pay_rows(model, rows, due)
        self.pay_for(model, model.treasury.represented(paid), "received_by_households")
