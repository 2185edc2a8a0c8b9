"""Compose the plans of studies of many points: sweeps, checks of a run, searches over mixes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from povsim.config import Request, request_from
from povsim.config.composition import Composition
from povsim.config.grammar import key_of
from povsim.config.idle import refuse_idle_numbers
from povsim.config.keys import CHECKS, KEYS
from povsim.config.levers import (
    check_used,
    chosen_factors,
    known_factors,
    of_used,
    placed,
    titles_of,
)
from povsim.errors import UserError, said
from povsim.machine.text_files import path_of
from povsim.params import World
from povsim.programmes.scenario import Scenario
from povsim.programmes.scenario_files import build_scenario
from povsim.study.searches.plan import SearchPlan, futures_of
from povsim.study.sweeps.csv_designs import from_csv, is_table
from povsim.study.sweeps.designs import DESIGNS
from povsim.study.sweeps.plan import Plan, make_plan

__all__ = ["CHECKS", "compose_checks", "compose_search", "compose_sweep"]


def compose_sweep(
    overrides: Sequence[str] = (), config_dir: str | Path | None = None
) -> tuple[Request, Plan]:
    """Return the request and the plan of a sweep: what varies, and at which points it is run.

    What a sweep file varies but no scenario has is left out, and the plan says so; what the user
    names under ``vary`` must move something.

    Raises
    ------
    UserError
        In one line, whatever the user got wrong.
    """
    composition = Composition(config_dir)
    tree = composition.compose(overrides)
    request = request_from(tree, composition, "sweep")
    refuse_idle_numbers(composition.given, request.scenarios)
    known = known_factors(composition)
    method = str(tree["design"])
    arms = {s.name: (request.world_of(s.name), s) for s in request.scenarios}

    place = partial(placed, arms=arms, config_dir=composition.config_dir)
    if is_table(method):
        design, factors = from_csv(path_of(method), known)
        check_used(factors, request.scenarios)
        titles = titles_of([f.name for f in factors], composition)
        return request, Plan("csv", tuple(factors), design, titles, place)
    made = [name for name in DESIGNS if name != "csv"]
    if method not in made:
        raise UserError("design", method, [*made, "*.csv"])
    entries: object = tree["vary"]
    left_out: list[str] = []
    if "vary" not in map(key_of, overrides) and isinstance(entries, list):
        used = {use.name for scenario in request.scenarios for use in scenario.programmes}
        entries, left_out = of_used(entries, used, known)
    factors = chosen_factors(entries, known)
    check_used(factors, request.scenarios)
    titles = titles_of([f.name for f in factors], composition)
    n, levels = KEYS["n"].of(tree), KEYS["levels"].of(tree)
    plan = make_plan(method, factors, n, levels, request.seeds[0], titles, place)
    return request, replace(plan, left_out=tuple(left_out))


OF_A_RUN = (*(name for name, key in KEYS.items() if key.verbs == ("run",)), "precision")
"""Keys that a sweep does not take."""
LEAST_TO_VARY = {"sign_map": 2}
"""Factors of its own that a check needs, where that is more than one."""


def compose_checks(
    overrides: Sequence[str], names: Sequence[str], config_dir: str | Path | None = None
) -> dict[str, tuple[Request, Plan]]:
    """Return the sweeps that check the run that ``overrides`` ask for, by name.

    They are of the size that ``checks_households`` and ``checks_seeds`` say. A check that has
    nothing to vary in these scenarios is left out.
    """
    own = ("households", "seeds", "checks", "out", "executor", "size", *OF_A_RUN)
    kept = [text for text in overrides if key_of(text) not in own]
    tree = Composition(config_dir).compose(overrides)
    if "population" not in map(key_of, kept):
        kept.append(f"population={tree['population']}")
    kept.append(f"households={KEYS['checks_households'].of(tree)}")
    kept.append(f"seeds={KEYS['checks_seeds'].of(tree)}")
    if "years" not in map(key_of, kept) and tree["years"] is not None:
        kept.append(f"years={tree['years']}")
    checks = {}
    for name in names:
        sweep = [f"sweep={name}", *kept]
        if name == "stress":
            sweep = [text for text in sweep if key_of(text) != "years"]
        request, plan = compose_sweep(sweep, config_dir)
        if len(plan.factors) >= LEAST_TO_VARY.get(name, 1):
            checks[name] = (request, plan)
    return checks


def compose_search(
    overrides: Sequence[str] = (), config_dir: str | Path | None = None
) -> tuple[Request, SearchPlan]:
    """Return the request and the plan of a search over policy mixes.

    The scenario holds what every mix has; without one it is ``entitlements_only``.
    """
    chosen = list(map(key_of, overrides))
    if "experiment" in chosen:
        raise UserError(said("scenario_for_search"))
    asked = list(overrides) + ([] if "scenario" in chosen else ["scenario=entitlements_only"])
    asked += [] if "seeds" in chosen or "size" in chosen else [f"seeds={SEARCH_SEEDS}"]
    composition = Composition(config_dir)
    tree = composition.compose(asked)
    request = request_from(tree, composition, "search")
    spenders = [n for n, c in composition.cards.items() if c.kind == "discretionary"]
    names = KEYS["search.programmes"].of(tree)
    if not isinstance(names, list) or len(names) < 2:
        raise UserError("search.programmes", names, said("two_programmes"))
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
    entries = tree["vary"]
    if isinstance(entries, list):
        entries, _ = of_used(entries, held, known)
    factors = chosen_factors(entries, known)
    mixed = [replace(base, programmes=(*base.programmes, *uses))]
    check_used(factors, mixed)
    refuse_idle_numbers(composition.given, mixed)
    futures = KEYS["search.futures"].of(tree)

    change = partial(_in_future, world=request.world, config_dir=composition.config_dir)
    return request, SearchPlan(
        base=base,
        uses=uses,
        points=KEYS["search.points"].of(tree),
        generations=KEYS["search.generations"].of(tree),
        kept=KEYS["search.kept"].of(tree),
        futures=futures_of(factors, futures, request.seeds[0]),
        factors=tuple(factors),
        titles=titles_of([f.name for f in factors], composition),
        change=change,
    )


def _in_future(
    point: Mapping[str, Any],
    label: str,
    scenario: Scenario,
    world: World,
    config_dir: str | Path | None,
) -> tuple[World, Scenario]:
    """Return a mix and its world at a point of what is uncertain."""
    return placed(point, label, {"mix": (world, scenario)}, config_dir)["mix"]


SEARCH_SEEDS = 4
"""Seeds of a search, if none are asked for."""
