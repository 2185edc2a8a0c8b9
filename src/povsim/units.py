"""Name the units of every declared number, and convert yearly rates to months once."""

import math
from collections.abc import Mapping
from types import MappingProxyType

MEASURED: Mapping[str, str] = MappingProxyType(
    {
        "yuan": "元",
        "share": "比例",
        "index": "指数",
        "log points": "对数点",
        "persons": "人",
        "households": "户",
        "mu": "亩",
        "hours": "小时",
        "days": "天",
        "months": "月",
        "years": "年",
        "jobs": "岗位",
        "code": "代码",
        "bits": "位",
    }
)
"""What is measured, with its Chinese name; money is in yuan of 2020."""
PER = (
    "person",
    "household",
    "child",
    "mu",
    "day",
    "month",
    "year",
    "place",
    "job",
    "case",
    "officer",
)
"""What a unit may be taken per, after a slash."""


def known(unit: str) -> bool:
    """Return whether a unit is one of ours: ``yuan/person/year``, ``1/year``, ``0.01``.

    A leading number is a factor: ``2 yuan/household`` counts in steps of two yuan.
    """
    first, *rest = unit.split("/")
    words = first.split()
    if words and _is_number(words[0]):
        words = words[1:]
    measured = " ".join(words)
    return measured in ("", *MEASURED) and all(part in PER for part in rest)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def monthly_chance(rate_per_year: float) -> float:
    """Return the chance of an event in a month at a constant yearly rate: 1 - exp(-rate / 12)."""
    return 1.0 - math.exp(-rate_per_year / 12.0)


def three_digits(value: float) -> str:
    """Return a number with three significant digits, written out."""
    return f"{value:,.0f}" if abs(value) >= 100.0 else f"{value:.3g}"
