"""Spread out the grids of an experiment: a few lines of YAML that stand for many arms.

A grid says what all of its arms share, as an arm does, and ``over`` which factors they differ in::

    grids:
      warning:
        name: "d{signal}_t{delay}"
        title: {en: "Signal {signal}, help after {delay} days", zh: "信号{signal}，{delay}天后帮扶"}
        scenario: entitlements_only
        programmes: {targeted_cash: {share: 0.8}, early_warning: {share: 0.2}}
        over:
          signal: {set: early_warning.signal, levels: [0, 0.77, 1.81]}
          delay: {set: early_warning.response_days, levels: [0, 60]}

A level is a number to ``set`` (in any spelling of :mod:`povsim.programmes.lever`), or an arm of
its own whose ``scenario``, ``programmes``, ``transition`` and ``world`` come on top of the grid's
and whose ``title`` fills the placeholder. An ``effect`` of a hypothesis is a contrast over a grid:
the product of the weights of the factors that it names, averaged over those that it does not.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from povsim.errors import Places, UserError, said
from povsim.errors.given import is_number
from povsim.machine.by_language import by_language
from povsim.programmes.lever import PROGRAMMES, Lever

KEYS = ("name", "title", "scenario", "programmes", "transition", "world", "fill", "over", "without")
FACTOR = ("set", "levels")
LEVEL = ("title", "scenario", "programmes", "transition", "world", "fill")
NEEDED = "needed"
"""Key of an arm of a grid: programmes of which the grid sets numbers, and which it does not add."""
TAKEN_BACK = "taken_back"
"""Key of an arm of a grid: programmes that a level takes out and the grid had put in."""
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(?P<name>[^\W\d]\w*)\}")
Levels = dict[str, dict[str, Any]]


def expand(text: Mapping[str, Any], where: object) -> dict[str, Any]:
    """Return an experiment with the arms of its grids beside its own, and without the grids.

    Raises
    ------
    UserError
        In one line, with the grid's name.
    """
    _refuse_own_keys(text.get("arms"), where)
    grids = text.get("grids")
    if not grids:
        return dict(text)
    if not isinstance(grids, Mapping):
        raise UserError("grids", grids, said("mapping_of_grids"), where)
    spread = {
        str(name): _arms((where, said("grid", name=name)), grid) for name, grid in grids.items()
    }
    new = {key: arm for arms in spread.values() for key, (_, arm) in arms.items()}
    own = text.get("arms") or {}
    for name in new:
        if name in own:
            raise UserError(said("word_arm"), name, said("once"), where)
    listed = [*(text.get("scenarios") or ())]
    listed += [name for name in new if name not in listed]
    out = {k: v for k, v in text.items() if k != "grids"}
    out |= {"arms": {**own, **new}, "scenarios": listed}
    if text.get("hypotheses"):
        out["hypotheses"] = [_with_contrast(where, h, spread) for h in text["hypotheses"]]
    return out


def _refuse_own_keys(arms: object, where: object) -> None:
    """Raise UserError if an arm of the file has what only an arm of a grid has."""
    for name, arm in arms.items() if isinstance(arms, Mapping) else ():
        for key in (NEEDED, TAKEN_BACK):
            if isinstance(arm, Mapping) and key in arm:
                raise UserError(said("word_key"), key, LEVEL, (where, said("arm", name=name)))


def _arms(
    where: Places, grid: Mapping[str, Any]
) -> dict[str, tuple[dict[str, str], dict[str, Any]]]:
    """Return, by name of the arm, its level of each factor and the arm."""
    _check(where, grid, KEYS)
    for key in ("name", "title", "over"):
        if not grid.get(key):
            raise UserError(said("missing", key=key), place=where)
    if not isinstance(grid["over"], Mapping):
        raise UserError("over", grid["over"], said("mapping_of_names"), where)
    factors = {str(f): _levels((*where, f), factor) for f, factor in grid["over"].items()}
    left_out = set(map(str, grid.get("without") or ()))
    shared = {key: value for key, value in grid.items() if key in LEVEL and key != "title"}
    arms: dict[str, tuple[dict[str, str], dict[str, Any]]] = {}
    passed: set[str] = set()
    for chosen in product(*(levels.items() for levels in factors.values())):
        tokens = dict(zip(factors, (token for token, _ in chosen), strict=True))
        name = _filled(where, grid["name"], tokens)
        if name in left_out:
            passed.add(name)
            continue
        if name in arms:
            raise UserError("name", grid["name"], said("own_name"), where)
        arm = _laid(shared, [level for _, level in chosen])
        words = {f: level["title"] for f, (_, level) in zip(factors, chosen, strict=True)}
        arm["title"] = {
            language: _filled(where, pattern, {f: t[language] for f, t in words.items()})
            for language, pattern in by_language("title", grid["title"], where).items()
        }
        arms[name] = (tokens, arm)
    for name in left_out - passed:
        raise UserError("without", name, list(arms), where)
    return arms


def _check(where: Places, piece: object, keys: Sequence[str]) -> None:
    """Raise UserError if a piece of a grid has an unknown key, or one value in place of several."""
    if not isinstance(piece, Mapping):
        raise UserError(where[-1], piece, said("mapping"), where[:-1])
    for key in piece:
        if key not in keys:
            raise UserError(said("word_key"), key, keys, where)
    for key in ("programmes", "transition", "world"):
        if piece.get(key) is not None and not isinstance(piece[key], Mapping):
            raise UserError(key, piece[key], said("mapping"), where)
    for name, settings in (piece.get("programmes") or {}).items():
        if settings is not None and not isinstance(settings, Mapping):
            raise UserError(f"programmes.{name}", settings, said("mapping_of_settings"), where)


def _levels(where: Places, factor: Mapping[str, Any]) -> Levels:
    """Return the levels of a factor as pieces of arms, by the token that stands in names."""
    _check(where, factor, FACTOR)
    levels = factor.get("levels")
    if not levels:
        raise UserError(said("missing", key="levels"), None, said("numbers_or_names"), where)
    if isinstance(levels, str) or not isinstance(levels, Mapping | Sequence):
        raise UserError("levels", levels, said("numbers_or_names"), where)
    named = levels if isinstance(levels, Mapping) else {token_of(v): v for v in levels}
    return {str(name): _level(where, factor.get("set"), str(name), v) for name, v in named.items()}


def token_of(value: object) -> str:
    """Return a number as part of a name: 0.77 is ``0_77``, -2 is ``m2``."""
    return str(value).replace(".", "_").replace("-", "m")


def _level(where: Places, keys: Any, name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        _check((*where, name), value, LEVEL)
        return {**value, "title": by_language("title", value.get("title"), (*where, name), name)}
    if not keys:
        raise UserError(name, value, said("mapping_no_set"), where)
    arm: dict[str, Any] = {"title": by_language("title", value)}
    for key in [keys] if isinstance(keys, str) else keys:
        lever = Lever.parse(str(key))
        for piece in lever.in_arm(value):
            arm = _on_top(arm, piece)
        if lever.kind == PROGRAMMES:
            arm[NEEDED] = [*arm.get(NEEDED, ()), lever.owner]
    return arm


def _laid(shared: Mapping[str, Any], levels: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what a grid shares with one level of each factor on top."""
    arm = dict(shared)
    put_in, needed, back = _put_in(shared), [], []
    for level in levels:
        out = [n for n, own in (level.get("programmes") or {}).items() if own is None]
        back += [name for name in out if name in put_in]
        needed += level.get(NEEDED, ())
        put_in |= _put_in(level)
        arm = _on_top(arm, {key: value for key, value in level.items() if key != NEEDED})
    missing = [name for name in dict.fromkeys(needed) if name not in put_in]
    taken = [name for name in back if arm["programmes"][name] is None]
    return arm | ({NEEDED: missing} if missing else {}) | ({TAKEN_BACK: taken} if taken else {})


