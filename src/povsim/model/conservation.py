"""Hold every stock of money against what was booked for it, month by month.

The ledger is balanced by construction; a programme that changes a fund, a purse or the capital of
village industry and books something else is found here, by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from povsim.money.ledger import TOLERANCE, LedgerError
from povsim.programmes.land.land_quota_trading import LandQuotaTrading

if TYPE_CHECKING:
    from povsim.model import PovertyModel

Array = NDArray[Any]
FUNDS = {
    "medical_fund": ("medical_insurance",),
    "guarantee_fund": ("matched_leverage", "credit_guarantee"),
    "risk_fund": ("micro_credit",),
    "income_fund": ("income_insurance",),
}
"""County funds, and the programmes whose ``fund_balance`` goes into them."""
ALL_PUBLIC = ("direct_investment", "matched_leverage", "land_quota_trading")
"""Programmes whose whole ``invested`` public money is capital of village industry."""
LOANS = ("credit_guarantee", "enterprise_loans")
"""Programmes whose bank loans are capital of village industry."""
LAND = "land_quota_trading"
ROUNDING = 64.0 * float(np.finfo(float).eps) / TOLERANCE
"""Part of a balance that adding little to it may lose, in units of ``TOLERANCE``."""


class Books:
    """What was there at the end of the last month, and what must be there now.

    Parameters
    ----------
    model : PovertyModel
    """

    def __init__(self, model: PovertyModel) -> None:
        self._remember(model)

    def check(self, model: PovertyModel) -> None:
        """Raise LedgerError, with a programme's name, if a stock and its bookings differ."""
        self._check_funds(model)
        self._check_purses(model)
        self._check_built(model)
        self._check_industry(model)
        self._check_land(model)
        self._remember(model)

    def _remember(self, model: PovertyModel) -> None:
        """Note every stock as it is, represented yuan (land: mu)."""
        places, treasury = model.places, model.treasury
        self.funds = {name: float(model.counties[name].sum()) for name in FUNDS}
        self.purses = {p.name: p.purse.available for p in model.programmes.programmes}
        self.public = places["industry_public"].copy()
        self.private = places["industry_private"].copy()
        self.due = model.private_investment_due.copy()
        self.village = treasury.represented(places["village_fund"])
        self.quota = model.counties["land_quota"].copy()
        self.land = {
            p.name: treasury.represented(p.owed)
            for p in model.programmes.programmes
            if isinstance(p, LandQuotaTrading) and len(p.owed) > 0
        }

    def _check_funds(self, model: PovertyModel) -> None:
        """Check that a fund changed by what went in less what went out."""
        booked = model.ledger.booked
        for name, owners in FUNDS.items():
            into = sum(booked(programme=o, use="fund_balance") for o in owners)
            out = booked(source=name)
            now = float(model.counties[name].sum())
            here = [o for o in owners if o in self.purses]
            scale = into + out + ROUNDING * abs(now)
            _same(model, here, f"{name} changed", now - self.funds[name], into - out, scale)

    def _check_purses(self, model: PovertyModel) -> None:
        """Check that what is carried in a purse is what was kept less what was used of it."""
        booked = model.ledger.booked
        for p in model.programmes.programmes:
            if not p.discretionary:
                continue
            kept = booked(programme=p.name, source="central", use="unspent")
            used = booked(programme=p.name, source="carried_over")
            change = p.purse.available - self.purses.get(p.name, 0.0)
            scale = kept + used + p.purse.available
            _same(model, [p.name], "purse changed", change, kept - used, scale)

    def _check_built(self, model: PovertyModel) -> None:
        """Check that capital a programme built is what it booked as invested or lent."""
        booked = model.ledger.booked
        for p in model.programmes.programmes:
            public, private = model.treasury.built.get(p.name, (0.0, 0.0))
            invested = booked(programme=p.name, use="invested")
            if p.name in ALL_PUBLIC:
                _same(model, [p.name], "built", public + private, invested, invested)
            elif p.name in LOANS:
                lent = booked(programme=p.name, use="lent")
                _same(model, [p.name], "built", private, lent, lent)
            elif public + private > invested * (1.0 + TOLERANCE) + 1.0:
                _same(model, [p.name], "built", public + private, invested, invested)

    def _check_industry(self, model: PovertyModel) -> None:
        """Check that capital is what stood, less wear and losses, plus what was built."""
        treasury, places = model.treasury, model.places
        kept = (1.0 - model.lost_share) * (1.0 - model.industry_numbers.depreciation / 12.0)
        to_fund, reinvested = model.fund_flows
        builders = list(treasury.built) or list(self.purses)
        expected = treasury.represented(self.public * kept + reinvested)
        expected += sum(b[0] for b in treasury.built.values())
        now = treasury.represented(places["industry_public"])
        _same(model, builders, "public industry capital is", now, expected, expected)
        expected = treasury.represented(self.private * kept + self.due)
        expected += sum(b[1] for b in treasury.built.values())
        now = treasury.represented(places["industry_private"])
        _same(model, builders, "private industry capital is", now, expected, expected)
        change = treasury.represented(places["village_fund"]) - self.village
        flow = treasury.represented(to_fund - reinvested)
        _same(model, [], "village funds changed", change, flow, abs(flow) + self.village)

    def _check_land(self, model: PovertyModel) -> None:
        """Check that buyers paid for the quota that is gone, and the fund holds what is owed."""
        booked = model.ledger.booked
        for p in model.programmes.programmes:
            if not isinstance(p, LandQuotaTrading) or len(p.owed) == 0:
                continue
            paid = booked(programme=LAND, source="land_quota_buyers")
            if LAND in self.land:
                sold = float(np.maximum(self.quota - model.counties["land_quota"], 0.0).sum())
                _same(model, [LAND], "land was sold for", sold * p.price, paid, paid)
            into = booked(programme=LAND, use="fund_balance")
            out = booked(source="land_fund")
            owed = model.treasury.represented(p.owed)
            change = owed - self.land.get(LAND, 0.0)
            _same(model, [LAND], "land fund changed", change, into - out, into + out + owed)


def _same(
    model: PovertyModel, names: list[str], what: str, found: float, booked: float, scale: float
) -> None:
    """Raise LedgerError unless two sums of yuan agree, relative to what was turned over."""
    if abs(found - booked) > TOLERANCE * max(abs(scale), abs(booked), 1.0):
        who = ", ".join(names) or "village industry"
        raise LedgerError(
            f"month {model.month}: {who}: {what} {found:.2f} yuan but {booked:.2f} is booked"
        )
