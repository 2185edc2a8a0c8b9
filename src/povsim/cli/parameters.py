"""Write parameters for reading: value, unit, range, meaning, source."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from povsim.params import GROUPS, Declaration, World
from povsim.programmes.lever import WORLD, Lever
from povsim.units import in_words
from povsim.words.texts import command_words

Lines = Iterator[str]


def parameter_names() -> dict[str, list[Lever]]:
    """Return what each name means; a group's name means all of it.

    A parameter may be named with its group (``hazards.illness_rate``) or alone, and alone it may
    occur in several groups.
    """
    names: dict[str, list[Lever]] = {}
    for group in GROUPS:
        names[group] = [Lever(WORLD, group, f.name) for f in fields(getattr(World(), group))]
        for lever in names[group]:
            names.setdefault(lever.name, []).append(lever)
            names[str(lever)] = [lever]
    return names


def describe_parameters(name: str, language: str) -> Lines:
    """Write a group of parameters or every parameter of this name."""
    words = command_words(language)
    is_group = name in GROUPS
    yield f"{words['group'] if is_group else words['parameter']} {name}"
    for lever in parameter_names()[name]:
        yield from write_parameter(lever, language)


def write_parameter(lever: Lever, language: str) -> Lines:
    """Write one parameter of the world."""
    holder, number = getattr(World(), lever.owner), lever.declaration()
    value = getattr(holder, lever.name)
    if number is not None:
        yield from write_number(str(lever), value, number, language)
        return
    switch: Mapping[str, Any] = next(f.metadata for f in fields(holder) if f.name == lever.name)
    allowed = ", ".join(lever.options())
    yield f"    {lever} = {value}  ({command_words(language)['options']}: {allowed})"
    yield f"        {(switch['zh'] if language == 'zh' else '') or switch['meaning']}"


def write_number(label: str, value: float, number: Declaration, language: str) -> Lines:
    """Write one declared number with unit, range, meaning and source."""
    words = command_words(language)
    unit = in_words(number.unit, language)
    span = f"{words['range']} {number.low:g} - {number.high:g}"
    meaning = (number.meaning_zh if language == "zh" else "") or number.meaning
    confidence = words.get(number.confidence, number.confidence)
    source = "" if number.source == number.confidence else f": {number.source}"
    yield f"    {label} = {value:g} {unit}  ({span})"
    yield f"        {meaning}"
    yield f"        {words['source']}: {confidence}{source}"
