"""The answer: one paragraph for who decides, written from the numbers by rules; then details."""

import math

from povsim.report.results.claims import ASKED, Claim, claim, clause
from povsim.report.results.study import GROUPS, Results
from povsim.study.comparison.dial import ENOUGH
from povsim.words.glossary import Glossary

FEW = 4
"""Arms up to which it is said of each that nobody loses."""


def lead(results: Results, words: Glossary, assumptions: str) -> str:
    """Return three to five sentences: what wins when, who loses, whether it depends.

    Parameters
    ----------
    assumptions : str
        What the checks say about other assumptions.
    """
    if not results.others:
        return words.paragraph([_level(results, words)])
    said = [_both_times(results, words, measure) for measure in ASKED]
    said.append(_who_loses(results, words))
    return words.paragraph([*said, assumptions])


def _both_times(results: Results, words: Glossary, measure: str) -> str:
    """Return who leads early and late on an outcome."""
    early, late = (claim(results, measure, year) for year in two_years(results))
    if early is None or late is None:
        return ""
    parts = {"name": words.inside(measure), "year": late.year, "late": clause(late, words)}
    if early.year == late.year:
        return words.sentence("lead_one_year", **parts)
    if not early.clear and not late.clear:
        return words.sentence("lead_never", early_year=early.year, **parts)
    if early.clear and late.clear and early.best == late.best:
        return words.sentence(
            "lead_throughout",
            early_year=early.year,
            early_difference=words.change(measure, early.difference),
            early_other=words.quoted(early.other),
            **parts,
        )
    return words.sentence(
        "lead_two_years", early_year=early.year, early=clause(early, words), **parts
    )


def two_years(results: Results) -> tuple[int, int]:
    """Return the early and the late year that the answer speaks of."""
    return results.years[min(1, len(results.years) - 1)], results.years[-1]


def _who_loses(results: Results, words: Glossary) -> str:
    """Return which groups clearly lose income against the baseline, the largest loss named."""
    year, baseline = results.years[-1], words.quoted(results.baseline)
    lost = {s: found for s in results.others if (found := _losses(results, s, year))}
    if not lost:
        return words.sentence("lead_nobody_loses", year=year, baseline=baseline)
    worst = min(lost, key=lambda s: min(lost[s].values()))
    if len(lost) > FEW:
        told = _largest(words, worst, lost[worst])
        return words.sentence(
            "lead_many_lose", n=len(lost), year=year, baseline=baseline, worst=told
        )
    return words.sentence("lead_losers", year=year, baseline=baseline, told=_each(words, lost))


def _each(words: Glossary, lost: dict[str, dict[str, float]]) -> str:
    """Return the largest loss in each arm."""
    return words.joined((_largest(words, s, found) for s, found in lost.items()), "clause")


def _largest(words: Glossary, scenario: str, lost: dict[str, float]) -> str:
    """Return which group loses most in an arm, and how many more lose."""
    group = min(lost, key=lambda g: lost[g])
    more = words.sentence("and_more_groups", n=len(lost) - 1) if len(lost) > 1 else ""
    return words.sentence(
        "lead_loser",
        scenario=words.quoted(scenario),
        group=words.of("groups", group),
        difference=words.change("mean_income", lost[group]),
        more=more,
    )


def _losses(results: Results, scenario: str, year: int) -> dict[str, float]:
    """Return by group how much income is clearly lower than in the baseline."""
    rows = {g: results.effect("mean_income", scenario, year, g) for g in GROUPS}
    return {
        g: float(row["difference"])
        for g, row in rows.items()
        if row is not None and row["ci_high"] < 0
    }


def _level(results: Results, words: Glossary) -> str:
    """Return the baseline's relapse in the first and the last year."""
    first, last = results.years[0], results.years[-1]
    rows = [results.effect("relapse_rate", results.baseline, year) for year in (first, last)]
    if rows[0] is None or rows[1] is None:
        return ""
    levels = [words.value("relapse_rate", float(row["value"])) for row in rows if row is not None]
    return words.sentence(
        "level",
        baseline=words.quoted(results.baseline),
        measure=words.inside("relapse_rate"),
        first=levels[0],
        year1=first,
        last=levels[1],
        year2=last,
    )


def details(results: Results, words: Glossary) -> list[str]:
    """Return the sentences that stand under the answer."""
    if not results.others:
        return []
    early, late = two_years(results)
    said = [_level(results, words)]
    found = [claim(results, m, year) for year in dict.fromkeys((early, late)) for m in ASKED]
    found.append(claim(results, "mean_income", late))
    said += [_compared(c, words) for c in found if c is not None]
    lost = {s: _losses(results, s, late) for s in results.others}
    if len(lost) <= FEW:
        said += [_losers(words, s, late, found) for s, found in lost.items()]
    elif any(lost.values()):
        told = _each(words, {s: found for s, found in lost.items() if found})
        base = words.quoted(results.baseline)
        said.append(words.sentence("lead_losers", year=late, baseline=base, told=told))
    return [s for s in [*said, _cost(results, words), verdict_count(results, words)] if s]


def _compared(c: Claim, words: Glossary) -> str:
    """Return best against worst with the interval of the paired difference."""
    key = "income" if c.measure == "mean_income" else "best"
    return words.sentence(
        key if c.clear else "tie",
        year=c.year,
        measure=words.inside(c.measure),
        scenario=words.quoted(c.best),
        other=words.quoted(c.other),
        value=words.amount(c.measure, c.value),
        difference=words.change(c.measure, c.difference),
        interval=words.span(c.measure, c.low, c.high),
    )


def _losers(words: Glossary, scenario: str, year: int, lost: dict[str, float]) -> str:
    """Name the groups whose income is clearly lower than in the baseline."""
    if not lost:
        return words.sentence("no_losers", scenario=words.quoted(scenario), year=year)
    told = (f"{words.of('groups', g)} {words.change('mean_income', v)}" for g, v in lost.items())
    return words.sentence(
        "losers", scenario=words.quoted(scenario), groups=words.joined(told), year=year
    )


def _cost(results: Results, words: Glossary) -> str:
    """Return how equal the arms' costs are, where they were to be equal."""
    residual = max((abs(v) for v in results.manifest["cost_residual"].values()), default=math.nan)
    if math.isnan(residual) or results.manifest.get("equal_cost") == "none":
        return ""
    key = "cost" if residual <= ENOUGH else "cost_apart"
    return words.sentence(key, residual=f"{100 * residual:.2f}", enough=f"{100 * ENOUGH:g}")


def cost_apart(results: Results, words: Glossary) -> str:
    """Return that arms cost more or less than what counts as equal, where they were to be equal."""
    residual = results.manifest["cost_residual"].values()
    return _cost(results, words) if max(map(abs, residual), default=0.0) > ENOUGH else ""


def verdict_count(results: Results, words: Glossary) -> str:
    """Return how many of the expected signs came out."""
    if not len(results.verdicts):
        return ""
    counts = results.judged.value_counts()
    kinds = ("contradicted", "inconclusive", "matched", "not_run")
    return words.sentence(
        "verdict_count_not_run" if "not_run" in counts else "verdict_count",
        n=len(results.verdicts),
        **{v: int(counts.get(v, 0)) for v in kinds},
    )
