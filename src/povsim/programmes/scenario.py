"""Say what government does: one named, ordered mix of programmes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from povsim.calendar import intensity
from povsim.programmes.cards import Card, load_card

BEFORE_2021 = (
    "resident_pension",
    "dibao",
    "medical_insurance",
    "public_posts",
    "targeted_cash",
    "direct_investment",
    "matched_leverage",
)
"""Programmes of 2020, under which people lived before a run."""


@dataclass(frozen=True)
class Transition:
    """How a programme is withdrawn or adjusted (docs: the transition clock).

    Attributes
    ----------
    shape : str
        ``hold``, ``cliff``, ``linear``, ``step`` or ``logistic``.
    start, length : float
        First month of the change, and months until it is complete.
    floor : float
        Strength that is left at the end, 0 for exit; above 1 the programme grows.
    announced : bool
        Whether people know a year ahead and save for it, or are surprised.
    """

    shape: str = "hold"
    start: float = 0.0
    length: float = 36.0
    floor: float = 0.0
    announced: bool = True

    def strength(self, month: float) -> float:
        """Return what is left of the programme in a month, 1 at the start."""
        left = intensity(month, self.shape, self.start, self.length)
        return self.floor + (1.0 - self.floor) * left


@dataclass(frozen=True)
class ProgrammeUse:
    """One programme as a scenario uses it.

    Attributes
    ----------
    name : str
        Name of the programme, as its card's file name.
    share : float
        Part of the discretionary envelope that it receives, 0-1; entitlements have 0.
    settings : Mapping[str, float]
        Parameters of the card that this scenario sets otherwise.
    start, stop : int or None
        First month and first month after the programme, counted from the start of the run.
    transition : Transition
        How its strength changes with time.
    added : float
        Money beside the envelope, yuan per registered person and year; it is new fiscal cost.
    card : Card
        What the programme is. It belongs to the run, which therefore reads no files; if none is
        given, it is the card that has the name.
    """

    name: str
    share: float = 0.0
    settings: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    start: int | None = None
    stop: int | None = None
    transition: Transition = field(default_factory=Transition)
    added: float = 0.0
    card: Card = field(default=None, repr=False)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        """Fill in the card."""
        if self.card is None:
            object.__setattr__(self, "card", load_card(self.name))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the settings as a plain dictionary (runs travel to other processes)."""
        dates = (self.start, self.stop, self.transition)
        own = (self.name, self.share, dict(self.settings), *dates, self.added, self.card)
        return (ProgrammeUse, own)

    def values(self) -> Any:
        """Return a named tuple of the programme's numbers in this scenario, range-checked."""
        return self.card.values(self.settings)


@dataclass(frozen=True)
class Scenario:
    """A dated mix of programmes, in the order in which they act.

    Attributes
    ----------
    name : str
        File name of the scenario.
    title : Mapping[str, str]
        Title by language (``en``, ``zh``).
    programmes : tuple of ProgrammeUse
        The mix; the order is the order of action.
    before : tuple of Card
        Cards of the programmes of ``BEFORE_2021``, under which people lived before the run; those
        that have the names if not given.
    """

    name: str
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    programmes: tuple[ProgrammeUse, ...] = ()
    before: tuple[Card, ...] = field(default=(), repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the title as a plain dictionary."""
        return (Scenario, (self.name, dict(self.title), self.programmes, self.before))
