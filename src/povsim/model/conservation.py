"""Hold every stock of money against what was booked for it, month by month.

The ledger is balanced by construction; a programme that changes a fund, a purse or the capital of
village industry and books something else is found here, by name. What a programme holds, and
which bookings move it, it says itself (``Programme.stocks``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from povsim.money.ledger import FUNDS, TOLERANCE, Ledger, LedgerError
from povsim.programmes.stage import Stage
from povsim.programmes.stock import Booked, Stock

ROUNDING = 64.0 * float(np.finfo(float).eps) / TOLERANCE
"""Part of a balance that adding little to it may lose, in units of ``TOLERANCE``."""


@dataclass
class Holding:
    """A stock with all who hold it; each of them names the bookings that it makes."""

    stock: Stock
    names: list[str] = field(default_factory=list)
    into: set[Booked] = field(default_factory=set)
    out: set[Booked] = field(default_factory=set)

    def add(self, name: str, stock: Stock) -> None:
        """Note a programme that holds the stock, and its bookings."""
        self.names.append(name)
        for kind, kinds in ((stock.into, self.into), (stock.out, self.out)):
            if kind is not None:
                kinds.add(kind)


class Books:
    """What was there at the end of the last month, and what must be there now.

    Parameters
    ----------
    model : Stage
    """

    def __init__(self, model: Stage) -> None:
        self._remember(model, holdings_of(model))

    def check(self, model: Stage) -> None:
        """Raise LedgerError, with a programme's name, if a stock and its bookings differ."""
        holdings = holdings_of(model)
        self.check_stocks(model, holdings)
        self._check_industry(model)
        self._remember(model, holdings)

    def _remember(self, model: Stage, holdings: Mapping[str, Holding]) -> None:
        """Note every stock as it is: of programmes as they say, of industry in yuan of rows."""
        places = model.places
        self.held = {key: holding.stock.held for key, holding in holdings.items()}
        self.public = places["industry_public"].copy()
        self.private = places["industry_private"].copy()
        self.due = model.flows.private_investment_due.copy()
        self.village = model.treasury.represented(places["village_fund"])

    def check_stocks(self, model: Stage, holdings: Mapping[str, Holding]) -> None:
        """Check that what programmes hold changed by what went in less what went out."""
        for key, holding in holdings.items():
            stock = holding.stock
            into, out = (_booked(model.ledger, kinds) for kinds in (holding.into, holding.out))
            before = 0.0 if stock.counted_anew else self.held.get(key, 0.0)
            change = (stock.held - before) * stock.price
            scale = into + out + ROUNDING * abs(stock.held * stock.price)
            if not stock.at_most or change > into - out:
                _same(model, holding.names, f"{stock.name} changed by", change, into - out, scale)

    def _check_industry(self, model: Stage) -> None:
        """Check that capital is what stood, less wear and losses, plus what was built."""
        treasury, places, flows = model.treasury, model.places, model.flows
        kept = (1.0 - flows.lost_share) * (1.0 - model.industry_numbers.depreciation / 12.0)
        builders = list(treasury.built) or [p.name for p in model.programmes.programmes]
        expected = treasury.represented(self.public * kept + flows.reinvested)
        expected += sum(b[0] for b in treasury.built.values())
        now = treasury.represented(places["industry_public"])
        _same(model, builders, "public industry capital is", now, expected, expected)
        expected = treasury.represented(self.private * kept + self.due)
        expected += sum(b[1] for b in treasury.built.values())
        now = treasury.represented(places["industry_private"])
        _same(model, builders, "private industry capital is", now, expected, expected)
        change = treasury.represented(places["village_fund"]) - self.village
        flow = treasury.represented(flows.to_village_fund - flows.reinvested)
        _same(model, [], "village funds changed by", change, flow, abs(flow) + self.village)


def holdings_of(model: Stage) -> dict[str, Holding]:
    """Return what is held, by name: funds of the ledger together, all else by programme."""
    found = {
        name: Holding(Stock(name, float(model.counties[name].sum())), out={Booked(source=name)})
        for name in FUNDS
    }
    for programme in model.programmes.programmes:
        for stock in programme.stocks(model):
            key = stock.name if stock.name in FUNDS else f"{programme.name}: {stock.name}"
            found.setdefault(key, Holding(stock)).add(programme.name, stock)
    return found


def _booked(ledger: Ledger, kinds: set[Booked]) -> float:
    """Return what was booked this month under any of these, yuan."""
    return sum(ledger.booked(*kind) for kind in kinds)


def _same(
    model: Stage, names: list[str], what: str, found: float, booked: float, scale: float
) -> None:
    """Raise LedgerError unless two sums of yuan agree, relative to what was turned over."""
    if abs(found - booked) > TOLERANCE * max(abs(scale), abs(booked), 1.0):
        who = ", ".join(names) or "village industry"
        raise LedgerError(
            f"month {model.month}: {who}: {what} {found:.2f} yuan but {booked:.2f} is booked"
        )
