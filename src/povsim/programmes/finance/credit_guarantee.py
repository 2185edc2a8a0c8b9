"""Credit guarantee (融资担保): a fund that backs bank loans to village industry."""

import numpy as np

from povsim.kernels.industry import expected_return, failure_rate
from povsim.programmes.base import Programme
from povsim.programmes.building import add_capital
from povsim.programmes.world_view import WorldView
from povsim.rng import Stream, uniform_block

WILLING = 1
"""Draw number of the investors' stream for banks."""


class CreditGuarantee(Programme):
    """Provide for losses, draw loans where banks are willing, pay part of their losses."""

    def act(self, model: WorldView) -> None:
        """Pay for last month's failures, then guarantee new loans."""
        p, treasury = self.numbers, model.treasury
        self._pay_losses(model)
        provision = self.pay_overheads(model, p.administration_share, 0.0)
        need = (1.0 + model.poor_by_place) * treasury.place_weight * self.willing(model)
        if need.sum() <= 0.0 or provision <= 0.0:
            return
        share = need / need.sum()
        treasury.spend(self.name, self.purse, provision, "fund_balance")
        model.counties["guarantee_fund"][:] += treasury.by_county(
            provision * share / treasury.place_weight
        )
        loans = provision * p.multiple * p.additionality * share
        add_capital(model, np.zeros(len(share)), loans, p.poor_job_share)
        treasury.ledger.move(self.name, "bank", "lent", float(loans.sum()))

    def willing(self, model: WorldView) -> np.ndarray:
        """Return where a bank is willing this year: a logit of expected return over hurdle."""
        p, places, industry = self.numbers, model.places, model.industry_numbers
        capital = np.maximum(places.industry_capital, 1.0)
        public = places["industry_public"] / capital
        failure = failure_rate(capital, public, places["management"], places.rows, industry)
        price = model.prices[places["product"]]
        offered = expected_return(
            places["management"],
            places["infrastructure"],
            price,
            failure * model.rates.failure,
            p.guarantee_share,
            industry,
        )
        chance = 1.0 / (1.0 + np.exp(-(offered - p.hurdle_return) / p.return_spread))
        year = model.month // 12
        draw = uniform_block(model.seed, places["uid"], year, Stream.INVESTOR, WILLING)[:, 0]
        return np.asarray(draw < chance, dtype=np.float64)

    def _pay_losses(self, model: WorldView) -> None:
        """Pay the guaranteed share of private losses as far as the fund reaches."""
        treasury, fund = model.treasury, model.counties["guarantee_fund"]
        owed = treasury.by_county(model.industry_losses * self.numbers.guarantee_share)
        paid = np.minimum(owed, fund)
        fund -= paid
        treasury.ledger.move(self.name, "guarantee_fund", "guarantee_loss", float(paid.sum()))
