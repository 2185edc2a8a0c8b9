"""Who leads on an outcome in a year: the best arm, those like it, and the last one."""

import math
from dataclasses import dataclass

from povsim.report.results.study import Results
from povsim.study.comparison.effects import contrast
from povsim.study.comparison.experiment import Term
from povsim.words.glossary import Glossary, good

ASKED = ("relapse_rate", "relative_poverty_rate_50")
"""Outcomes that a paper's question and a minister's are about."""
FEW_NAMES = 3
"""Names that a sentence lists; more are counted."""


@dataclass(frozen=True)
class Claim:
    """The best arm in an outcome and year against the worst of those it clearly beats.

    If it clearly beats none, against the one that does worst. Differences are paired in seeds.

    Attributes
    ----------
    like : tuple of str
        Other arms that cannot be told apart from the best one: the interval holds zero.
    """

    measure: str
    year: int
    best: str
    other: str
    value: float
    difference: float
    low: float
    high: float
    like: tuple[str, ...] = ()

    @property
    def clear(self) -> bool:
        """Say whether the best arm can be told apart from any."""
        return self.low > 0.0 or self.high < 0.0


def claim(results: Results, measure: str, year: int) -> Claim | None:
    """Return who leads, or None if fewer than two arms were measured."""
    values = {
        s: float(row["value"])
        for s in results.arms
        if (row := results.effect(measure, s, year)) is not None
    }
    if len(values) < 2:
        return None
    ranked = sorted(values, key=lambda s: values[s], reverse=good(measure) == "higher")
    best = ranked[0]
    apart = {s: _apart(results, measure, year, best, s) for s in ranked[1:]}
    beaten = [s for s, (_, low, high) in apart.items() if low > 0.0 or high < 0.0]
    like = tuple(s for s in ranked[1:] if s not in beaten)
    other = beaten[-1] if beaten else ranked[-1]
    return Claim(measure, year, best, other, values[best], *apart[other], like)


def _apart(
    results: Results, measure: str, year: int, best: str, other: str
) -> tuple[float, float, float]:
    first = results.years[0]
    sides = ((best, 1.0), (other, -1.0))
    terms = [Term(arm, measure, "all", "all", year - first + 1, w) for arm, w in sides]
    d = contrast(results.panel, terms, first)
    return d["difference"], d["ci_low"], d["ci_high"]


def names(arms: tuple[str, ...], words: Glossary) -> str:
    """Return the names of arms, or how many they are."""
    if len(arms) <= FEW_NAMES:
        return words.joined(words.quoted(s) for s in arms)
    return words.sentence("other_arms", n=len(arms))


def clause(found: Claim, words: Glossary) -> str:
    """Return who leads as the middle of a sentence, with numbers and units."""
    seen = not math.isnan(found.low)
    key = "lead_clear" if found.clear else ("lead_tie" if seen else "lead_one_seed")
    like = words.sentence("lead_like", like=names(found.like, words)) if found.like else ""
    return words.sentence(
        key,
        scenario=words.quoted(found.best),
        value=words.amount(found.measure, found.value),
        other=words.quoted(found.other),
        difference=words.change(found.measure, found.difference),
        interval=words.span(found.measure, found.low, found.high),
        like=like,
    )
