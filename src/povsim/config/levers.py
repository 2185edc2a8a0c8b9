"""What a sweep may vary, within which bounds, and how a point becomes worlds and scenarios."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from povsim.config.arms import checked
from povsim.config.composition import Composition
from povsim.errors import NOTHING, UserError, said
from povsim.machine.by_language import list_of_texts
from povsim.params import World
from povsim.programmes.lever import CHOICES, PROGRAMMES, Lever, all_levers, words_of
from povsim.programmes.scenario import Scenario
from povsim.study.sweeps.designs import Factor
from povsim.words.texts import entries

ENTRY_KEYS = ("name", "low", "high", "choices")
Arms = Mapping[str, tuple[World, Scenario]]


def known_factors(composition: Composition) -> dict[str, Factor]:
    """Return everything that can be varied, by name, with the declared range or choices."""
    known: dict[str, Factor] = {}
    for lever in all_levers(composition.cards):
        key, d = str(lever), lever.declaration(composition.cards)
        known[key] = Factor(key, d.low, d.high) if d else Factor(key, choices=lever.options())
    for group in CHOICES:
        known[group] = Factor(group, choices=tuple(composition.groups[group]))
    return known


def titles_of(names: Sequence[str], composition: Composition) -> dict[str, dict[str, str]]:
    """Return what factors are called, by language; the name itself where nothing is declared."""
    told: dict[str, dict[str, str]] = {}
    for name in names:
        found = Lever.parse(name).declaration(composition.cards)
        meaning = getattr(found, "meaning", "") or name.rpartition("/")[2]
        zh = getattr(found, "meaning_zh", "") or meaning
        own = {"en": meaning, "zh": zh, "unit": getattr(found, "unit", "")}
        told[name] = {**own, **entries()["factors"].get(name, {})}
    return told


def chosen_factors(entries: object, known: Mapping[str, Factor]) -> list[Factor]:
    """Return the factors that ``vary`` names, each by name or with bounds of its own.

    Raises
    ------
    UserError
        If there are none, one is not known, is named twice, or its bounds lie outside the range.
    """
    if not isinstance(entries, list | tuple) or not entries:
        raise UserError("vary", entries or NOTHING, said("parameters_to_vary"))
    factors = [_factor(entry, known) for entry in entries]
    names = [f.name for f in factors]
    for name in names:
        if names.count(name) > 1:
            raise UserError(said("named_twice", name=name))
    return factors


def _factor(entry: object, known: Mapping[str, Factor]) -> Factor:
    text: Mapping[Any, Any] = entry if isinstance(entry, Mapping) else {"name": entry}
    for key in text:
        if key not in ENTRY_KEYS:
            raise UserError(said("word_key"), key, ENTRY_KEYS, "vary")
    name = str(text.get("name", "nothing"))
    factor = known.get(str(Lever.parse(name)))
    if factor is None:
        same_leaf = [full for full in known if words_of(full)[-1] == name]
        raise UserError("vary", name, same_leaf or list(known))
    if factor.choices:
        chosen = tuple(list_of_texts("choices", text.get("choices"), "vary")) or factor.choices
        for one in chosen:
            if one not in factor.choices:
                raise UserError(name, one, factor.choices, "vary")
        return replace(factor, choices=chosen)
    try:
        low, high = float(text.get("low", factor.low)), float(text.get("high", factor.high))
    except (TypeError, ValueError):
        raise UserError(name, dict(text), said("numbers_low_high"), "vary") from None
    if not factor.low <= low < high <= factor.high:
        found = said("from_to", low=f"{low:g}", high=f"{high:g}")
        rule = said("low_below_high", low=f"{factor.low:g}", high=f"{factor.high:g}")
        raise UserError(name, found, rule, "vary")
    return replace(factor, low=low, high=high)


def check_used(factors: Sequence[Factor], scenarios: Sequence[Scenario]) -> None:
    """Raise UserError if a factor belongs to a programme that no scenario has: it moves nothing."""
    used = sorted({use.name for scenario in scenarios for use in scenario.programmes})
    for factor in factors:
        lever = Lever.parse(factor.name)
        if lever.kind == PROGRAMMES and lever.owner not in used:
            raise UserError("vary", factor.name, said("of_used_programme", names=used))


def of_used(
    entries: object, used: Collection[str], known: Mapping[str, Factor]
) -> tuple[list[Any], list[str]]:
    """Return the entries of ``vary`` that move something, and the names of the others.

    An entry that names a number of a programme moves nothing unless some scenario has it.
    """
    kept, left_out = [], []
    for entry in entries if isinstance(entries, list | tuple) else ():
        name = str(entry.get("name") if isinstance(entry, Mapping) else entry)
        lever = Lever.parse(name)
        if lever.kind == PROGRAMMES and lever.owner not in used and str(lever) in known:
            left_out.append(name)
        else:
            kept.append(entry)
    return kept, left_out


def placed(
    point: Mapping[str, Any], label: str, arms: Arms, config_dir: str | Path | None = None
) -> dict[str, tuple[World, Scenario]]:
    """Return the arms at a point of the design; the world is named ``label``.

    A number of a programme is set in every arm that has it, also where the scenario sets its own.

    Raises
    ------
    UserError
        If the numbers of a world are out of their ranges, or do not go together.
    """
    out = {}
    levers = {Lever.parse(name): value for name, value in point.items()}
    for arm, (world, scenario) in arms.items():
        for lever, value in levers.items():
            world, scenario = lever.set(world, scenario, value, config_dir)
        out[arm] = (checked(replace(world, name=label), f"arm {label}"), scenario)
    return out
