"""Matched leverage (财政撬动社会资本): public money that investors must match.

Investors come where the expected return, with the guarantee, reaches their hurdle (participation
constraint). Part of the private money would have come anyway (additionality). A guarantee fund,
fed from the purse, pays for part of what investors lose when a project fails.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.kernels.industry import expected_return, failure_rate
from povsim.programmes.base import Programme
from povsim.programmes.building import add_capital
from povsim.programmes.world_view import WorldView
from povsim.rng import Stream, uniform_block

Array = NDArray[Any]


class MatchedLeverage(Programme):
    """Draw private capital into village industry with grants and guarantees."""

    def act(self, model: WorldView) -> None:
        """Pay guarantees on last month's failures, then match investors where they are willing."""
        self._pay_guarantees(model)
        p, treasury = self.numbers, model.treasury
        willing = self.participation(model)
        need = (1.0 + model.poor_by_place) * treasury.place_weight * willing
        amount = self.purse.available
        if need.sum() <= 0.0 or amount <= 0.0:
            return
        administration = amount * min(p.administration_share * model.rates.administration, 1.0)
        provision = amount * p.guarantee_provision
        grant = amount - administration - provision
        by_place = grant * need / need.sum()
        private = by_place * p.match_ratio * p.additionality
        wasted = min(p.waste_share * model.rates.leakage, 1.0)
        built = 1.0 - wasted
        treasury.spend(self.name, self.purse, administration, "administration")
        treasury.spend(self.name, self.purse, provision, "fund_balance")
        model.counties["guarantee_fund"][:] += treasury.by_county(
            provision * by_place / grant / treasury.place_weight
        )
        treasury.spend(self.name, self.purse, grant * wasted, "leakage")
        treasury.spend(self.name, self.purse, self.purse.available, "invested")
        treasury.ledger.move(
            self.name, "private_investors", "invested", float(private.sum() * built)
        )
        treasury.ledger.move(
            self.name, "private_investors", "leakage", float(private.sum() * wasted)
        )
        add_capital(model, by_place * built, private * built, p.poor_job_share)

    def participation(self, model: WorldView) -> Array:
        """Return which places have a willing investor this year: a logit of return over hurdle."""
        p, places = self.numbers, model.places
        industry = model.industry_numbers
        price = model.prices[places["product"]]
        households = places["stop"] - places["start"]
        capital = np.maximum(places.industry_capital, 1.0)
        public_share = places["industry_public"] / capital
        failure = failure_rate(capital, public_share, places["management"], households, industry)
        offered = expected_return(
            places["management"],
            places["infrastructure"],
            price,
            failure,
            p.guarantee_share,
            industry,
        )
        chance = 1.0 / (1.0 + np.exp(-(offered - p.hurdle_return) / p.return_spread))
        year = model.month // 12
        draw = uniform_block(model.seed, places["uid"], year, Stream.INVESTOR)[:, 0]
        return np.asarray(draw < chance, dtype=np.float64)

    def _pay_guarantees(self, model: WorldView) -> None:
        """Pay the guaranteed share of private losses, from the fund and then from the purse."""
        p, treasury = self.numbers, model.treasury
        owed = treasury.by_county(model.industry_losses * p.guarantee_share)
        fund = model.counties["guarantee_fund"]
        from_fund = np.minimum(owed, fund)
        fund -= from_fund
        treasury.ledger.move(self.name, "guarantee_fund", "guarantee_loss", float(from_fund.sum()))
        rest = min(float((owed - from_fund).sum()), self.purse.available)
        treasury.spend(self.name, self.purse, rest, "guarantee_loss")
