"""The boundary to Hydra: from files and overrides to one frozen, checked request."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from povsim.config.arms import build_arms, changed_world
from povsim.config.composition import Composition
from povsim.config.idle import notes_on_dates, refuse_idle_keys, refuse_idle_numbers
from povsim.config.keys import KEYS
from povsim.errors import UserError, said
from povsim.errors.given import seed_number
from povsim.machine import yaml_files
from povsim.params import GROUPS, World
from povsim.programmes.cards import Card
from povsim.programmes.scenario import Scenario
from povsim.programmes.scenario_files import build_scenario
from povsim.study.comparison.experiment import Experiment, check_shapes
from povsim.study.request import Request


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
    request = request_from(composition.compose(overrides), composition, "run")
    refuse_idle_numbers(composition.given, request.scenarios)
    return request


def request_from(tree: Mapping[str, Any], composition: Composition, verb: str) -> Request:
    """Return the request in a composed configuration.

    Parameters
    ----------
    verb : str
        What is done with it: ``run``, ``sweep`` or ``search``.
    """
    refuse_idle_keys(composition.given, verb, tree)
    experiment = tree.get("experiment")
    cards, given = composition.cards, tree["programmes"]
    numbers = {name: _numbers_of(card, given[name]) for name, card in cards.items()}
    if experiment is not None:
        check_shapes(said("experiment", name=tree["choices"]["experiment"]), experiment)
    scenarios, changes = _scenarios({**tree, "programmes": numbers}, composition)
    if experiment is not None:
        Experiment.from_mapping(str(tree["choices"]["experiment"]), experiment)
    world = world_from(tree, composition.config_dir)
    worlds = {
        arm: changed_world(world, own, arm, composition.config_dir) for arm, own in changes.items()
    }
    first, seeds = KEYS["seed"].of(tree), _first(tree, experiment, "seeds", 1)
    seed_number(first + seeds - 1)  # the last one, too
    resolved = {**tree, "scenarios": {s.name: _as_settings(s) for s in scenarios}}
    executor, address = _executor(tree)
    years = _first(tree, experiment, "years", 10)
    return Request(
        world=world,
        worlds=worlds,
        scenarios=scenarios,
        experiment=experiment,
        seeds=tuple(range(first, first + seeds)),
        years=years,
        size=str(tree["choices"]["size"]),
        workers=KEYS["workers"].of(tree) or os.cpu_count() or 1,
        executor=executor,
        address=address,
        precision=KEYS["precision"].of(tree),
        max_seeds=KEYS["max_seeds"].of(tree),
        checks=KEYS["checks"].of(tree),
        language=KEYS["language"].of(tree),
        out=KEYS["out"].of(tree),
        resolved=resolved,
        notes=notes_on_dates(scenarios, [world, *worlds.values()], years),
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
    world = World(population=population, households=KEYS["households"].of(tree), **groups)
    world.check()
    world = world.with_population_of(config_dir)
    if yaml_files.user_folder(config_dir) is not None:  # a user's own is checked before any run
        from povsim.population.blueprint import blueprint  # the model takes long to load

        blueprint(population, world.population_text)
    return world


def _scenarios(
    tree: Mapping[str, Any], composition: Composition
) -> tuple[tuple[Scenario, ...], Mapping[str, Mapping[str, Any]]]:
    """Return the single scenario, or the experiment's arms and how their worlds differ."""
    cards, numbers = composition.cards, tree["programmes"]
    if tree.get("scenario") is not None:
        return (build_scenario(tree["scenario"], cards, numbers),), {}
    return build_arms(tree, composition)


def _numbers_of(card: Card, given: Mapping[str, Any]) -> dict[str, float]:
    """Return a programme's numbers as overrides have them; their ranges are checked here."""
    try:
        return card.checked(given)
    except UserError as error:
        key = f"programmes.{error.key}"
        raise UserError(key, error.found, error.allowed, error.place) from None


def _as_settings(scenario: Scenario) -> dict[str, Any]:
    return {
        use.name: {"share": use.share, "start": use.start, "stop": use.stop, **use.settings}
        for use in scenario.programmes
    }


def _first(tree: Mapping[str, Any], experiment: Any, key: str, default: int) -> int:
    """Return a key of the tree, else of the experiment, else the default."""
    asked = (experiment or {}).get(key) if tree[key] is None else tree[key]
    return default if asked is None else int(KEYS[key].of({key: asked}))


def _executor(tree: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return kind and address of the executor."""
    kind, address = KEYS["executor.kind"].of(tree), KEYS["executor.address"].of(tree)
    if address is not None and kind != "dask":
        raise UserError("executor.address", address, said("null_unless_dask"))
    return kind, address


def _number(value: Any) -> Any:
    """Return whole numbers as floats, so that 12 and 12.0 are the same world."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
