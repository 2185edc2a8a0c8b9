"""Name the units of every declared number, and convert yearly rates to months once."""

import math
from collections.abc import Mapping
from types import MappingProxyType

MEASURED: Mapping[str, str] = MappingProxyType(
    {
        "yuan": "元",
        "share": "比例",
        "index": "指数",
        "ratio": "比值",
        "log points": "对数点",
        "persons": "人",
        "households": "户",
        "mu": "亩",
        "hours": "小时",
        "days": "天",
        "months": "个月",
        "years": "年",
        "jobs": "个岗位",
        "code": "代码",
        "bits": "位",
    }
)
"""What is measured, with its Chinese name as it follows a number; money is in yuan of 2020."""
PER: Mapping[str, str] = MappingProxyType(
    {
        "person": "人",
        "household": "户",
        "child": "儿童",
        "mu": "亩",
        "day": "日",
        "month": "月",
        "year": "年",
        "place": "村",
        "job": "岗位",
        "case": "户次",
        "officer": "信息员",
        "yuan": "元",
    }
)
"""What a unit may be taken per, after a slash, with its Chinese name."""


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


def in_words(unit: str, language: str) -> str:
    """Return a unit as people read it: yuan per person per year, 元/人·年."""
    first, *rest = unit.split("/")
    if language != "zh":
        return " per ".join([first, *rest]).removeprefix("1 ")
    per = "·".join(PER.get(part, part) for part in rest)
    if first == "1":
        return f"每{per}"
    factor, measured = first, ""
    for name, chinese in MEASURED.items():
        if first.endswith(name):
            factor, measured = first.removesuffix(name), chinese
    return f"{factor}{measured}/{per}" if per else f"{factor}{measured}"


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
