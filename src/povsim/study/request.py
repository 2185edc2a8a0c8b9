"""What is asked for: one checked request, which the boundary makes and a study consumes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from povsim.errors import Said
from povsim.params import World
from povsim.programmes.scenario import Scenario


@dataclass(frozen=True)
class Request:
    """What the user asks for, complete and checked.

    Attributes
    ----------
    world : World
        The world of every run but those of arms that change it.
    worlds : Mapping[str, World]
        Worlds of those arms, by name.
    scenarios : tuple of Scenario
        The single scenario, or the arms of the experiment with the baseline first.
    experiment : Mapping or None
        The experiment; None if a single scenario is asked for.
    seeds : tuple of int
        Seeds of the runs.
    years : int
        Length of a run.
    size : str
        Name of the size.
    workers : int
        Processes.
    executor : str
        Where runs are run: ``processes``, ``serial`` or ``dask``.
    address : str or None
        Scheduler of a running Dask cluster.
    precision : float or None
        Half width of intervals until which seeds are added, in shares.
    max_seeds : int
        Most seeds that are added.
    checks : tuple of str
        Sweeps that follow, to see whether the answer holds.
    language : str
        ``en`` or ``zh``.
    out : Path or None
        Folder of results that the user named.
    resolved : Mapping
        The composed configuration as plain values, for ``config.yaml``.
    notes : tuple of Said
        What was asked for and does nothing in these runs; people read it beside the results.
    """

    world: World
    worlds: Mapping[str, World]
    scenarios: tuple[Scenario, ...]
    experiment: Mapping[str, Any] | None
    seeds: tuple[int, ...]
    years: int
    size: str
    workers: int
    executor: str
    address: str | None
    precision: float | None
    max_seeds: int
    checks: tuple[str, ...]
    language: str
    out: Path | None
    resolved: Mapping[str, Any]
    notes: tuple[Said, ...] = ()

    @property
    def months(self) -> int:
        """Length of a run in months."""
        return 12 * self.years

    def world_of(self, arm: str) -> World:
        """Return the world of an arm."""
        return self.worlds.get(arm, self.world)

    @property
    def scenario(self) -> Scenario:
        """The single scenario, or the baseline of the experiment."""
        return self.scenarios[0]
