"""Temporary relief (临时救助): help after a sudden loss that savings cannot carry."""

from collections import deque
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.money.support import pay_rows
from povsim.programmes.delivery.by_need import weight_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.stage import Stage

Array = NDArray[Any]


class TemporaryRelief(PayAsUsed):
    """Pay part of what the largest loss of the last year leaves uncovered, worst off first."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.relieved: Array = np.zeros(0, dtype=np.bool_)
        self.payments: deque[tuple[int, Array]] = deque()

    def act(self, model: Stage) -> None:
        """Pay in the order of need per person until the purse is empty; ties by identity."""
        p, h, level = self.numbers, model.households, model.economy.level
        self._forget(model)
        least = p.loss_share * model.world.lines.absolute * h["members"]
        short = h["cause_loss"] - np.maximum(h["savings"], 0.0)
        rows = np.flatnonzero((h["cause_loss"] > least) & (short > 0.0) & ~self.relieved)
        shortfall = short[rows].astype(np.float64) / h["members"][rows]
        order = np.lexsort((h["uid"][rows], -shortfall))
        rows, shortfall = rows[order], shortfall[order]
        amounts = np.minimum(p.relief_share * shortfall, p.ceiling * level) * h["members"][rows]
        paid = np.cumsum(amounts * weight_of(model, rows))
        count = int(np.searchsorted(paid, self.usable(model), side="right"))
        if count == 0:
            return
        self.pay_for(model, float(paid[count - 1]), "received_by_households")
        pay_rows(model, rows[:count], amounts[:count])
        self.relieved[rows[:count]] = True
        self.payments.append((model.month, rows[:count]))

    def _forget(self, model: Stage) -> None:
        """Let households that were helped long ago ask again."""
        if len(self.relieved) == 0:
            self.relieved = np.zeros(len(model.households), dtype=np.bool_)
        while self.payments and self.payments[0][0] <= model.month - self.numbers.months_between:
            self.relieved[self.payments.popleft()[1]] = False
