"""Site infrastructure (安置点基础设施): complete what a site has."""

import numpy as np

from povsim.codes import PlaceKind
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import build_stock, households_of
from povsim.programmes.stage import Stage


class SiteInfrastructure(PayAsUsed):
    """Build infrastructure at relocation sites, cheaper where a town is near."""

    def act(self, model: Stage) -> None:
        """Split the purse between sites joined to a town and others, by need."""
        p, places = self.numbers, model.places
        town = places["kind"] >= int(PlaceKind.TOWNSHIP_SITE)
        need = (
            households_of(model) * np.maximum(1.0 - places["infrastructure"], 0.0) * places.is_site
        )
        money = self.usable(model)
        if money <= 0.0 or need.sum() <= 0.0:
            return
        for joined in (True, False):
            here = np.where(town == joined, need, 0.0)
            cost = p.building_cost * (1.0 - p.town_saving * joined) * model.economy.level
            share = money * here.sum() / need.sum()
            self.pay_for(model, build_stock(model, "infrastructure", share, here, cost), "invested")
