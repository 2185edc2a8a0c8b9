"""Leasing of land (土地流转出租) by households short of labour."""

import numpy as np

from povsim.codes import Flag
from povsim.programmes.base import Programme
from povsim.programmes.reaching import place_of
from povsim.programmes.residents import own_workers, pay_property
from povsim.programmes.world_view import WorldView

FLAG = int(Flag.LAND_LEASED)


class LandLease(Programme):
    """Lease land out once, and pay its rent every month."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.rows = np.zeros(0, dtype=np.int64)
        self.mu = np.zeros(0)
        self.begun = False

    def act(self, model: WorldView) -> None:
        """Pay those who gave up land; it is private money."""
        p, places = self.numbers, model.places
        if not self.begun:
            self._give_up_land(model)
        here = place_of(model, self.rows)
        due = self.mu * p.rent
        due = due * model.economy.level / 12.0
        pay_property(model, self.rows, due)
        paid = np.bincount(here, due, len(places))
        model.treasury.ledger.move(
            self.name,
            "private_investors",
            "rents_and_dividends",
            model.treasury.represented(paid),
        )

    def _give_up_land(self, model: WorldView) -> None:
        """Take land of households with more than their own workers can till."""
        p, h = self.numbers, model.households
        everybody = np.arange(len(h))
        tilled = np.maximum(own_workers(model, everybody), 0.0) * p.land_per_worker
        spare = np.maximum(h["land"] - tilled, 0.0) * p.leased_share
        free = (h["flags"] & FLAG) == 0
        self.rows = np.flatnonzero(free & (spare > 0.0))
        self.mu = spare[self.rows].astype(np.float64)
        h["land"][self.rows] -= self.mu
        h["flags"][self.rows] |= FLAG
        self.begun = True
