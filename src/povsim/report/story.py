"""The answer in one paragraph, written from the numbers by rules."""

import math

from povsim.report.glossary import Glossary
from povsim.report.tables import GROUPS, Results
from povsim.study.effects import contrast
from povsim.study.experiment import Term

ASKED = ("relapse_rate", "relative_poverty_rate_50")


def _quoted(words: Glossary, scenario: str) -> str:
    """Return a scenario's title, set off from the sentence in English."""
    title = words.title(scenario)
    return f"“{title}”" if words.language == "en" else title


def _inside(words: Glossary, measure: str) -> str:
    """Return a measure's name as it stands inside a sentence."""
    name = words.measure(measure)
    return name[0].lower() + name[1:] if words.language == "en" else name


FEW = 4
"""Arms up to which it is said of each that nobody loses."""


def answer(results: Results, words: Glossary) -> list[str]:
    """Return the sentences of the answer."""
    years, base = results.years, results.baseline
    said: list[str] = []
    row_first = results.effect("relapse_rate", base, years[0])
    row_last = results.effect("relapse_rate", base, years[-1])
    if row_first is not None and row_last is not None:
        said.append(
            words.sentence(
                "level",
                baseline=_quoted(words, base),
                measure=_inside(words, "relapse_rate"),
                first=words.value("relapse_rate", row_first["value"]),
                year1=years[0],
                last=words.value("relapse_rate", row_last["value"]),
                year2=years[-1],
            )
        )
    others = [s for s in results.arms if s != base]
    if not others:
        return said
    early = years[min(1, len(years) - 1)]
    for year in dict.fromkeys((early, years[-1])):
        said += [s for m in ASKED if (s := _best(results, words, m, year, lowest=True))]
    if sentence := _best(results, words, "mean_income", years[-1], lowest=False):
        said.append(sentence)
    few = len(others) <= FEW
    for scenario in others:
        sentence = _losers(results, words, scenario, years[-1])
        if few or sentence != _no_losers(words, scenario, years[-1]):
            said.append(sentence)
    residual = max((abs(v) for v in results.manifest["cost_residual"].values()), default=math.nan)
    if not math.isnan(residual) and results.manifest.get("equal_cost") != "none":
        said.append(words.sentence("cost", residual=f"{100 * residual:.2f}"))
    if len(results.verdicts):
        counts = results.verdicts["verdict"].value_counts()
        said.append(
            words.sentence(
                "verdict_count",
                n=len(results.verdicts),
                **{v: int(counts.get(v, 0)) for v in ("contradicted", "inconclusive", "matched")},
            )
        )
    return said


def _best(results: Results, words: Glossary, measure: str, year: int, lowest: bool) -> str:
    """Compare the best arm with the one that does worst, on paired seeds."""
    values = {
        s: float(row["value"])
        for s in results.arms
        if (row := results.effect(measure, s, year)) is not None
    }
    if len(values) < 2:
        return ""
    ranked = sorted(values, key=lambda s: values[s], reverse=not lowest)
    best, other = ranked[0], ranked[-1]
    first = results.years[0]
    sides = ((best, 1.0), (other, -1.0))
    terms = [Term(arm, measure, "all", "all", year - first + 1, w) for arm, w in sides]
    d = contrast(results.annual, terms, first)
    clear = d["ci_high"] < 0 if lowest else d["ci_low"] > 0
    key = "income" if measure == "mean_income" else ("best" if clear else "tie")
    return words.sentence(
        key,
        year=year,
        measure=_inside(words, measure),
        scenario=_quoted(words, best),
        other=_quoted(words, other),
        value=words.amount(measure, values[best]),
        difference=words.change(measure, d["difference"]),
        interval=words.interval(measure, d["ci_low"], d["ci_high"]),
    )


def _no_losers(words: Glossary, scenario: str, year: int) -> str:
    return words.sentence("no_losers", scenario=_quoted(words, scenario), year=year)


def _losers(results: Results, words: Glossary, scenario: str, year: int) -> str:
    """Name the groups whose income is clearly lower than in the baseline."""
    worse = []
    for group in GROUPS:
        row = results.effect("mean_income", scenario, year, group)
        if row is not None and row["ci_high"] < 0:
            lost = words.change("mean_income", float(row["difference"]))
            worse.append(f"{words.of('groups', group)} {lost}")
    if not worse:
        return _no_losers(words, scenario, year)
    joined = "、".join(worse) if words.language == "zh" else ", ".join(worse)
    return words.sentence("losers", scenario=_quoted(words, scenario), groups=joined, year=year)
