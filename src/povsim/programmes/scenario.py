"""Say what government does: one named, ordered mix of programmes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


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
    """

    name: str
    share: float = 0.0
    settings: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    start: int | None = None
    stop: int | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the settings as a plain dictionary (runs travel to other processes)."""
        return (ProgrammeUse, (self.name, self.share, dict(self.settings), self.start, self.stop))


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
    """

    name: str
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    programmes: tuple[ProgrammeUse, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the title as a plain dictionary."""
        return (Scenario, (self.name, dict(self.title), self.programmes))
