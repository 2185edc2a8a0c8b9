"""One run: its specification, its content hash, its outcome."""

import hashlib
import json
import time
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from povsim.errors.given import plain, seed_number
from povsim.machine import yaml_files
from povsim.params import World
from povsim.programmes.scenario import Scenario

ANNUAL = ["year", "group", "region", "measure", "value"]
LEDGER = ["year", "programme", "source", "use", "amount_yuan"]
FALLS = ["uid", "month", "kind", "cause", "group", "persons"]
WHOLE = ("year", "uid", "month")
AMOUNTS = ("value", "amount_yuan", "persons")


def no_rows(columns: list[str]) -> pd.DataFrame:
    """Return a table without rows whose columns have the types of one with rows."""
    return _no_rows(tuple(columns)).copy()


@cache
def _no_rows(columns: tuple[str, ...]) -> pd.DataFrame:
    """Make such a table once: every run begins with three of them."""
    kinds = {**dict.fromkeys(WHOLE, "int64"), **dict.fromkeys(AMOUNTS, "float64")}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in columns})


@dataclass(frozen=True)
class RunSpec:
    """Everything that decides the result of a run.

    Attributes
    ----------
    world : World
    scenario : Scenario
        Its programmes bring their cards along.
    seed : int
    months : int
    configs : str
        Hash of the user's own configs where the run was asked for.
    """

    world: World
    scenario: Scenario
    seed: int
    months: int
    configs: str = field(default_factory=lambda: users_configs(), repr=False)

    def __post_init__(self) -> None:
        """Take a population of the user's own along: where it is run nobody may have the file.

        Seed and months become plain numbers: NumPy's would give the same run another hash.
        """
        object.__setattr__(self, "seed", plain(self.seed))
        object.__setattr__(self, "months", plain(self.months))
        if yaml_files.user_folder() is not None:
            object.__setattr__(self, "world", self.world.with_population_of())

    def run_id(self) -> str:
        """Return the content hash: configuration, cards, code version and seed.

        An arm's name is part of it, as its tables carry the name: two arms of one content are two
        runs.
        """
        return self._run_id

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle without the hash: another process has to find it by its own code."""
        return (RunSpec, (self.world, self.scenario, self.seed, self.months, self.configs))

    @cached_property
    def _run_id(self) -> str:
        text = json.dumps(
            {
                "world": asdict(self.world),
                "arm": self.scenario.name,
                "scenario": plain_scenario(self.scenario),
                "cards": cards_of(self.scenario),
                "seed": self.seed,
                "months": self.months,
                "code": code_version(),
                "configs": self.configs,
            },
            sort_keys=True,
            default=lambda number: number.item(),  # NumPy's, as a plain one
        )
        return hashlib.sha256(text.encode()).hexdigest()[:20]


@dataclass
class Outcome:
    """What a run left: tables, or the reason why it failed."""

    run_id: str
    scenario: str
    world: str
    seed: int
    status: str = "ok"
    error: str = ""
    seconds: float = 0.0
    households: int = 0
    months: int = 0
    fiscal_cost_pv: float = 0.0
    spent_pv: float = 0.0
    annual: pd.DataFrame = field(default_factory=lambda: no_rows(ANNUAL))
    ledger: pd.DataFrame = field(default_factory=lambda: no_rows(LEDGER))
    falls: pd.DataFrame = field(default_factory=lambda: no_rows(FALLS))
    group_rows: dict[str, int] = field(default_factory=dict)
    at_risk: dict[str, float] = field(default_factory=dict)
    trace: str = ""


def run_one(spec: RunSpec) -> Outcome:
    """Run one specification; a failure is an outcome, never an exception.

    The function is pure and importable, so that any executor or sensitivity library can call it.
    """
    outcome = Outcome(spec.run_id(), spec.scenario.name, spec.world.name, spec.seed)
    started = time.perf_counter()
    try:
        from povsim.model import PovertyModel  # compiled code is loaded where it is run

        model = PovertyModel(spec.world, spec.scenario, seed=seed_number(spec.seed))
        others, registered = model.observer.at_risk[0]
        outcome.at_risk = {"relapse": float(registered), "new_poverty": float(others)}
        model.run_for(spec.months)
        outcome.annual = model.annual
        outcome.ledger = model.ledger.table()
        if model.flows.falls:
            outcome.falls = model.fall_table()
        outcome.fiscal_cost_pv = float(model.ledger.cost_pv)
        outcome.spent_pv = float(model.ledger.spent_pv)
        outcome.households = len(model.households)
        outcome.group_rows = model.group_rows()
    except Exception as error:
        outcome.status = "failed"
        outcome.error = " ".join(f"{type(error).__name__}: {error}".split())
        outcome.trace = traceback.format_exc()
    outcome.months = spec.months
    outcome.seconds = time.perf_counter() - started
    return outcome


@cache
def code_version() -> str:
    """Return a hash of the package's sources and of the project's own configs."""
    package = Path(__file__).resolve().parents[2]
    paths: list[Path] = []
    for room in RUN:
        place = package / room
        within = [place] if place.is_file() else sorted(place.rglob("*"))
        paths += [path for path in within if path.suffix in (".py", ".csv")]
    return _digest(package, paths, _configs_of(yaml_files.own_folder()))


def users_configs() -> str:
    """Return a hash of the configs in the user's folder; empty if no folder is named."""
    folder = yaml_files.user_folder()
    return "" if folder is None else _configs_of(folder)


@cache
def _configs_of(folder: Path) -> str:
    return _digest(folder, sorted(filter(yaml_files.is_yaml, (folder / "configs").rglob("*"))))


def _digest(root: Path, paths: Iterable[Path], more: str = "") -> str:
    """Return a hash of files, their names included."""
    digest = hashlib.sha256(more.encode())
    for path in paths:
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


RUN = (
    "calendar.py",
    "codes.py",
    "data",
    "kernels",
    "measures",
    "model",
    "money",
    "params",
    "population",
    "programmes",
    "rng.py",
    "state",
    "study/runs/spec.py",
    "units.py",
    "yearbook",
)
"""Rooms and files of the package on which the result of a run depends, beside the configs."""


def plain_scenario(scenario: Scenario) -> list[Any]:
    """Return a scenario's content without its title, which changes nothing."""
    return [
        [
            u.name,
            u.share,
            u.added,
            sorted(u.settings.items()),
            u.start,
            u.stop,
            asdict(u.transition),
        ]
        for u in scenario.programmes
    ]


def cards_of(scenario: Scenario) -> list[Any]:
    """Return what a result depends on in the cards of a scenario and of the years before it."""
    now = [use.card.decisive for use in scenario.programmes]
    return [now, [card.decisive for card in scenario.before]]
