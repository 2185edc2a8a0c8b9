"""Rural clinics (村卫生室与基本公共卫生服务): build services and bring care to people."""

import numpy as np

from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import build_stock
from povsim.programmes.stage import Stage


class RuralClinics(PayAsUsed):
    """Build clinics where services are poor, and pay for care that restores health."""

    def act(self, model: Stage) -> None:
        """Split the purse between building and care; what neither can use waits."""
        p, level = self.numbers, model.economy.level
        persons = model.persons_by_place * model.treasury.place_weight
        need = persons * np.maximum(1.0 - model.places["services"], 0.0)
        money = self.usable(model)
        if money <= 0.0 or need.sum() <= 0.0:
            return
        care = money * (1.0 - p.building_share) * need / need.sum()
        care = np.minimum(care, persons * p.care_cost * level / 12.0)
        coverage = care / (persons * p.care_cost * level / 12.0)
        built = build_stock(
            model, "services", money * p.building_share, need, p.building_cost * level
        )
        self.pay_for(model, built, "invested")
        self.pay_for(model, float(care.sum()), "medical_providers")
        health = model.households["health"]
        resting = model.world.capability.resting_health
        recovery = model.places.by_household(p.health_gain / 12.0 * coverage)
        health += recovery * np.maximum(resting - health, 0.0)
