"""What a sweep may vary, within which bounds, and how a point becomes worlds and scenarios."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from povsim.config.arms import changed_world
from povsim.config.composition import Composition
from povsim.errors import NOTHING, UserError, said
from povsim.machine import yaml_files
from povsim.params import GROUPS, World
from povsim.params.declare import declarations, options
from povsim.programmes.scenario import Scenario
from povsim.study.sweeps.designs import Factor
from povsim.words.texts import entries

PROGRAMMES = "programmes"
CHOSEN = (
    "behaviour/motivation",
    "behaviour/trap",
    "behaviour/crowding",
    "behaviour/expectations",
    "stress",
)
"""Groups of configs whose files may be varied by name."""
ENTRY_KEYS = ("name", "low", "high", "choices")
Arms = Mapping[str, tuple[World, Scenario]]


def known_factors(composition: Composition) -> dict[str, Factor]:
    """Return everything that can be varied, by name, with the declared range or choices."""
    known: dict[str, Factor] = {}
    for group in GROUPS:
        numbers = getattr(World(), group)
        for name, d in declarations(numbers).items():
            known[f"{group}.{name}"] = Factor(f"{group}.{name}", d.low, d.high)
        for name, choices in options(numbers).items():
            known[f"{group}.{name}"] = Factor(f"{group}.{name}", choices=tuple(choices))
    for card in composition.cards.values():
        for name, p in card.parameters.items():
            key = f"{PROGRAMMES}.{card.name}.{name}"
            known[key] = Factor(key, p.low, p.high)
    for group in CHOSEN:
        known[group] = Factor(group, choices=tuple(composition.groups[group]))
    return known


def titles_of(names: Sequence[str], composition: Composition) -> dict[str, dict[str, str]]:
    """Return what factors are called, by language; the name itself where nothing is declared."""
    told: dict[str, dict[str, str]] = {}
    for name in names:
        group, _, rest = name.partition(".")
        found: Any = None
        if group == PROGRAMMES:
            card, _, parameter = rest.partition(".")
            found = composition.cards[card].parameters[parameter]
        elif group in GROUPS:
            found = declarations(getattr(World(), group)).get(rest)
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
    if name not in known:
        leaves = [full for full in known if full.rpartition(".")[2] == name]
        raise UserError("vary", name, leaves or list(known))
    factor = known[name]
    if factor.choices:
        chosen = tuple(map(str, text.get("choices") or factor.choices))
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
        group, _, rest = factor.name.partition(".")
        if group == PROGRAMMES and rest.partition(".")[0] not in used:
            raise UserError("vary", factor.name, said("of_used_programme", names=used))


def of_used(entries: object, used: Collection[str]) -> tuple[list[Any], list[str]]:
    """Return the entries of ``vary`` that move something, and the names of the others.

    An entry that names a number of a programme moves nothing unless some scenario has it.
    """
    kept, left_out = [], []
    for entry in entries if isinstance(entries, list | tuple) else ():
        name = str(entry.get("name") if isinstance(entry, Mapping) else entry)
        group, _, rest = name.partition(".")
        if group == PROGRAMMES and rest.partition(".")[0] not in used:
            left_out.append(name)
        else:
            kept.append(entry)
    return kept, left_out


def placed(point: Mapping[str, Any], label: str, arms: Arms) -> dict[str, tuple[World, Scenario]]:
    """Return the arms at a point of the design; the world is named ``label``.

    A number of a programme is set in every arm that has it, also where the scenario sets its own.
    """
    changes: dict[str, Any] = {}
    settings: dict[str, dict[str, float]] = {}
    for name, value in point.items():
        if name in CHOSEN:
            node = yaml_files.read_yaml(yaml_files.find(f"configs/{name}", str(value), name))
            for group, own in node.items():
                if group == PROGRAMMES:
                    for card, numbers in own.items():
                        settings.setdefault(str(card), {}).update(numbers)
                else:
                    changes.update({f"{group}.{key}": v for key, v in own.items()})
        elif name.startswith(f"{PROGRAMMES}."):
            _, card, parameter = name.split(".")
            settings.setdefault(card, {})[parameter] = float(value)
        else:
            changes[name] = value
    return {
        arm: (
            replace(changed_world(world, changes, label), name=label),
            _with_settings(scenario, settings),
        )
        for arm, (world, scenario) in arms.items()
    }


def _with_settings(scenario: Scenario, settings: Mapping[str, Mapping[str, float]]) -> Scenario:
    uses = tuple(
        replace(use, settings=MappingProxyType({**use.settings, **settings[use.name]}))
        if use.name in settings
        else use
        for use in scenario.programmes
    )
    return replace(scenario, programmes=uses)
