"""Site services (安置点公共服务): complete what a site has."""

import numpy as np

from povsim.codes import PlaceKind
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import build_stock, households_of, sites_of
from povsim.programmes.stage import Stage


class SiteServices(PayAsUsed):
    """Build services at relocation sites, cheaper where a town is near."""

    def act(self, model: Stage) -> None:
        """Split the purse between sites joined to a town and others, by need."""
        p, places = self.numbers, model.places
        town = places["kind"] >= int(PlaceKind.TOWNSHIP_SITE)
        missing = np.maximum(1.0 - places["services"], 0.0)
        need = households_of(model) * missing * sites_of(model, p.sites)
        money = self.usable(model)
        if money <= 0.0 or need.sum() <= 0.0:
            return
        for joined in (True, False):
            here = np.where(town == joined, need, 0.0)
            cost = p.building_cost * (1.0 - p.town_saving * joined) * model.economy.level
            share = money * here.sum() / need.sum()
            self.pay_for(model, build_stock(model, "services", share, here, cost), "invested")
