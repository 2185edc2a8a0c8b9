"""Ecological compensation (生态补偿): payment for land that is retired."""

from collections.abc import Iterator

import numpy as np

from povsim.programmes.one_by_one import PayAsUsed
from povsim.programmes.reaching import pay_rows, weight_of
from povsim.programmes.world_view import WorldView
from povsim.rng import Stream, uniform_block

ELIGIBLE = 33
"""Draw number of the targeting stream that says whose land qualifies."""


class EcoCompensation(PayAsUsed):
    """Retire land of qualifying households once, and pay for it every month."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.rows = np.zeros(0, dtype=np.int64)
        self.mu = np.zeros(0)
        self.fragile = np.zeros(0)
        self.begun = False

    def act(self, model: WorldView) -> None:
        """Pay by retired land, as far as the purse reaches."""
        p = self.numbers
        if not self.begun:
            self._retire(model)
        due = self.mu * p.payment * model.economy.level / 12.0
        total = float(due @ weight_of(model, self.rows))
        if total <= 0.0:
            return
        due *= min(self.usable(model) / total, 1.0)
        paid = pay_rows(model, self.rows, due)
        self.pay_for(model, model.treasury.represented(paid), "received_by_households")

    def _retire(self, model: WorldView) -> None:
        """Take land out of use; poor land costs less harvest than its size says."""
        p, h = self.numbers, model.households
        draw = uniform_block(model.seed, h["uid"], 0, Stream.TARGETING, ELIGIBLE)[:, 0]
        self.rows = np.flatnonzero((draw < p.eligible_share) & (h["land"] > 0.0))
        self.fragile = h["land"][self.rows].astype(np.float64)
        self.mu = self.fragile * p.retired_share
        h["land"][self.rows] -= self.mu * p.lost_yield
        self.begun = True

    def yearly(self, model: WorldView) -> Iterator[tuple[str, float]]:
        """Yield land retired, mu, and the share of land in fragile areas that is still farmed.

        Fragile is the land of the households that qualify.
        """
        weight = weight_of(model, self.rows)
        retired, fragile = float(self.mu @ weight), float(self.fragile @ weight)
        yield "land_retired", retired
        yield "fragile_land_farmed_share", 1.0 - retired / fragile if fragile > 0.0 else 1.0
