"""The boundary to Hydra: from files and overrides to one frozen, checked request."""

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from povsim import yaml_paths
from povsim.arms import build_arms, changed_world
from povsim.composition import Composition
from povsim.errors import UserError
from povsim.params import GROUPS, World
from povsim.programmes.cards import Card
from povsim.programmes.scenario import Scenario
from povsim.programmes.scenario_files import build_scenario, load_scenario

if TYPE_CHECKING:
    from povsim.study.search import SearchPlan
    from povsim.study.sweep import Plan

__all__ = [
    "LANGUAGES",
    "Request",
    "compose",
    "compose_search",
    "compose_sweep",
    "load_scenario",
    "request_from",
]

LANGUAGES = ("en", "zh")


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
    language : str
        ``en`` or ``zh``.
    out : Path or None
        Folder of results that the user named.
    resolved : Mapping
        The composed configuration as plain values, for ``config.yaml``.
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
    language: str
    out: Path | None
    resolved: Mapping[str, Any]

    def world_of(self, arm: str) -> World:
        """Return the world of an arm."""
        return self.worlds.get(arm, self.world)

    @property
    def scenario(self) -> Scenario:
        """The single scenario, or the baseline of the experiment."""
        return self.scenarios[0]


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


def compose_sweep(
    overrides: Sequence[str] = (), config_dir: str | Path | None = None
) -> "tuple[Request, Plan]":
    """Return the request and the plan of a sweep: what varies, and at which points it is run.

    Raises
    ------
    UserError
        In one line, whatever the user got wrong.
    """
    from povsim.factors import check_used, chosen_factors, known_factors, placed, titles_of
    from povsim.study.designs import DESIGNS, from_csv
    from povsim.study.sweep import Plan, make_plan

    composition = Composition(config_dir)
    tree = composition.compose(overrides)
    request = request_from(tree, composition)
    known = known_factors(composition)
    method = str(tree["design"])
    arms = {s.name: (request.world_of(s.name), s) for s in request.scenarios}

    def place(point: Mapping[str, Any], label: str) -> Mapping[str, tuple[World, Scenario]]:
        return placed(point, label, arms)

    if method.endswith(".csv"):
        design, factors = from_csv(Path(method).expanduser(), known)
        check_used(factors, request.scenarios)
        titles = titles_of([f.name for f in factors], composition)
        return request, Plan("csv", tuple(factors), design, titles, place)
    made = [name for name in DESIGNS if name != "csv"]
    if method not in made:
        raise UserError("design", method, [*made, "a file that ends in .csv"])
    factors = chosen_factors(tree["vary"], known)
    check_used(factors, request.scenarios)
    titles = titles_of([f.name for f in factors], composition)
    n, levels = whole("n", tree["n"]), whole("levels", tree["levels"], low=2)
    return request, make_plan(method, factors, n, levels, request.seeds[0], titles, place)


def compose_search(
    overrides: Sequence[str] = (), config_dir: str | Path | None = None
) -> "tuple[Request, SearchPlan]":
    """Return the request and the plan of a search over policy mixes.

    The scenario holds what every mix has; without one it is ``entitlements_only``.
    """
    from povsim.factors import check_used, chosen_factors, known_factors, placed, titles_of
    from povsim.study.search import SearchPlan, futures_of

    chosen = [text.partition("=")[0] for text in overrides]
    if "experiment" in chosen:
        raise UserError("povsim search: choose a scenario that every mix holds, no experiment")
    asked = list(overrides) + ([] if "scenario" in chosen else ["scenario=entitlements_only"])
    asked += [] if "seeds" in chosen or "size" in chosen else [f"seeds={SEARCH_SEEDS}"]
    composition = Composition(config_dir)
    tree = composition.compose(asked)
    request = request_from(tree, composition)
    own = tree["search"]
    spenders = [n for n, c in composition.cards.items() if c.kind == "discretionary"]
    names = own["programmes"]
    if not isinstance(names, list) or len(names) < 2:
        raise UserError("search.programmes", names, "a list of two or more programmes")
    for name in names:
        if name not in spenders:
            raise UserError("search.programmes", name, spenders)
    content = {"name": "mix", "title": {}, "programmes": {n: {"share": 0.0} for n in names}}
    uses = build_scenario(content, composition.cards, tree["programmes"]).programmes
    base = replace(
        request.scenario,
        programmes=tuple(u for u in request.scenario.programmes if u.name not in spenders),
    )
    held = {u.name for u in (*base.programmes, *uses)}
    known = known_factors(composition)
    entries = [e for e in tree["vary"] or [] if _of_a_held_programme(e, held)]
    factors = chosen_factors(entries, known)
    check_used(factors, [replace(base, programmes=(*base.programmes, *uses))])
    futures = whole("search.futures", own["futures"], low=2)

    def change(point: Mapping[str, Any], label: str, scenario: Scenario) -> tuple[World, Scenario]:
        return placed(point, label, {"mix": (request.world, scenario)})["mix"]

    return request, SearchPlan(
        base=base,
        uses=uses,
        points=whole("search.points", own["points"], low=4),
        generations=whole("search.generations", own["generations"]),
        kept=whole("search.kept", own["kept"]),
        futures=futures_of(factors, futures, request.seeds[0]),
        factors=tuple(factors),
        titles=titles_of([f.name for f in factors], composition),
        change=change,
    )


