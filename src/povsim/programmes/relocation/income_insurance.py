"""Income insurance (收入保险机制): a county fund against sudden shortfalls of income."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag
from povsim.money.support import pay_rows
from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_need import place_of
from povsim.programmes.delivery.luck import drawn_once
from povsim.programmes.delivery.residents import poor_rows
from povsim.programmes.stage import Stage
from povsim.programmes.stock import Stock
from povsim.rng import TargetingDraw

Array = NDArray[Any]
FLAG = int(Flag.INCOME_INSURED)


class IncomeInsurance(Programme):
    """Collect subsidised premiums and pay part of each month's shortfall."""

    rows: Array | None = None

    def stocks(self, model: Stage) -> Iterator[Stock]:
        """Yield the fund of premiums too."""
        yield from super().stocks(model)
        yield self.fund(model, "income_fund")

    def insured(self, model: Stage) -> Array:
        """Return rows that are insured: able registered and edge households, by take-up."""
        if self.rows is None:
            h, rows = model.households, poor_rows(model)
            draw = drawn_once(model, TargetingDraw.INSURED, rows)
            self.rows = rows[(draw < self.numbers.take_up) & (h["labour"][rows] > 0)]
            h["flags"][self.rows] |= FLAG
        return self.rows

    def act(self, model: Stage) -> None:
        """Take premiums of those who can pay, then pay out what the fund bears."""
        p, h, treasury = self.numbers, model.households, model.treasury
        fund, count = model.counties["income_fund"], len(model.places)
        rows = self.insured(model)
        here = place_of(model, rows)
        premium = self.strength * p.premium * model.economy.level / 12.0
        subsidy = np.bincount(here, minlength=count) * premium * p.subsidy_share
        treasury.entitle(self.name, subsidy, "fund_balance", p.county_share)
        own = np.where(h["savings"][rows] > premium, premium * (1.0 - p.subsidy_share), 0.0)
        before = h["savings"][rows].astype(np.float64)
        h["savings"][rows] -= own
        taken = np.bincount(here, before - h["savings"][rows], count)
        treasury.wealth_flows -= treasury.represented(taken)
        treasury.ledger.move(
            self.name, "insurance_premium", "fund_balance", treasury.represented(taken)
        )
        fund += treasury.by_county(subsidy + taken)
        short = np.maximum(p.trigger_share * h["usual_income"][rows] - h["month_income"][rows], 0)
        due = self.strength * p.payout_share * short
        owed = treasury.by_county(np.bincount(here, due, count))
        if p.bail_out >= 0.5:
            missing = float(np.maximum(owed - fund, 0.0).sum())
            treasury.entitle_central(self.name, missing, "fund_balance")
            np.maximum(fund, owed, out=fund)
        scale = np.minimum(np.maximum(fund, 0.0) / np.maximum(owed, 1e-9), 1.0)
        due = due * scale[model.places["county"][here]]
        paid = pay_rows(model, rows, due)
        fund -= treasury.by_county(paid)
        treasury.ledger.move(
            self.name, "income_fund", "received_by_households", treasury.represented(paid)
        )
