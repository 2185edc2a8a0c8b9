"""Trading of land quotas (增减挂钩结余指标交易): what reclaimed homesteads are worth elsewhere."""

import numpy as np

from povsim.codes import CountyClass
from povsim.programmes.base import Programme
from povsim.programmes.reaching import pay_rows, place_of
from povsim.programmes.residents import poor_rows
from povsim.programmes.world_view import WorldView

JANUARY = 0


class LandQuotaTrading(Programme):
    """Sell quota once a year; share the revenue between households, villages and counties."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.owed = np.zeros(0)

    def act(self, model: WorldView) -> None:
        """Sell in January, pay households month by month, and use the land that was kept."""
        if len(self.owed) == 0:
            self._lay_down_quota(model)
        if model.month_of_year == JANUARY:
            self._sell(model)
        self._pay_households(model)
        p, places = self.numbers, model.places
        allowed = self.admitted[places["county"]] * p.kept_for_local
        places["local_jobs"][:] *= 1.0 + allowed * p.local_gain * self.strength / 12.0

    def _lay_down_quota(self, model: WorldView) -> None:
        """Give each admitted county its quota, in proportion to its households."""
        p, counties = self.numbers, model.counties
        households = model.treasury.by_county(np.asarray(model.places.rows, dtype=float))
        deep = counties["county_class"] == int(CountyClass.DEEP_POVERTY)
        self.admitted = np.where(deep, 1.0, p.extension)
        counties["land_quota"][:] = p.quota_per_household * households * self.admitted
        core = float((p.quota_per_household * households)[deep].sum())
        self.reference = max(core * p.sold_share * (1.0 - p.kept_for_local), 1e-9)
        self.owed = np.zeros(len(model.places))

    def _sell(self, model: WorldView) -> None:
        """Sell part of the quota at a price that falls with what all sell together."""
        p, quota, places = self.numbers, model.counties["land_quota"], model.places
        sold = quota * p.sold_share * (1.0 - p.kept_for_local) * self.strength
        quota -= sold
        if sold.sum() <= 0.0:
            return
        price = p.price * (float(sold.sum()) / self.reference) ** (-1.0 / p.price_elasticity)
        revenue = sold * price
        ledger, weight = model.treasury.ledger, model.treasury.place_weight
        poor = model.poor_by_place * weight
        by_county = np.bincount(places["county"], poor, len(quota))
        part = poor / np.maximum(by_county[places["county"]], 1e-9) / weight
        self.owed += revenue[places["county"]] * p.household_share * part
        village = revenue[places["county"]] * p.village_share * part
        places["industry_public"][:] += village
        left = float(revenue.sum()) - model.treasury.represented(village)
        ledger.move(self.name, "land_quota_buyers", "invested", model.treasury.represented(village))
        ledger.move(
            self.name, "land_quota_buyers", "fund_balance", left * (1.0 - p.household_share)
        )

    def _pay_households(self, model: WorldView) -> None:
        """Pay out the household part over the years of the card."""
        p, rows = self.numbers, poor_rows(model)
        month = self.owed / (12.0 * p.years_to_pay)
        here = place_of(model, rows)
        paid = pay_rows(model, rows, (month / np.maximum(model.poor_by_place, 1.0))[here])
        self.owed -= paid
        model.treasury.ledger.move(
            self.name,
            "land_quota_buyers",
            "received_by_households",
            model.treasury.represented(paid),
        )
