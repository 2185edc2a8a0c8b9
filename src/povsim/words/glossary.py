"""Words in two languages, and numbers in the form in which people read them."""

import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from povsim.machine.yaml_files import read_yaml
from povsim.measures.catalogue import declared, sections
from povsim.units import in_words

PERCENT = 100.0
LARGE = {"en": 1e9, "zh": 1e8}
"""Yuan in a unit of large sums: a billion in English, 亿 in Chinese."""
CROWD = {"en": 1e3, "zh": 1e4}
"""Persons in a unit of many people: a thousand in English, 万 in Chinese."""
MINUS = "\u2212"
MOST_DIGITS = 4
"""Decimals after which a difference that is not zero is shown as nearly zero."""


@cache
def entries() -> dict[str, dict[str, dict[str, str]]]:
    """Return the whole glossary, the words of the catalogue included: section, key, fields."""
    return {**sections(), **read_yaml(Path(__file__).with_name("report.yaml"))}


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
        self.large = LARGE[language]

    def of(self, section: str, key: str) -> str:
        """Return the word for ``key``; the key itself if the glossary does not have it."""
        entry = entries()[section].get(key)
        return entry[self.language] if entry else key

    def word(self, key: str) -> str:
        """Return a heading, header or axis label."""
        return self.of("words", key)

    def measure(self, name: str) -> str:
        """Return the title of a measure."""
        return declared(name).title[self.language]

    def title(self, name: str) -> str:
        """Return the title of a scenario or programme."""
        if name in self.titles:
            return self.titles[name].get(self.language) or name
        return self.of("programmes", name)

    def what(self, name: str) -> str:
        """Return the one-line definition of a measure."""
        return declared(name).definition[self.language]

    def sentence(self, key: str, **parts: object) -> str:
        """Return a sentence with its parts filled in."""
        return self.of("sentences", key).format(**parts)

    def sentence_like(self, measure: str, scenario: str, baseline: str) -> str:
        """Return the heading of a figure that shows one scenario against the baseline."""
        against = self.word("against").format(baseline=self.title(baseline))
        return f"{self.measure(measure)}, {self.title(scenario)}: {against}"

    def value(self, measure: str, number: float) -> str:
        """Return a level: 3.10 %, 12,588, 0.360."""
        if number is None or math.isnan(number):
            return "–"
        match kind(measure):
            case "share":
                return f"{number * PERCENT:.2f} %"
            case "yuan" | "count":
                return _signless_zero(f"{number:,.0f}")
            case "yuan_total":
                return _signless_zero(f"{number / self.large:,.1f}")
            case "decimal":
                return _signless_zero(f"{number:,.1f}")
            case _:
                return f"{number:.3f}".replace("-", MINUS)

    def amount(self, measure: str, number: float) -> str:
        """Return a level as it stands in a sentence, with its unit."""
        text = self.value(measure, number)
        return text if kind(measure) == "share" or text == "–" else text + self._spoken(measure)

    def difference(self, measure: str, number: float, unit: bool = True) -> str:
        """Return a signed difference; shares differ by percentage points, never by percent."""
        if number is None or math.isnan(number):
            return "–"
        match kind(measure):
            case "share":
                text = _signed(number * PERCENT, 2)
                return f"{text} {self.of('words', 'pp')}" if unit else text
            case "yuan" | "count":
                return _signed(number, 0)
            case "yuan_total":
                return _signed(number / self.large, 1)
            case "decimal":
                return _signed(number, 1)
            case _:
                return _signed(number, 3)

    def change(self, measure: str, number: float) -> str:
        """Return a signed difference as it stands in a sentence, with its unit."""
        text = self.difference(measure, number)
        return text if kind(measure) == "share" or text == "–" else text + self._spoken(measure)

    def interval(self, measure: str, low: float, high: float, unit: bool = True) -> str:
        """Return an interval in the unit of the difference, the unit once at its end."""
        if math.isnan(low) or math.isnan(high):
            return "–"
        first = self.difference(measure, low, unit=False)
        return f"{first} … {self.difference(measure, high, unit)}"

    def persons(self, number: float, signed: bool = True) -> str:
        """Return a number of persons in the unit of the language, thousands or 万."""
        shown, digits = number / CROWD[self.language], int(self.language == "zh")
        if math.isnan(number):
            return "–"
        return _signed(shown, digits) if signed else f"{shown:,.{digits}f}"

    def joined(self, names: Iterable[str]) -> str:
        """Return a list of names as the language strings them together."""
        return ("、" if self.language == "zh" else ", ").join(names)

    def quoted(self, scenario: str) -> str:
        """Return a scenario's title, set off from the sentence."""
        title = self.title(scenario)
        return f"“{title}”"

    def inside(self, measure: str) -> str:
        """Return a measure's name as it stands inside a sentence."""
        name = self.measure(measure)
        return name[0].lower() + name[1:] if self.language == "en" else name

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Return sentences one after another, with the space that the language needs."""
        return ("" if self.language == "zh" else " ").join(s for s in sentences if s)

    def choice(self, factor: str, name: str) -> str:
        """Return the name of one choice of a structural factor."""
        return self.of("choices", f"{factor.split('/')[-1]}.{name}").removeprefix(
            f"{factor.split('/')[-1]}."
        )

    def span(self, measure: str, low: float, high: float) -> str:
        """Return an interval as it stands in a sentence, with its unit."""
        if math.isnan(low) or math.isnan(high):
            return "–"
        return f"{self.difference(measure, low, unit=False)} … {self.change(measure, high)}"

    def _spoken(self, measure: str) -> str:
        """Return the unit as it follows a number in a sentence; indices have none."""
        unit = {"yuan": "yuan", "yuan_total": "large_yuan"}.get(kind(measure))
        space = " " if self.language == "en" else ""
        return f"{space}{self.of('words', unit)}" if unit else ""

    def axis(self, measure: str, difference: bool = False) -> str:
        """Return the label of an axis that shows a measure, or differences of it."""
        if kind(measure) == "share":
            if difference:
                return self.word("pp_short_axis")
            return "%" if measure == "policy_income_share" else self.word("share_axis")
        return self.word("yuan_short_axis") if kind(measure) == "yuan" else self.unit(measure)

    def unit(self, measure: str) -> str:
        """Return the unit of a level as reports show it."""
        chinese = self.language == "zh"
        match kind(measure):
            case "share":
                return "%"
            case "yuan":
                return "元（2020年价）" if chinese else "yuan of 2020"
            case "yuan_total":
                return "亿元（2020年价）" if chinese else "billion yuan of 2020"
            case _:
                return in_words(declared(measure).unit, self.language)

    def unit_in_files(self, measure: str) -> str:
        """Return the unit of a level in tables, where shares are no % and yuan no billions."""
        unit = in_words(declared(measure).unit, self.language)
        match kind(measure):
            case "share":
                return "比例（0–1）" if self.language == "zh" else "share, 0 to 1"
            case "yuan" | "yuan_total":
                if self.language == "zh":
                    return f"{unit}（2020年价）"
                return unit.replace("yuan", "yuan of 2020", 1)
            case _:
                return unit


def kind(measure: str) -> str:
    """Return what kind of number a measure is."""
    return declared(measure).kind


def good(measure: str) -> str:
    """Return the direction that is better for people: lower, higher or none."""
    return declared(measure).better


def _signed(number: float, digits: int) -> str:
    """Return a number with its sign, and with as many more decimals as its first digit needs."""
    if number == 0.0:
        return f"{0.0:.{digits}f}"
    while digits < MOST_DIGITS and abs(number) < 0.5 * 10.0**-digits:
        digits += 1
    return f"{number:+,.{digits}f}".replace("-", MINUS)


def _signless_zero(text: str) -> str:
    """Return a number without the sign of a rounded zero, with a proper minus sign."""
    return text.removeprefix("-") if not text.strip("-0.,") else text.replace("-", MINUS)