def _put_in(piece: Mapping[str, Any]) -> set[str]:
    """Return programmes that a piece of an arm names, but for those it only sets numbers of."""
    own = (piece.get("programmes") or {}).items()
    return {name for name, settings in own if settings is not None} - set(piece.get(NEEDED, ()))


def _on_top(arm: Mapping[str, Any], piece: Mapping[str, Any]) -> dict[str, Any]:
    """Return an arm with a piece laid on top, programme by programme."""
    out = dict(arm)
    for key, value in piece.items():
        if key == "programmes":
            out[key] = dict(out.get(key) or {})
            for name, settings in value.items():
                own = out[key].get(name) or {}
                out[key][name] = None if settings is None else {**own, **settings}
        elif key in ("transition", "world"):
            out[key] = {**(out.get(key) or {}), **value}
        elif key != "title" or "title" not in out:
            out[key] = value
    return out


def _filled(where: Places, pattern: object, words: Mapping[str, str]) -> str:
    """Return a pattern with words in place of ``{factor}``; ``{{`` and ``}}`` are braces."""

    def fill(found: re.Match[str]) -> str:
        name = found["name"]
        if name is None:
            return found[0][0]
        if name not in words:
            raise UserError(said("word_placeholder"), pattern, list(words), where, name)
        return words[name]

    return PLACEHOLDER.sub(fill, str(pattern))


def _with_contrast(
    where: object, text: Mapping[str, Any], spread: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Return a hypothesis with its ``effect`` over a grid written out as weights of arms."""
    effect = text.get("effect")
    if effect is None:
        return text
    place = (where, said("hypothesis", name=text.get("id")), "effect")
    if not isinstance(effect, Mapping) or str(effect.get("grid")) not in spread:
        found = effect.get("grid") if isinstance(effect, Mapping) else effect
        raise UserError("grid", found, list(spread), place)
    arms = spread[str(effect["grid"])]
    weights: dict[str, dict[str, float]] = {}
    for f, by in effect.items():
        if f != "grid":
            if not isinstance(by, Mapping) or not all(map(is_number, by.values())):
                raise UserError(f, by, said("mapping_of_weights"), place)
            weights[f] = {str(level): float(w) for level, w in by.items()}
    known = {f: {tokens[f] for tokens, _ in arms.values()} for f in next(iter(arms.values()))[0]}
    for factor, by in weights.items():
        if factor not in known:
            raise UserError(said("word_factor"), factor, list(known), place)
        for level in by:
            if level not in known[factor]:
                raise UserError(factor, level, sorted(known[factor]), place)
    return {k: v for k, v in text.items() if k != "effect"} | {"contrast": _weighted(arms, weights)}


def _weighted(
    arms: Mapping[str, Any], weights: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Return the weight of each arm that counts; arms alike in what is named share it."""
    cell = {name: tuple(tokens[f] for f in weights) for name, (tokens, _) in arms.items()}
    alike = {c: list(cell.values()).count(c) for c in cell.values()}
    out = {}
    for name, levels in cell.items():
        weight = 1.0 / alike[levels]
        for factor, level in zip(weights, levels, strict=True):
            weight *= weights[factor].get(level, 0.0)
        if weight:
            out[name] = weight
    return out