SEARCH_SEEDS = 4
"""Seeds of a search, if none are asked for."""


def _of_a_held_programme(entry: object, held: set[str]) -> bool:
    """Say whether an entry of ``vary`` is a number of the world or of a programme in the mix."""
    name = str(entry.get("name") if isinstance(entry, Mapping) else entry)
    group, _, rest = name.partition(".")
    return group != "programmes" or rest.partition(".")[0] in held


def request_from(tree: Mapping[str, Any], composition: Composition) -> Request:
    """Return the request in a composed configuration."""
    experiment = tree.get("experiment")
    for name, card in composition.cards.items():
        _check_card(card, tree["programmes"][name])
    scenarios, changes = _scenarios(tree, composition)
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
        years=whole("years", _first(tree, experiment, "years", 10)),
        size=str(tree["choices"]["size"]),
        workers=_workers(tree),
        executor=executor,
        address=address,
        precision=_precision(tree["precision"]),
        max_seeds=whole("max_seeds", tree["max_seeds"]),
        language=_language(tree["language"]),
        out=_folder(tree["out"]),
        resolved=resolved,
    )


def world_from(tree: Mapping[str, Any], config_dir: str | Path | None = None) -> World:
    """Return the world in a composed configuration."""
    population = str(tree["population"])
    yaml_paths.find("configs/population", population, "population", config_dir)
    kinds = {name: type(getattr(World(), name)) for name in GROUPS}
    groups = {
        name: kind(**{key: _number(value) for key, value in tree[name].items()})
        for name, kind in kinds.items()
    }
    households = whole("households", tree["households"])
    world = World(population=population, households=households, **groups)
    try:
        world.check()
    except ValueError as error:
        raise UserError(str(error)) from None
    return world


def whole(key: str, value: Any, low: int = 1) -> int:
    """Return ``value`` if it is a whole number of at least ``low``."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or value != int(value) or value < low:
        raise UserError(
            key, "null" if value is None else repr(value), f"a whole number, {low} or more"
        )
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
        raise UserError(f"programmes.{error}") from None


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
        raise UserError("out", repr(out), "the name of a folder")
    return Path(str(out)).expanduser()


def _workers(tree: Mapping[str, Any]) -> int:
    return whole("workers", tree["workers"] or os.cpu_count() or 1)


def _executor(tree: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return kind and address of the executor."""
    kind, address = tree["executor"]["kind"], tree["executor"]["address"]
    kinds = list(yaml_paths.files("configs/executor"))
    if kind not in kinds:
        raise UserError("executor.kind", kind, kinds)
    if address is not None and kind != "dask":
        raise UserError("executor.address", address, "null, unless executor=dask")
    return str(kind), None if address is None else str(address)


def _precision(value: Any) -> float | None:
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0.0 < value < 1.0:
        raise UserError("precision", repr(value), "a share over 0 and under 1, such as 0.001")
    return float(value)


def _language(language: object) -> str:
    if language not in LANGUAGES:
        raise UserError("language", language, LANGUAGES)
    return str(language)


def _number(value: Any) -> Any:
    """Return whole numbers as floats, so that 12 and 12.0 are the same world."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
