"""What a programme is: a card, settings and two hooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from povsim.money.treasury import Purse
from povsim.programmes.cards import Card
from povsim.programmes.rates import Rates
from povsim.programmes.scenario import ProgrammeUse
from povsim.programmes.stage import Stage
from povsim.programmes.stock import Booked, Stock


class Programme:
    """One programme of a mix.

    Subclasses override :meth:`modify` (change a named rate before the month's luck is drawn)
    and :meth:`act` (pay, place, build, lend). A programme never asks which scenario it is in.

    Parameters
    ----------
    card : Card
        Declaration: title, mechanism, parameters with unit, range and source.
    use : ProgrammeUse
        Share of the envelope, settings, dates and transition in the scenario.

    Attributes
    ----------
    strength : float
        What is left of the programme under its transition, 0-1, this month. A purse and the
        changes of :meth:`modify` are scaled by the mix; an entitlement scales what it pays.
    keeps : tuple of str
        Household columns that are empty unless this programme runs.
    capital_is : str
        Use in the ledger of which all becomes capital of village industry; without one it builds
        at most what it invests.
    """

    keeps: ClassVar[tuple[str, ...]] = ()
    capital_is: ClassVar[str] = ""

    def __init__(self, card: Card, use: ProgrammeUse) -> None:
        self.card = card
        self.use = use
        self.name = card.name
        self.numbers: Any = use.values()
        self.discretionary = card.kind == "discretionary"
        self.purse = Purse()
        self.strength = 1.0

    def active(self, month: int) -> bool:
        """Return whether the programme runs in this month."""
        begun = self.use.start is None or month >= self.use.start
        return begun and (self.use.stop is None or month < self.use.stop)

    def modify(self, rates: Rates, model: Stage) -> None:
        """Change named rates before the shocks; the default changes none."""

    def act(self, model: Stage) -> None:
        """Do what the programme does in a month, through the treasury; the default is nothing."""

    def wind_down(self, model: Stage) -> None:
        """Meet what is owed in a month after the programme's end; the default owes nothing."""

    def ended(self, month: int) -> bool:
        """Return whether the programme has run and stopped."""
        return self.use.stop is not None and month >= self.use.stop

    def stocks(self, model: Stage) -> Iterator[Stock]:
        """Yield what the programme holds, and which bookings of the month move it.

        These are its purse, and what it has built this month; one with a fund adds its fund.
        """
        if self.discretionary:
            into = Booked(self.name, "central", "unspent")
            yield Stock("purse", self.purse.available, into, Booked(self.name, "carried_over"))
        yield Stock(
            "capital built",
            sum(model.treasury.built.get(self.name, ())),
            Booked(self.name, use=self.capital_is or "invested"),
            counted_anew=True,
            at_most=not self.capital_is,
        )

    def fund(self, model: Stage, name: str) -> Stock:
        """Return a fund of the counties, which ``fund_balance`` raises and its payments lower."""
        held = float(model.counties[name].sum())
        return Stock(name, held, Booked(self.name, use="fund_balance"), Booked(source=name))

    def yearly(self, model: Stage) -> Iterator[tuple[str, float]]:
        """Yield measures of the programme's own work in December; the default yields none."""
        yield from ()

    def allot(self, shares: dict[Programme, float], model: Stage) -> dict[Programme, float]:
        """Return how the envelope is shared among spending programmes; the default leaves it."""
        return shares

    def pay_overheads(self, model: Stage, administration: float, lost: float) -> float:
        """Pay administration and losses out of the purse; return what is left to use, yuan.

        Parameters
        ----------
        administration, lost : float
            Shares of the purse: administration, and leakage or waste, before what other
            programmes do about them.
        """
        rates, amount = model.rates, self.purse.available
        costs = min(administration * rates.administration, 1.0)
        leaked = min(lost * rates.leakage, 1.0 - costs)
        model.treasury.spend(self.name, self.purse, amount * costs, "administration")
        model.treasury.spend(self.name, self.purse, amount * leaked, "leakage")
        return self.purse.available
