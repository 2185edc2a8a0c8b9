"""Ecological compensation (生态补偿): payment for land that is retired."""

from collections.abc import Iterator

import numpy as np

from povsim.money.support import pay_rows
from povsim.programmes.delivery.by_need import weight_of
from povsim.programmes.delivery.luck import drawn_once
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.stage import Stage
from povsim.rng import TargetingDraw


class EcoCompensation(PayAsUsed):
    """Retire land of qualifying households as far as it is paid for; it comes back if it is not.

    Attributes
    ----------
    rows : ndarray
        Households that qualify, in the order of their draw.
    given : ndarray
        Harvest that each gives up while it is paid, in mu of ordinary land.
    paid : int
        How many of them are paid, and keep land retired.
    """

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.rows = np.zeros(0, dtype=np.int64)
        self.mu = np.zeros(0)
        self.fragile = np.zeros(0)
        self.given = np.zeros(0, dtype=np.float32)
        self.paid = 0
        self.begun = False

    def act(self, model: Stage) -> None:
        """Take on or let go as the purse reaches, and pay those whose land is retired."""
        if not self.begun:
            self._line_up(model)
        due = self.mu * self.numbers.payment * model.economy.level / 12.0
        total = np.cumsum(due * weight_of(model, self.rows))
        count = int(np.searchsorted(total, self.usable(model), side="right"))
        self._retire(model, count)
        if count == 0:
            return
        paid = pay_rows(model, self.rows[:count], due[:count])
        self.pay_for(model, model.treasury.represented(paid), "received_by_households")

    def _line_up(self, model: Stage) -> None:
        """Order the households whose land qualifies by their draw, then by identity."""
        p, h = self.numbers, model.households
        draw = drawn_once(model, TargetingDraw.FRAGILE_LAND)
        rows = np.flatnonzero((draw < p.eligible_share) & (h["land"] > 0.0))
        self.rows = rows[np.lexsort((h["uid"][rows], draw[rows]))]
        self.fragile = h["land"][self.rows].astype(np.float64)
        self.mu = self.fragile * p.retired_share
        self.given = (self.mu * p.lost_yield).astype(np.float32)
        self.begun = True

    def _retire(self, model: Stage, count: int) -> None:
        """Let the first ``count`` have land retired; poor land costs less harvest than its size."""
        land = model.households["land"]
        new, gone = slice(self.paid, count), slice(count, self.paid)
        land[self.rows[new]] -= self.given[new]
        land[self.rows[gone]] += self.given[gone]
        self.paid = count

    def yearly(self, model: Stage) -> Iterator[tuple[str, float]]:
        """Yield land retired, mu, and the share of land in fragile areas that is still farmed.

        Fragile is the land of the households that qualify.
        """
        weight = weight_of(model, self.rows)
        retired = float(self.mu[: self.paid] @ weight[: self.paid])
        fragile = float(self.fragile @ weight)
        yield "land_retired", retired
        yield "fragile_land_farmed_share", 1.0 - retired / fragile if fragile > 0.0 else 1.0
