"""Cultural space (文化空间再造) at relocation sites."""

import numpy as np

from povsim.programmes.cards import Card
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import build_stock, households_of, sites_of
from povsim.programmes.scenario import ProgrammeUse
from povsim.programmes.stage import Stage


class CulturalSpace(PayAsUsed):
    """Build and keep up cultural life; what was built wears without money."""

    def __init__(self, card: Card, use: ProgrammeUse) -> None:
        super().__init__(card, use)
        self.built = np.zeros(0)

    def act(self, model: Stage) -> None:
        """Let what was built wear, then spend where households and need are."""
        p, places = self.numbers, model.places
        culture = places["culture"]
        if len(self.built) == 0:
            self.built = np.zeros(len(culture))
        worn = self.built * p.fade / 12.0
        culture -= worn
        before = culture.copy()
        need = households_of(model) * (1.0 - culture) * sites_of(model, p.sites)
        cost = p.building_cost * model.economy.level
        spent = build_stock(model, "culture", self.usable(model), need, cost)
        self.built += culture - before - worn
        self.pay_for(model, spent, "invested")
