"""The catalogue of yearly measures: what each is called, what it counts, for whom it is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from povsim.codes import CountyClass, Group, Region
from povsim.errors import UserError
from povsim.machine.yaml_files import read_yaml

Text = Mapping[str, str]
"""A text by language: ``en`` and ``zh``."""
CLASSES = tuple(kind.name.lower() for kind in CountyClass)
GROUPS = ("all", *(group.name for group in Group), "registered")
REGIONS = ("all", *(region.name.lower() for region in Region), *CLASSES)
FAMILIES = {"{cause}": "causes", "{guarantee}": "guarantees"}
"""What in a name stands for every key of a section of the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A yearly measure as the catalogue declares it.

    Attributes
    ----------
    subject : str
        Key of the catalogue's ``subjects``.
    title, definition : Mapping
        By language.
    unit : str
        Unit of the numbers in files, as in :mod:`povsim.units`.
    kind : str
        How reports write the number: share, yuan, yuan_total, ratio, count, decimal or index.
    better : str
        The direction that is better for people: lower, higher or none.
    counts : str
        What is counted; key of the catalogue's ``counts``.
    parts : tuple of str
        For whom it is told besides everybody: groups, registered, regions, crossed.
    formula : Mapping
        By language; empty where the definition says it all.
    source : str
        Of the formula.
    """

    name: str
    subject: str
    title: Text
    definition: Text
    unit: str
    kind: str
    better: str
    counts: str
    parts: tuple[str, ...] = ()
    formula: Text = MappingProxyType({})
    source: str = ""


def declared(name: str) -> Measure:
    """Return the measure of this name, or raise UserError with the nearest one."""
    if name not in measures():
        raise UserError("measure", name, measures())
    return measures()[name]


@cache
def measures() -> Mapping[str, Measure]:
    """Return every measure by name, in the order of the catalogue."""
    found = [
        measure
        for subject, entries in _content()["measures"].items()
        for name, fields in entries.items()
        for measure in _family(name, {**fields, "subject": subject})
    ]
    return MappingProxyType({measure.name: measure for measure in found})


@cache
def sections() -> dict[str, dict[str, Text]]:
    """Return the words of the catalogue that are no measures: section, key, text by language."""
    return {name: content for name, content in _content().items() if name != "measures"}


@cache
def told_for(group: str, region: str) -> frozenset[str]:
    """Return the names of the measures that are told for a part of the population."""
    needed = set()
    if group != "all":
        needed.add("registered" if group == "registered" else "groups")
    if region != "all":
        needed.add("regions" if group == "all" else "crossed")
    if "crossed" in needed and region not in CLASSES:
        return frozenset()
    return frozenset(m.name for m in measures().values() if needed <= {*m.parts})


def refuse_undeclared(name: str, group: str, region: str) -> None:
    """Raise ValueError if the catalogue does not declare a measure for this part."""
    if name not in told_for(group, region):
        raise ValueError(f"{name} for {group}, {region}: not declared in measures/catalogue.yaml")


@cache
def _content() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("catalogue.yaml"))


def _family(name: str, fields: dict[str, Any]) -> Iterator[Measure]:
    """Yield the measure of an entry, or one for every member that its name stands for."""
    fields = {**fields, "parts": tuple(fields.get("parts", ()))}
    place = next((place for place in FAMILIES if place in name), "")
    if not place:
        yield Measure(name=name, **fields)
        return
    for member, called in sections()[FAMILIES[place]].items():
        texts = {
            key: {lang: text.replace(place, called[lang]) for lang, text in fields[key].items()}
            for key in ("title", "definition")
        }
        yield Measure(name=name.replace(place, member), **{**fields, **texts})
