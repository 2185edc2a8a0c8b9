"""Write numbers in the form in which people read them: levels, differences, intervals, units."""

import math

from povsim.measures.catalogue import declared
from povsim.units import in_words
from povsim.words.texts import section
from povsim.words.typography import MINUS, PERCENT, percent, signless_zero

LARGE = {"en": 1e9, "zh": 1e8}
"""Yuan in a unit of large sums: a billion in English, 亿 in Chinese."""
CROWD = {"en": 1e3, "zh": 1e4}
"""Persons in a unit of many people: a thousand in English, 万 in Chinese."""
MOST_DIGITS = 4
"""Decimals after which a difference that is not zero is shown as nearly zero."""
UNKNOWN = "–"


class Numbers:
    """Numbers of measures as one language writes them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.large = LARGE[language]

    def value(self, measure: str, number: float) -> str:
        """Return a level: 3.10%, 12,588, 0.360."""
        if number is None or math.isnan(number):
            return UNKNOWN
        match kind(measure):
            case "share":
                return percent(number, 2)
            case "yuan" | "count":
                return signless_zero(f"{number:,.0f}")
            case "yuan_total":
                return signless_zero(f"{number / self.large:,.1f}")
            case "decimal":
                return signless_zero(f"{number:,.1f}")
            case _:
                return f"{number:.3f}".replace("-", MINUS)

    def amount(self, measure: str, number: float) -> str:
        """Return a level as it stands in a sentence, with its unit."""
        text = self.value(measure, number)
        return text if kind(measure) == "share" or text == UNKNOWN else text + self._spoken(measure)

    def difference(self, measure: str, number: float, unit: bool = True) -> str:
        """Return a signed difference; shares differ by percentage points, never by percent."""
        if number is None or math.isnan(number):
            return UNKNOWN
        match kind(measure):
            case "share":
                text = with_sign(number * PERCENT, 2)
                return f"{text}{self._spaced('pp')}" if unit else text
            case "yuan" | "count":
                return with_sign(number, 0)
            case "yuan_total":
                return with_sign(number / self.large, 1)
            case "decimal":
                return with_sign(number, 1)
            case _:
                return with_sign(number, 3)

    def change(self, measure: str, number: float) -> str:
        """Return a signed difference as it stands in a sentence, with its unit."""
        text = self.difference(measure, number)
        return text if kind(measure) == "share" or text == UNKNOWN else text + self._spoken(measure)

    def interval(self, measure: str, low: float, high: float, unit: bool = True) -> str:
        """Return an interval in the unit of the difference, the unit once at its end."""
        if math.isnan(low) or math.isnan(high):
            return UNKNOWN
        first = self.difference(measure, low, unit=False)
        return f"{first} … {self.difference(measure, high, unit)}"

    def span(self, measure: str, low: float, high: float) -> str:
        """Return an interval as it stands in a sentence, with its unit."""
        if math.isnan(low) or math.isnan(high):
            return UNKNOWN
        return f"{self.difference(measure, low, unit=False)} … {self.change(measure, high)}"

    def persons(self, number: float, signed: bool = True) -> str:
        """Return a number of persons in the unit of the language, thousands or 万."""
        shown, digits = number / CROWD[self.language], int(self.language == "zh")
        if math.isnan(number):
            return UNKNOWN
        return with_sign(shown, digits) if signed else f"{shown:,.{digits}f}"

    def axis(self, measure: str, difference: bool = False) -> str:
        """Return the label of an axis that shows a measure, or differences of it."""
        words = section("words", self.language)
        if kind(measure) == "share":
            if difference:
                return words["pp_short_axis"]
            return "%" if measure == "policy_income_share" else words["share_axis"]
        return words["yuan_short_axis"] if kind(measure) == "yuan" else self.unit(measure)

    def unit(self, measure: str) -> str:
        """Return the unit of a level as reports show it."""
        own = section("kinds", self.language).get(kind(measure))
        return own or in_words(declared(measure).unit, self.language)

    def unit_in_files(self, measure: str) -> str:
        """Return the unit of a level in tables, where shares are no % and yuan no billions."""
        unit = in_words(declared(measure).unit, self.language)
        pattern = section("kinds_in_files", self.language).get(kind(measure), "{unit}")
        return pattern.format(unit=unit)

    def _spoken(self, measure: str) -> str:
        """Return the unit as it follows a number in a sentence; indices have none."""
        unit = {"yuan": "yuan", "yuan_total": "large_yuan"}.get(kind(measure))
        return self._spaced(unit) if unit else ""

    def _spaced(self, unit: str) -> str:
        """Return a unit with the space that the language sets before it."""
        space = " " if self.language == "en" else ""
        return f"{space}{section('words', self.language)[unit]}"


def kind(measure: str) -> str:
    """Return what kind of number a measure is."""
    return declared(measure).kind


def good(measure: str) -> str:
    """Return the direction that is better for people: lower, higher or none."""
    return declared(measure).better


def with_sign(number: float, digits: int) -> str:
    """Return a number with its sign, and with as many more decimals as its first digit needs."""
    if number == 0.0:
        return f"{0.0:.{digits}f}"
    while digits < MOST_DIGITS and abs(number) < 0.5 * 10.0**-digits:
        digits += 1
    return f"{number:+,.{digits}f}".replace("-", MINUS)
