"""Words in two languages, and numbers in the form in which people read them."""

import math
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

PERCENT = 100.0


@cache
def entries() -> dict[str, dict[str, dict[str, str]]]:
    """Return the whole glossary: section, key, fields."""
    text = (files("povsim.report") / "glossary.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(text)
    return loaded


class Glossary:
    """The glossary in one language.

    Parameters
    ----------
    language : str
        ``en`` or ``zh``.
    titles : dict, optional
        Titles of scenarios and programmes by name, each by language.
    """

    def __init__(self, language: str, titles: dict[str, dict[str, str]] | None = None) -> None:
        if language not in ("en", "zh"):
            raise ValueError(f"language={language}: allowed are en, zh")
        self.language = language
        self.titles = titles or {}

    def of(self, section: str, key: str) -> str:
        """Return the word for ``key``; the key itself if the glossary does not have it."""
        entry = entries()[section].get(key)
        return entry[self.language] if entry else key

    def word(self, key: str) -> str:
        """Return a heading, header or axis label."""
        return self.of("words", key)

    def measure(self, name: str) -> str:
        """Return the name of a measure."""
        cause = name.removeprefix("falls_by_cause_")
        return self.of("causes", cause) if cause != name else self.of("measures", name)

    def title(self, name: str) -> str:
        """Return the title of a scenario or programme."""
        if name in self.titles:
            return self.titles[name].get(self.language) or name
        return self.of("programmes", name)

    def what(self, name: str) -> str:
        """Return the one-line definition of a measure."""
        entry: dict[str, Any] = entries()["measures"].get(name, {})
        return str(entry.get(f"what_{self.language}", ""))

    def sentence(self, key: str, **parts: object) -> str:
        """Return a sentence with its parts filled in."""
        return self.of("sentences", key).format(**parts)

    def value(self, measure: str, number: float) -> str:
        """Return a level with its unit: 3.1 %, 12,588, 0.36."""
        if number is None or math.isnan(number):
            return "–"
        match kind(measure):
            case "share":
                return f"{number * PERCENT:.2f} %"
            case "yuan" | "count":
                return f"{number:,.0f}"
            case "yuan_total":
                return f"{number / 1e9:,.1f}"
            case _:
                return f"{number:.3f}"

    def difference(self, measure: str, number: float) -> str:
        """Return a signed difference; shares differ by percentage points, never by percent."""
        if number is None or math.isnan(number):
            return "–"
        match kind(measure):
            case "share":
                unit = "pp" if self.language == "en" else "个百分点"
                return f"{number * PERCENT:+.2f} {unit}".replace("-", "\u2212")
            case "yuan" | "count":
                return f"{number:+,.0f}".replace("-", "\u2212")
            case "yuan_total":
                return f"{number / 1e9:+,.1f}".replace("-", "\u2212")
            case _:
                return f"{number:+.3f}".replace("-", "\u2212")

    def interval(self, measure: str, low: float, high: float) -> str:
        """Return an interval in the unit of the difference."""
        if math.isnan(low) or math.isnan(high):
            return "–"
        first, last = self.difference(measure, low), self.difference(measure, high)
        for unit in (" pp", " 个百分点"):
            first = first.removesuffix(unit)  # the unit once, at the end
        return f"{first} … {last}"

    def unit(self, measure: str) -> str:
        """Return the unit of a level."""
        chinese = self.language == "zh"
        match kind(measure):
            case "share":
                return "%"
            case "yuan":
                return "元（2020年价）" if chinese else "yuan of 2020"
            case "yuan_total":
                return "十亿元（2020年价）" if chinese else "billion yuan of 2020"
            case "count":
                return "个" if chinese else "number"
            case _:
                return "指数" if chinese else "index"


def kind(measure: str) -> str:
    """Return what kind of number a measure is."""
    if measure.startswith("falls_by_cause_"):
        return "share"
    return entries()["measures"].get(measure, {}).get("kind", "index")


def good(measure: str) -> str:
    """Return the direction that is better for people: lower, higher or none."""
    return entries()["measures"].get(measure, {}).get("good", "none")
