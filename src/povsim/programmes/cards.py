"""Read a programme's card: what it does, for whom, at what cost, with which numbers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from povsim.errors import NOTHING, UserError, said
from povsim.errors.given import is_number
from povsim.machine import yaml_files
from povsim.machine.by_language import by_language, list_of_texts
from povsim.machine.kernel_types import record_type
from povsim.params.declare import CONFIDENCE, Declaration, number_in, span

GROUP = "configs/programmes"
KINDS = ("entitlement", "discretionary", "rule")
FAMILIES = (
    "social",
    "capability",
    "relocation",
    "land",
    "talent",
    "finance",
    "industry",
    "cooperation",
    "regional",
    "governance",
)
TEXTS = ("title", "mechanism", "eligibility", "unit_cost")
PARAMETER_KEYS = ("value", "unit", "low", "high", "meaning", "zh", "source", "confidence")


@dataclass(frozen=True)
class Parameter(Declaration):
    """A declared number of a programme with its value on the card."""

    value: float = 0.0


@dataclass(frozen=True)
class Card:
    """Declaration of one programme.

    Attributes
    ----------
    name : str
        Name of the programme, as its file.
    kind : str
        ``entitlement`` (paid first, to all who qualify), ``discretionary`` (by share) or
        ``rule`` (changes how others work).
    family : str
        Kind of programme; its code is in the folder of that name.
    title, mechanism, eligibility, unit_cost : Mapping[str, str]
        Text by language (``en``, ``zh``).
    source : str
        What the programme's design rests on.
    paper : tuple of str
        Claims of the paper that the programme carries.
    parameters : Mapping[str, Parameter]
        Numbers by name.
    """

    name: str
    kind: str
    family: str
    title: Mapping[str, str]
    mechanism: Mapping[str, str]
    eligibility: Mapping[str, str]
    unit_cost: Mapping[str, str]
    source: str
    paper: tuple[str, ...]
    parameters: Mapping[str, Parameter]

    def __deepcopy__(self, memo: object) -> "Card":
        """Return the card itself: nothing in it can change."""
        return self

    def __hash__(self) -> int:
        """Hash by name; cards are equal if all of their content is."""
        return hash(self.name)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle mappings as plain dictionaries (cards travel to other processes with a run)."""
        values = (getattr(self, f.name) for f in fields(self))
        return (Card, tuple(dict(v) if isinstance(v, Mapping) else v for v in values))

    @cached_property
    def decisive(self) -> list[Any]:
        """What of the card a result depends on: texts change nothing."""
        return [self.name, self.kind, self.family, self.defaults()]

    def values(self, settings: Mapping[str, float] = MappingProxyType({})) -> Any:
        """Return a named tuple of floats: the card's numbers with ``settings`` in their place.

        Raises
        ------
        UserError
            If a setting is unknown, no number, or out of its range.
        """
        numbers = {**self.defaults(), **self.checked(settings)}
        return record_type(_class_name(self.name), list(numbers))(*numbers.values())

    def defaults(self) -> dict[str, float]:
        """Return the card's own numbers; their ranges were checked when it was read."""
        return {name: parameter.value for name, parameter in self.parameters.items()}

    def checked(self, settings: Mapping[str, Any]) -> dict[str, float]:
        """Return settings as floats, or raise UserError as :meth:`values` does."""
        for key in settings:
            if key not in self.parameters:
                place = said("programme", name=self.name)
                raise UserError(said("word_parameter"), key, list(self.parameters), place)
        return {name: self._checked(name, value) for name, value in settings.items()}

    def _checked(self, name: str, value: object) -> float:
        p, key = self.parameters[name], f"{self.name}.{name}"
        if not is_number(value) or math.isnan(value):
            raise UserError(key, value, number_in(p.unit))
        if not p.low <= value <= p.high:
            raise UserError(key, f"{value:g}", span(p.low, p.high, p.unit))
        return float(value)


def available(config_dir: str | Path | None = None) -> list[str]:
    """Return the names of all programmes."""
    return list(yaml_files.files(GROUP, config_dir))


def load_card(name: str, config_dir: str | Path | None = None) -> Card:
    """Return the card of a programme; a card in the user's folder comes first."""
    path = yaml_files.find(GROUP, name, "programme", config_dir)
    return _read_card(name, path, yaml_files.changed_at(path))


@cache
def _read_card(name: str, path: Path, modified: int) -> Card:
    """Return the card in a file; ``modified`` is when, so that a changed one is read anew."""
    raw = yaml_files.read_yaml(path)
    kind = raw.get("kind")
    if kind not in KINDS:
        raise UserError("kind", kind or NOTHING, KINDS, place=path)
    family = raw.get("family")
    if family not in FAMILIES:
        raise UserError("family", family or NOTHING, FAMILIES, place=path)
    raw_parameters = raw.get("parameters") or {}
    if not isinstance(raw_parameters, dict):
        raise UserError("parameters", raw_parameters, said("mapping_of_names"), place=path)
    card = Card(
        name=name,
        kind=kind,
        family=family,
        **{key: _text(raw, key, path) for key in TEXTS},
        source=str(raw.get("source", "")),
        paper=tuple(list_of_texts("paper", raw.get("paper"), path)),
        parameters=MappingProxyType(
            {key: _parameter(key, entry, path) for key, entry in raw_parameters.items()}
        ),
    )
    try:
        card.checked(card.defaults())
    except UserError as error:
        raise error.at(path) from None
    return card


def _text(raw: Mapping[str, Any], key: str, path: Path) -> Mapping[str, str]:
    if not raw.get(key):
        raise UserError(said("missing", key=key), place=path)
    return MappingProxyType(by_language(key, raw[key], path))


def _parameter(name: str, entry: object, path: Path) -> Parameter:
    key = f"parameters.{name}"
    if not isinstance(entry, dict):
        raise UserError(key, entry, said("mapping_of_number"), place=path)
    for word in entry:
        if word not in PARAMETER_KEYS:
            raise UserError(said("word_entry"), word, PARAMETER_KEYS, (path, key))
    for word in PARAMETER_KEYS:
        if word not in entry:
            raise UserError(said("missing", key=word), place=(path, key))
    if entry["confidence"] not in CONFIDENCE:
        raise UserError(f"{key}.confidence", entry["confidence"], CONFIDENCE, place=path)
    for word in ("value", "low", "high"):
        if not is_number(entry[word]):
            raise UserError(f"{key}.{word}", entry[word], said("number"), place=path)
    return Parameter(
        unit=str(entry["unit"]),
        low=float(entry["low"]),
        high=float(entry["high"]),
        source=str(entry["source"]),
        confidence=entry["confidence"],
        meaning=str(entry["meaning"]),
        meaning_zh=str(entry["zh"]),
        value=float(entry["value"]),
    )


def _class_name(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_")) + "Numbers"
