"""Micro-credit for lifted-out households (脱贫人口小额信贷) with a county risk fund."""

from collections.abc import Iterator

import numpy as np

from povsim.codes import Flag
from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_need import place_of, special, weight_of
from povsim.programmes.delivery.one_by_one import MOST_OVERHEADS
from povsim.programmes.stage import Stage
from povsim.programmes.stock import Stock
from povsim.rng import Stream, TargetingDraw, uniform_block

BORROWER = int(Flag.BORROWER)


class MicroCredit(Programme):
    """Feed the risk fund, pay interest up front, and let banks lend for productive capital."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.outstanding = np.zeros(0)
        self.lost = np.zeros(0)

    def act(self, model: Stage) -> None:
        """Cover losses, then lend as far as purse, fund and demand allow."""
        counties = len(model.counties)
        if len(self.outstanding) == 0:
            self.outstanding, self.lost = np.zeros(counties), np.zeros(counties)
        self._cover_losses(model)
        rows = self._granted(model)
        if len(rows) > 0:
            self._lend(model, rows)

    def wind_down(self, model: Stage) -> None:
        """Cover losses on loans that outlive the programme."""
        if len(self.outstanding) > 0:
            self._cover_losses(model)

    def stocks(self, model: Stage) -> Iterator[Stock]:
        """Yield the risk fund too."""
        yield from super().stocks(model)
        yield self.fund(model, "risk_fund")

    def _cover_losses(self, model: Stage) -> None:
        """Pay the month's losses out of the funds; loans are paid back over the term."""
        p, fund = self.numbers, model.counties["risk_fund"]
        gap = model.economy.growth_gap
        rate = p.loss_rate * float(np.exp(-p.loss_cyclicality * gap)) / 12.0
        losses = self.outstanding * min(rate, 1.0)
        paid = np.minimum(losses, fund)
        fund -= paid
        model.treasury.ledger.move(self.name, "risk_fund", "guarantee_loss", float(paid.sum()))
        self.outstanding *= max(1.0 - 1.0 / p.term - rate, 0.0)
        self.lost = (1.0 - 1.0 / 12.0) * self.lost + losses

    def _granted(self, model: Stage) -> np.ndarray:
        """Return rows that ask for a loan and are granted one, the best by the bank's score first.

        The score is how far the chance of approval passes the household's own draw.
        """
        p, h = self.numbers, model.households
        open_counties = self.lost <= p.stop_share * np.maximum(self.outstanding, 1.0)
        able = special(model) & (h["labour"] > 0) & ((h["flags"] & BORROWER) == 0)
        rows = np.flatnonzero(able)
        rows = rows[open_counties[model.places["county"][place_of(model, rows)]]]
        uid = h["uid"][rows]
        draw = uniform_block(model.seed, uid, model.month, Stream.TARGETING, TargetingDraw.LOAN)
        asks = draw[:, 0] < 1.0 - np.exp(-p.take_up / 12.0)
        granted = 1.0 / (1.0 + np.exp(-p.approval_skill * (h["skill"][rows] - p.approval_level)))
        score = granted - draw[:, 1]
        order = np.lexsort((uid, -score))
        return np.asarray(rows[order][(asks & (score > 0.0))[order]])

    def _lend(self, model: Stage, rows: np.ndarray) -> None:
        """Lend for capital as long as the purse can pay interest and feed the fund."""
        p, h, treasury = self.numbers, model.households, model.treasury
        weight = weight_of(model, rows)
        costs = min(p.administration_share * model.rates.administration, MOST_OVERHEADS)
        backing = 1.0 / (p.fund_multiple * model.rates.credit_supply)
        each = (p.interest * p.term / 12.0 + backing) * p.loan * weight / (1.0 - costs)
        count = int(np.searchsorted(np.cumsum(each), self.purse.available, side="right"))
        rows, weight = rows[:count], weight[:count]
        loans = p.loan * weight
        total = float(loans.sum())
        if total <= 0.0:
            return
        treasury.spend(self.name, self.purse, float(each[:count].sum()) * costs, "administration")
        treasury.spend(self.name, self.purse, total * p.interest * p.term / 12.0, "interest")
        treasury.spend(self.name, self.purse, total * backing, "fund_balance")
        county = model.places["county"][place_of(model, rows)]
        by_county = np.bincount(county, loans, len(model.counties))
        model.counties["risk_fund"][:] += by_county * backing
        self.outstanding += by_county
        before = h["debt"][rows].astype(np.float64)
        h["debt"][rows] += p.loan
        h["productive_assets"][rows] += p.loan
        h["flags"][rows] |= BORROWER
        treasury.wealth_flows -= float((h["debt"][rows] - before) @ weight)
        treasury.ledger.move(self.name, "bank", "lent", total)
