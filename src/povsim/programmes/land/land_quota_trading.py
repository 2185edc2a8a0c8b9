"""Trading of land quotas (增减挂钩结余指标交易): what reclaimed homesteads are worth elsewhere.

Quota that is sold is land that village industry cannot build on later.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import CountyClass
from povsim.errors import UserError, said
from povsim.money.support import pay_rows
from povsim.programmes.base import Programme
from povsim.programmes.cards import Card
from povsim.programmes.delivery.by_need import place_of
from povsim.programmes.delivery.industry import add_capital
from povsim.programmes.delivery.residents import poor_rows
from povsim.programmes.scenario import ProgrammeUse
from povsim.programmes.stage import Stage
from povsim.programmes.stock import Booked, Stock

JANUARY = 0


class LandQuotaTrading(Programme):
    """Sell quota once a year; share the revenue between households, villages and counties.

    Attributes
    ----------
    owed : ndarray, shape (places,)
        The households' part that the fund still holds, yuan of rows.
    price : float
        Yuan a mu at the last sale.
    quota : float
        Quota that there was before any sale, mu.
    """

    capital_is = "invested"

    def __init__(self, card: Card, use: ProgrammeUse) -> None:
        super().__init__(card, use)
        p = self.numbers
        if p.household_share + p.village_share > 1.0 + 1e-9:
            total = f"{p.household_share + p.village_share:g}"
            key = "household_share + village_share"
            raise UserError(key, total, said("at_most_one"), self.name)
        self.owed: NDArray[Any] = np.zeros(0)
        self.price = self.quota = 0.0

    def act(self, model: Stage) -> None:
        """Sell in January, pay households, and use the land that was kept."""
        if len(self.owed) == 0:
            self._lay_down_quota(model)
        if model.month_of_year == JANUARY:
            self._sell(model)
        self._pay_households(model)
        p, places = self.numbers, model.places
        county = places["county"]
        allowed = self.admitted[county] * p.kept_for_local
        places["local_jobs"][:] *= 1.0 + allowed * p.local_gain * self.strength / 12.0
        kept = model.counties["land_quota"] / np.maximum(self.households, 1e-9)
        free = kept + p.quota_per_household * (1.0 - self.admitted)
        limit = self.first + p.capital_per_mu * free[county] * places.rows
        model.flows.land_limit = np.where(self.sold[county], limit, np.inf)

    def _lay_down_quota(self, model: Stage) -> None:
        """Give each admitted county its quota, in proportion to its households.

        The quantity at which the price is that of the card is what deep-poverty counties sell in
        the first year at the card's own numbers, whatever a scenario sets.
        """
        p, counties, usual = self.numbers, model.counties, self.card.values()
        self.households = model.treasury.by_county(np.asarray(model.places.rows, dtype=float))
        deep = counties["county_class"] == int(CountyClass.DEEP_POVERTY)
        self.admitted = np.where(deep, 1.0, p.extension)
        counties["land_quota"][:] = p.quota_per_household * self.households * self.admitted
        self.quota = float(counties["land_quota"].sum())
        core = float((usual.quota_per_household * self.households)[deep].sum())
        self.reference = max(core * usual.sold_share * (1.0 - usual.kept_for_local), 1e-9)
        self.owed = np.zeros(len(model.places))
        self.first = model.places.industry_capital.copy()
        self.sold = np.zeros(len(counties), dtype=bool)

    def _sell(self, model: Stage) -> None:
        """Sell part of the quota at a price that falls with what all sell together."""
        p, quota, treasury = self.numbers, model.counties["land_quota"], model.treasury
        sold = quota * p.sold_share * (1.0 - p.kept_for_local) * self.strength
        quota -= sold
        self.sold |= sold > 0.0
        if sold.sum() <= 0.0:
            return
        self.price = p.price * (float(sold.sum()) / self.reference) ** (-1.0 / p.price_elasticity)
        revenue = sold * self.price
        county, weight = model.places["county"], treasury.place_weight
        poor = model.poor_by_place * weight
        by_county = np.bincount(county, poor, len(quota))
        part = revenue[county] * poor / np.maximum(by_county[county], 1e-9)
        households, village = part * p.household_share, part * p.village_share
        self.owed += households / weight
        add_capital(
            model, self.name, village, np.zeros(len(village)), model.places["poor_job_share"].copy()
        )
        move = treasury.ledger.move
        move(self.name, "land_quota_buyers", "fund_balance", float(households.sum()))
        move(self.name, "land_quota_buyers", "invested", float(village.sum()))
        given = np.bincount(county, households + village, len(quota))
        treasury.credit_counties(self.name, np.maximum(revenue - given, 0.0), "land_quota_buyers")

    def stocks(self, model: Stage) -> Iterator[Stock]:
        """Yield the fund of what is owed to households, and the land that was sold, too."""
        yield from super().stocks(model)
        owed = model.treasury.represented(self.owed) if len(self.owed) > 0 else 0.0
        into = Booked(self.name, use="fund_balance")
        yield Stock("land fund", owed, into, Booked(source="land_fund"))
        sold = self.quota - float(model.counties["land_quota"].sum())
        yield Stock("land sold", sold, Booked(self.name, "land_quota_buyers"), price=self.price)

    def wind_down(self, model: Stage) -> None:
        """Pay out what the fund still owes households, and free the land that was kept."""
        if len(self.owed) > 0:
            self._pay_households(model)
            model.flows.land_limit = np.full(len(model.places), np.inf)

    def _pay_households(self, model: Stage) -> None:
        """Pay out the household part: at once, or out of a fund over the years of the card."""
        p, rows = self.numbers, poor_rows(model)
        month = self.owed * min(1.0 / max(12.0 * p.years_to_pay, 1.0), 1.0)
        here = place_of(model, rows)
        paid = pay_rows(model, rows, (month / np.maximum(model.poor_by_place, 1.0))[here])
        self.owed = np.maximum(self.owed - paid, 0.0)  # paid in full, up to rounding
        model.treasury.ledger.move(
            self.name, "land_fund", "received_by_households", model.treasury.represented(paid)
        )
