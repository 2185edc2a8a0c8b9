"""Property-income shares (财产性收入增长行动): assets that pay dividends to the poor."""

import numpy as np

from povsim.programmes.delivery.by_need import place_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.residents import pay_rents, poor_rows
from povsim.programmes.stage import Stage


class PropertyIncomeShares(PayAsUsed):
    """Buy shares for registered and edge households; places' management makes them pay."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.assets = np.zeros(0)

    def act(self, model: Stage) -> None:
        """Buy, let the assets wear, and pay the month's dividends."""
        p, places = self.numbers, model.places
        if len(self.assets) == 0:
            self.assets = np.zeros(len(places))
        weight = model.treasury.place_weight
        need = model.poor_by_place * weight * np.where(places.is_site, p.site_weight, 1.0)
        money = self.usable(model)
        if money > 0.0 and need.sum() > 0.0:
            self.assets += money * need / need.sum() / weight
            self.pay_for(model, money, "invested")
        self.assets *= 1.0 - p.wear / 12.0
        by_place = self.assets * p.yield_rate * places["management"] / 12.0
        rows = poor_rows(model)
        each = by_place / np.maximum(model.poor_by_place, 1.0)
        pay_rents(model, self.name, rows, each[place_of(model, rows)])
