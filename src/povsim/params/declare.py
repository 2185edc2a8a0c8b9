"""Declare a number once, with its unit, range, source and use."""

from dataclasses import Field, dataclass, field, fields
from typing import Any

from povsim.errors import Said, UserError, said
from povsim.errors.given import is_number
from povsim.machine.kernel_types import record_type
from povsim.units import in_words

CONFIDENCE = ("document", "recalled", "computed", "found", "prior", "assumption")


@dataclass(frozen=True)
class Declaration:
    """What is known about one number.

    Attributes
    ----------
    unit : str
        Unit, as in :mod:`povsim.units`.
    low, high : float
        Range that is allowed and, for uncertain numbers, swept.
    source : str
        Publication or figure, or what the assumption rests on.
    confidence : str
        One of ``CONFIDENCE``.
    meaning : str
        One line for the documentation.
    meaning_zh : str
        The same in Chinese.
    """

    unit: str
    low: float
    high: float
    source: str
    confidence: str
    meaning: str
    meaning_zh: str = ""


def number(
    default: float,
    unit: str,
    low: float,
    high: float,
    meaning: str,
    source: str = "assumption",
    confidence: str = "assumption",
    zh: str = "",
) -> Any:
    """Return a dataclass field that carries its declaration."""
    if confidence not in CONFIDENCE:
        raise ValueError(f"confidence {confidence!r} is not one of {', '.join(CONFIDENCE)}")
    if not low <= default <= high:
        raise ValueError(f"{meaning}: default {default} is outside {low} to {high}")
    declaration = Declaration(unit, low, high, source, confidence, meaning, zh)
    return field(default=float(default), metadata={"declaration": declaration})


def choice(default: str, options: tuple[str, ...], meaning: str, zh: str = "") -> Any:
    """Return a dataclass field for a structural switch with named options."""
    if default not in options:
        raise ValueError(f"{meaning}: default {default!r} is not one of {', '.join(options)}")
    return field(default=default, metadata={"options": options, "meaning": meaning, "zh": zh})


def declarations(group: Any) -> dict[str, Declaration]:
    """Return the declarations of a parameter group (class or instance) by field name."""
    return {f.name: f.metadata["declaration"] for f in fields(group) if "declaration" in f.metadata}


def options(group: Any) -> dict[str, tuple[str, ...]]:
    """Return the options of every structural switch of a group by field name."""
    return {f.name: f.metadata["options"] for f in fields(group) if "options" in f.metadata}


def check(group: Any, where: str) -> None:
    """Raise UserError, one clear line, when a number of ``group`` is out of its range."""
    for f in fields(group):
        value = getattr(group, f.name)
        if "declaration" in f.metadata:
            _check_number(f, value, where)
        elif "options" in f.metadata and value not in f.metadata["options"]:
            raise UserError(f"{where}.{f.name}", value, f.metadata["options"])


def _check_number(f: Field[Any], value: Any, where: str) -> None:
    d = f.metadata["declaration"]
    if not is_number(value):
        raise UserError(f"{where}.{f.name}", repr(value), number_in(d.unit))
    if not d.low <= value <= d.high:
        raise UserError(f"{where}.{f.name}", f"{value:g}", span(d.low, d.high, d.unit))


def span(low: float, high: float, unit: str) -> Said:
    """Return a range with its unit as a rule: 0 to 0.5 per year, 0 to 1 share."""
    english = f"per {unit[2:]}" if unit.startswith("1/") else unit
    by_language = {"en": english, "zh": f"（{in_words(unit, 'zh')}）"}
    return said("from_to_in", low=f"{low:g}", high=f"{high:g}", unit=by_language)


def number_in(unit: str) -> Said:
    """Return the rule that a number in a unit is needed."""
    return said("number_in", unit={"en": unit, "zh": in_words(unit, "zh")})


def as_tuple(group: Any) -> Any:
    """Return the group as a named tuple of floats, the form in which kernels take it.

    Structural switches become the position of their option, as a float.
    """
    declared = fields(group)
    values = []
    for f in declared:
        value = getattr(group, f.name)
        number = f.metadata["options"].index(value) if isinstance(value, str) else value
        values.append(float(number))
    return record_type(type(group).__name__ + "Numbers", [f.name for f in declared])(*values)
