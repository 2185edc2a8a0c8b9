"""Bear risk for investors: who is willing, what a village can take, what is owed after failures.

A guarantee covers the capital that its own programme has drawn, which wears and is lost as all
private capital of the place. What the guarantee fund and the purse cannot pay, the county owes.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.kernels.industry import (
    expected_return,
    failure_rate,
    marginal_product,
    productivity,
)
from povsim.programmes.base import Programme
from povsim.programmes.cards import Card
from povsim.programmes.delivery.industry import room_for_industry
from povsim.programmes.scenario import ProgrammeUse
from povsim.programmes.stage import Stage
from povsim.programmes.stock import Stock
from povsim.rng import InvestorDraw, Stream, uniform_block

Array = NDArray[Any]
JANUARY = 0


class Backer(Programme):
    """A programme that guarantees part of what investors or banks put into village industry.

    Its card has ``hurdle_return``, ``return_spread``, ``guarantee_share``,
    ``project_per_household`` and ``absorption``.

    Attributes
    ----------
    draw : InvestorDraw
        Whose luck says which investors are willing.
    backed : ndarray, shape (places,)
        Capital that is guaranteed, yuan of rows.
    """

    draw: InvestorDraw

    def __init__(self, card: Card, use: ProgrammeUse) -> None:
        super().__init__(card, use)
        self.backed = np.zeros(0)
        self.owed_by_counties = 0.0
        self.accepted = 0.0

    def participation(self, model: Stage) -> Array:
        """Return which places have a willing investor this year: a logit of return over hurdle."""
        p = self.numbers
        offered = self.expected(model)
        chance = 1.0 / (1.0 + np.exp(-(offered - p.hurdle_return) / p.return_spread))
        year = model.month // 12
        uid = model.places["uid"]
        draw = uniform_block(model.seed, uid, year, Stream.INVESTOR, self.draw)[:, 0]
        return np.asarray(draw < chance, dtype=np.float64)

    def expected(self, model: Stage) -> Array:
        """Return what investors expect of one more yuan in each place, a year."""
        places, industry = model.places, model.industry_numbers
        capital = np.maximum(places.industry_capital, 1.0)
        public = places["industry_public"] / capital
        failure = failure_rate(capital, public, places["management"], places.rows, industry)
        failure = np.minimum(failure * model.rates.failure, 1.0)
        price = model.prices[places["product"]]
        yields = productivity(places["management"], places["infrastructure"], price, industry)
        marginal = marginal_product(capital, places.rows, model.typical_capital, yields, industry)
        return expected_return(marginal, failure, self.numbers.guarantee_share, industry)

    def offers(self, model: Stage) -> Array:
        """Return the money that willing places can use this month, represented yuan.

        A village runs a project of its usual size a year, and a part of its industry's size more.
        """
        p, places = self.numbers, model.places
        project = p.project_per_household * model.economy.level * places.rows
        yearly = project + p.absorption * places.industry_capital
        willing = self.participation(model)
        self.accepted = float(np.dot(willing, self._households(model))) / float(
            self._households(model).sum()
        )
        return np.asarray(willing * yearly / 12.0 * model.treasury.place_weight)

    def room(self, model: Stage) -> Array:
        """Return capital for which places have land, represented yuan."""
        return room_for_industry(model)

    def back(self, model: Stage, private: Array) -> None:
        """Guarantee new capital, represented yuan by place."""
        self.backed += private / model.treasury.place_weight

    def settle(self, model: Stage, from_purse: bool) -> None:
        """Pay the guaranteed part of the month's losses, and let what is guaranteed wear.

        The fund pays first, then the purse if it may; the rest is debt of the county.
        """
        treasury = model.treasury
        if len(self.backed) == 0:
            self.backed = np.zeros(len(model.places))
        if model.month_of_year == JANUARY:
            self.owed_by_counties = 0.0
        lost = model.flows.lost_share
        owed = treasury.by_county(self.backed * lost * self.numbers.guarantee_share)
        wear = 1.0 - model.industry_numbers.depreciation / 12.0
        self.backed *= (1.0 - lost) * wear
        fund = model.counties["guarantee_fund"]
        paid = np.minimum(owed, fund)
        fund -= paid
        treasury.ledger.move(self.name, "guarantee_fund", "guarantee_loss", float(paid.sum()))
        left = owed - paid
        total = float(left.sum())
        if total <= 0.0:
            return
        out = min(total, self.purse.available) if from_purse else 0.0
        treasury.spend(self.name, self.purse, out, "guarantee_loss")
        left *= 1.0 - out / total
        treasury.owe(self.name, left, "guarantee_loss")
        self.owed_by_counties += float(left.sum())

    def wind_down(self, model: Stage) -> None:
        """Settle guarantees that outlive the programme: the fund pays, then the county owes."""
        if len(self.backed) > 0:
            self.settle(model, from_purse=False)

    def provide(self, model: Stage, by_place: Array) -> None:
        """Put represented yuan by place out of the purse into the guarantee funds."""
        treasury = model.treasury
        treasury.spend(self.name, self.purse, float(by_place.sum()), "fund_balance")
        model.counties["guarantee_fund"][:] += treasury.by_county(by_place / treasury.place_weight)

    def stocks(self, model: Stage) -> Iterator[Stock]:
        """Yield the guarantee fund too."""
        yield from super().stocks(model)
        yield self.fund(model, "guarantee_fund")

    def yearly(self, model: Stage) -> Iterator[tuple[str, float]]:
        """Yield who was willing, what could not be placed, and what counties owe for guarantees."""
        yield f"{self.name}_willing_share", self.accepted
        yield f"{self.name}_unplaced", self.purse.available
        yield f"{self.name}_debt", self.owed_by_counties

    def _households(self, model: Stage) -> Array:
        return np.asarray(model.places.rows * model.treasury.place_weight)
