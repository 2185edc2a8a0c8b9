"""The boundary to Hydra: from files and overrides to one frozen, checked request."""

import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from povsim.codes import LANGUAGES
from povsim.config.arms import build_arms, changed_world
from povsim.config.composition import Composition
from povsim.errors import UserError, said
from povsim.machine import yaml_files
from povsim.params import GROUPS, World
from povsim.programmes.cards import Card
from povsim.programmes.scenario import Scenario
from povsim.programmes.scenario_files import build_scenario
from povsim.study.comparison.experiment import Experiment, check_shapes
from povsim.study.request import Request

MOST_YEARS = 60
"""Longest run, years: two working lives; no source says what rural China is like after that."""
CHECKS = ("structures", "stress", "sign_map", "uncertainties")
"""Sweeps that may follow a run of an experiment, to see whether its answer holds."""


def compose(overrides: Sequence[str] = (), config_dir: str | Path | None = None) -> Request:
    """Return the request that the files and ``overrides`` make up.

    Parameters
    ----------
    overrides : sequence of str
        As on the command line: ``scenario=hold``, ``hazards.illness_rate=0.06``.
    config_dir : path, optional
        The user's folder with configs, scenarios or experiments inside.

    Raises
    ------
    UserError
        In one line, whatever the user got wrong.
    """
    composition = Composition(config_dir)
    return request_from(composition.compose(overrides), composition)


def _checks(asked: object) -> tuple[str, ...]:
    """Return the names of checks that are asked for."""
    if asked in (None, "none"):
        return ()
    if asked == "all":
        return CHECKS
    names = asked if isinstance(asked, list) else [asked]
    for name in names:
        if name not in CHECKS:
            raise UserError("checks", name, [*CHECKS, "all"])
    return tuple(map(str, names))


def request_from(tree: Mapping[str, Any], composition: Composition) -> Request:
    """Return the request in a composed configuration."""
    experiment = tree.get("experiment")
    for name, card in composition.cards.items():
        _check_card(card, tree["programmes"][name])
    if experiment is not None:
        check_shapes(said("experiment", name=tree["choices"]["experiment"]), experiment)
    scenarios, changes = _scenarios(tree, composition)
    if experiment is not None:
        Experiment.from_mapping(str(tree["choices"]["experiment"]), experiment)
    world = world_from(tree, composition.config_dir)
    worlds = {arm: changed_world(world, own, arm) for arm, own in changes.items()}
    first = whole("seed", tree["seed"], low=0)
    seeds = whole("seeds", _first(tree, experiment, "seeds", 1))
    resolved = {**tree, "scenarios": {s.name: _as_settings(s) for s in scenarios}}
    executor, address = _executor(tree)
    return Request(
        world=world,
        worlds=worlds,
        scenarios=scenarios,
        experiment=experiment,
        seeds=tuple(range(first, first + seeds)),
        years=whole("years", _first(tree, experiment, "years", 10), high=MOST_YEARS),
        size=str(tree["choices"]["size"]),
        workers=_workers(tree),
        executor=executor,
        address=address,
        precision=_precision(tree["precision"]),
        max_seeds=whole("max_seeds", tree["max_seeds"]),
        checks=_checks(tree["checks"]),
        language=_language(tree["language"]),
        out=_folder(tree["out"]),
        resolved=resolved,
    )


def world_from(tree: Mapping[str, Any], config_dir: str | Path | None = None) -> World:
    """Return the world in a composed configuration."""
    population = str(tree["population"])
    yaml_files.find("configs/population", population, "population", config_dir)
    kinds = {name: type(getattr(World(), name)) for name in GROUPS}
    groups = {
        name: kind(**{key: _number(value) for key, value in tree[name].items()})
        for name, kind in kinds.items()
    }
    households = whole("households", tree["households"])
    world = World(population=population, households=households, **groups)
    world.check()
    return world


def whole(key: str, value: Any, low: int = 1, high: float = math.inf) -> int:
    """Return ``value`` if it is a whole number of at least ``low`` and at most ``high``."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = is_number and math.isfinite(value) and value == int(value) and low <= value <= high
    if not fits:
        kind = "whole_at_least" if high == math.inf else "whole_from_to"
        rule = said(kind, low=low, high=f"{high:g}")
        raise UserError(key, "null" if value is None else repr(value), rule)
    return int(value)


def _scenarios(
    tree: Mapping[str, Any], composition: Composition
) -> tuple[tuple[Scenario, ...], Mapping[str, Mapping[str, Any]]]:
    """Return the single scenario, or the experiment's arms and how their worlds differ."""
    cards, numbers = composition.cards, tree["programmes"]
    if tree.get("scenario") is not None:
        return (build_scenario(tree["scenario"], cards, numbers),), {}
    return build_arms(tree, composition)


def _check_card(card: Card, numbers: Mapping[str, float]) -> None:
    try:
        card.values(numbers)
    except UserError as error:
        key = f"programmes.{error.key}"
        raise UserError(key, error.found, error.allowed, error.place) from None


def _as_settings(scenario: Scenario) -> dict[str, Any]:
    return {
        use.name: {"share": use.share, "start": use.start, "stop": use.stop, **use.settings}
        for use in scenario.programmes
    }


def _first(tree: Mapping[str, Any], experiment: Any, key: str, default: int) -> Any:
    """Return a key of the tree, else of the experiment, else the default."""
    if tree[key] is not None:
        return tree[key]
    return (experiment or {}).get(key, default)


def _folder(out: object) -> Path | None:
    if out is None:
        return None
    if not isinstance(out, str | int) or not str(out):
        raise UserError("out", repr(out), said("name_of_folder"))
    return Path(str(out)).expanduser()


def _workers(tree: Mapping[str, Any]) -> int:
    if tree["workers"] is None:
        return os.cpu_count() or 1
    return whole("workers", tree["workers"])


def _executor(tree: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return kind and address of the executor."""
    kind, address = tree["executor"]["kind"], tree["executor"]["address"]
    kinds = list(yaml_files.files("configs/executor"))
    if kind not in kinds:
        raise UserError("executor.kind", kind, kinds)
    if address is not None and kind != "dask":
        raise UserError("executor.address", address, said("null_unless_dask"))
    return str(kind), None if address is None else str(address)


def _precision(value: Any) -> float | None:
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0.0 < value < 1.0:
        raise UserError("precision", repr(value), said("share_open"))
    return float(value)


def _language(language: object) -> str:
    if language not in LANGUAGES:
        raise UserError("language", language, LANGUAGES)
    return str(language)


def _number(value: Any) -> Any:
    """Return whole numbers as floats, so that 12 and 12.0 are the same world."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
