"""What a programme is: a card, settings and two hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from povsim.programmes.cards import Card
from povsim.programmes.rates import Rates
from povsim.programmes.scenario import ProgrammeUse
from povsim.programmes.treasury import Purse

if TYPE_CHECKING:
    from povsim.programmes.world_view import WorldView


class Programme:
    """One programme of a mix.

    Subclasses override :meth:`modify` (change a named rate before the month's luck is drawn)
    and :meth:`act` (pay, place, build, lend). A programme never asks which scenario it is in.

    Parameters
    ----------
    card : Card
        Declaration: title, mechanism, parameters with unit, range and source.
    use : ProgrammeUse
        Share of the envelope, settings and dates in the scenario.
    """

    def __init__(self, card: Card, use: ProgrammeUse) -> None:
        self.card = card
        self.use = use
        self.name = card.name
        self.numbers: Any = card.values(use.settings)
        self.discretionary = card.kind == "discretionary"
        self.purse = Purse()

    def active(self, month: int) -> bool:
        """Return whether the programme runs in this month."""
        begun = self.use.start is None or month >= self.use.start
        return begun and (self.use.stop is None or month < self.use.stop)

    def modify(self, rates: Rates, model: WorldView) -> None:
        """Change named rates before the shocks; the default changes none."""

    def act(self, model: WorldView) -> None:
        """Do what the programme does in a month, through the treasury; the default is nothing."""
