"""Read the arms of an experiment: a scenario, changed or not, in a world, changed or not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from povsim.config.arm_grids import NEEDED, TAKEN_BACK
from povsim.config.composition import Composition
from povsim.errors import UserError, said
from povsim.errors.given import is_number
from povsim.params import GROUPS, World
from povsim.programmes.lever import WORLD, Lever, words_of
from povsim.programmes.scenario import Scenario
from povsim.programmes.scenario_files import (
    build_scenario,
    change_scenario,
    read_scenario,
    scenario_names,
)

KEYS = ("title", "scenario", "programmes", "transition", "world", "fill")


def build_arms(
    tree: Mapping[str, Any], composition: Composition
) -> tuple[tuple[Scenario, ...], dict[str, Mapping[str, Any]]]:
    """Return the scenarios of an experiment, baseline first, and world changes by arm.

    An arm is the name of a scenario, or an entry under ``arms`` that says on which ``scenario``
    it builds, which ``programmes`` it sets otherwise (``null`` leaves out one that is there), which
    ``transition`` they go through, and which numbers of the ``world`` differ. Its name is no
    scenario's: results would not tell them apart. What its shares leave of the
    envelope goes to the programme under ``fill``, the arm's or else the experiment's.

    Raises
    ------
    UserError
        In one line, with the arm's name.
    """
    experiment, cards, numbers = tree["experiment"], composition.cards, tree["programmes"]
    declared = experiment.get("arms") or {}
    names = [experiment["baseline"], *experiment["scenarios"], experiment.get("reference")]
    scenarios, worlds = [], {}
    files = scenario_names(composition.config_dir)
    try:
        for name in dict.fromkeys(n for n in names if n is not None):
            arm = declared.get(name)
            if arm is not None and name in files:
                raise UserError(said("word_arm"), name, said("no_name_of_scenario"))
            if arm is None:
                known = [*declared, *files]
                if name not in known:
                    raise UserError("scenario", name, known)
                content = read_scenario(name, cards, composition.config_dir)
            else:
                content = _content(str(name), {"fill": experiment.get("fill"), **arm}, composition)
                if arm.get("world"):
                    worlds[str(name)] = arm["world"]
            scenarios.append(build_scenario(content, cards, numbers))
    except UserError as error:
        raise error.at(said("experiment", name=tree["choices"]["experiment"])) from None
    return tuple(scenarios), worlds


def _content(name: str, arm: Mapping[str, Any], composition: Composition) -> dict[str, Any]:
    """Return what an arm's scenario holds with what the arm says on top."""
    where = said("arm", name=name)
    _check_arm(arm, where)
    base = read_scenario(str(arm.get("scenario", name)), composition.cards, composition.config_dir)
    mix = dict(arm.get("programmes") or {})
    for programme in arm.get(NEEDED) or ():
        if programme not in base["programmes"]:
            raise UserError(said("word_of_mix"), programme, base["programmes"], where)
    for programme in arm.get(TAKEN_BACK) or ():
        if programme not in base["programmes"]:
            del mix[programme]
    try:
        changed = change_scenario(base, name, {**arm, "programmes": mix}, composition.cards)
        return _filled_up(changed, arm.get("fill"), composition)
    except UserError as error:
        raise error.at(where) from None


def _check_arm(arm: Mapping[str, Any], where: object) -> None:
    """Raise UserError if an arm has an unknown key, or one value in place of several."""
    for key in arm:
        if key not in (*KEYS, NEEDED, TAKEN_BACK):
            raise UserError(said("word_key"), key, KEYS, where)
    for key in ("programmes", "transition", "world"):
        if arm.get(key) is not None and not isinstance(arm[key], Mapping):
            raise UserError(key, arm[key], said("mapping"), where)


def _filled_up(content: dict[str, Any], fill: object, composition: Composition) -> dict[str, Any]:
    """Return a mix in which one programme gets what the shares leave of the envelope."""
    if fill is None:
        return content
    spenders = [n for n, card in composition.cards.items() if card.kind == "discretionary"]
    if fill not in spenders:
        raise UserError("fill", fill, spenders)
    mix = content["programmes"]
    shares = {n: own.get("share", 0.0) for n, own in mix.items() if n != fill}
    for name, share in shares.items():
        if not is_number(share):
            raise UserError(f"{name}.share", share, said("share_of_envelope"))
    others = sum(shares.values())
    rest = max(round(1.0 - others, 12), 0.0)
    return {**content, "programmes": {**mix, str(fill): {**mix.get(str(fill), {}), "share": rest}}}


def changed_world(
    world: World, changes: Mapping[str, Any], arm: str, config_dir: str | Path | None = None
) -> World:
    """Return the world with some numbers changed, such as ``{"work.local_wage": 2400}``.

    Raises
    ------
    UserError
        If a key is unknown, no number of the world, or a value out of its range.
    """
    nothing = Scenario(arm)
    for key, value in changes.items():
        for lever, number in Lever.parse(str(key)).numbers(value, config_dir):
            if lever.kind != WORLD or not lever.exists():
                raise _no_number_of_the_world(lever, str(key), arm)
            world, _ = lever.set(world, nothing, number)
    return checked(world, said("arm", name=arm))


def _no_number_of_the_world(lever: Lever, key: str, arm: str) -> UserError:
    if lever.kind == WORLD and lever.owner in GROUPS:
        allowed = vars(getattr(World(), lever.owner))
        return UserError("world", lever.name, allowed, said("arm", name=arm))
    wrong = lever.owner if lever.kind == WORLD else words_of(key)[0]
    return UserError("world", wrong, GROUPS, said("arm", name=arm))


def checked(world: World, where: object) -> World:
    """Return the world if its numbers are within their ranges and go together."""
    try:
        world.check()
    except UserError as error:
        raise error.at(where) from None
    return world
