"""Employment workshops (就业帮扶车间) at relocation sites."""

import numpy as np

from povsim.programmes.delivery.by_need import place_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.residents import at_site, own_workers
from povsim.programmes.stage import Stage


class Workshops(PayAsUsed):
    """Add workshop places where relocated workers are idle, and keep them up."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.built = np.zeros(0)

    def act(self, model: Stage) -> None:
        """Pay upkeep first, then build; without upkeep places close."""
        p, places = self.numbers, model.places
        weight, level = model.treasury.place_weight, model.economy.level
        if len(self.built) == 0:
            self.built = np.zeros(len(places))
        upkeep = float(self.built @ weight) * p.upkeep * level / 12.0
        if upkeep > 0.0:
            kept = min(self.usable(model) / upkeep, 1.0)
            self.pay_for(model, kept * upkeep, "invested")
            places["workshop_jobs"][:] -= (1.0 - kept) * self.built
            self.built *= kept
        rows = at_site(model)
        idle = np.bincount(place_of(model, rows), own_workers(model, rows), len(places))
        taken = np.bincount(
            place_of(model, rows), model.households["at_workshop"][rows], len(places)
        )
        room = np.maximum(idle - np.maximum(places["workshop_jobs"] - taken, 0.0), 0.0)
        full = float(room @ weight) * p.building_cost * level
        if full <= 0.0:
            return
        paid = min(self.usable(model), full)
        added = room * paid / full
        places["workshop_jobs"][:] += added
        self.built += added
        self.pay_for(model, paid, "invested")
