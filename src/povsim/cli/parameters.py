"""Write parameters for reading: value, unit, range, meaning, source."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from povsim.params import GROUPS, Declaration, World, declarations, options
from povsim.units import in_chinese
from povsim.words.texts import command_words

Lines = Iterator[str]


def parameter_names() -> dict[str, list[tuple[str, str]]]:
    """Return what each name means: (group, parameter) pairs; a group's name means all of it.

    A parameter may be named with its group (``hazards.illness_rate``) or alone, and alone it may
    occur in several groups.
    """
    names: dict[str, list[tuple[str, str]]] = {}
    for group in GROUPS:
        names[group] = [(group, f.name) for f in fields(getattr(World(), group))]
        for pair in names[group]:
            names.setdefault(pair[1], []).append(pair)
            names[".".join(pair)] = [pair]
    return names


def describe_parameters(name: str, language: str) -> Lines:
    """Write a group of parameters or every parameter of this name."""
    words = command_words(language)
    is_group = name in GROUPS
    yield f"{words['group'] if is_group else words['parameter']} {name}"
    for group, key in parameter_names()[name]:
        yield from write_parameter(f"{group}.{key}", group, key, language)


def write_parameter(label: str, group: str, key: str, language: str) -> Lines:
    """Write one parameter of the world."""
    holder = getattr(World(), group)
    value = getattr(holder, key)
    if key in declarations(holder):
        yield from write_number(label, value, declarations(holder)[key], language)
        return
    switch: Mapping[str, Any] = next(f.metadata for f in fields(holder) if f.name == key)
    allowed = ", ".join(options(holder)[key])
    yield f"    {label} = {value}  ({command_words(language)['options']}: {allowed})"
    yield f"        {(switch['zh'] if language == 'zh' else '') or switch['meaning']}"


def write_number(label: str, value: float, number: Declaration, language: str) -> Lines:
    """Write one declared number with unit, range, meaning and source."""
    words = command_words(language)
    unit = in_chinese(number.unit) if language == "zh" else number.unit
    span = f"{words['range']} {number.low:g} - {number.high:g}"
    meaning = (number.meaning_zh if language == "zh" else "") or number.meaning
    confidence = words.get(number.confidence, number.confidence)
    source = "" if number.source == number.confidence else f": {number.source}"
    yield f"    {label} = {value:g} {unit}  ({span})"
    yield f"        {meaning}"
    yield f"        {words['source']}: {confidence}{source}"
