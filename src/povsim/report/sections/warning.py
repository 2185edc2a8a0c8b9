"""Early-warning operations: whom it watches, what it sees, how fast, at what work and cost."""

import math

from povsim.money.ledger import FISCAL_SOURCES
from povsim.report.results.study import Results
from povsim.report.sections.html_table import Cell, Grid, Line, cells
from povsim.words.glossary import Glossary

PROGRAMME = "early_warning"
SHOWN = (
    "warning_case_load",
    "monitored_share",
    "warning_cases",
    "warning_true_positive_rate",
    "warning_false_positive_rate",
    "warning_delay_days",
    "warning_officer_load",
)


def warning_arms(results: Results) -> list[str]:
    """Return the arms that have the early-warning programme."""
    return [s for s in results.arms if ("monitored_share", s) in results.whole]


def operations(results: Results, words: Glossary) -> Grid | None:
    """Return the operations of early warning in the first, the middle and the last year."""
    arms = warning_arms(results)
    if not arms:
        return None
    years = results.years
    shown = sorted({years[0], years[len(years) // 2], years[-1]})
    lines = [
        Line(
            str(year),
            _row(results, words, scenario, year),
            of=words.title(scenario) if year == shown[0] else "",
            rows=len(shown),
        )
        for scenario in arms
        for year in shown
    ]
    head = [words.word("arm"), words.word("year_head")]
    head += [_headed(m, words) for m in SHOWN]
    head += [
        words.bracketed(words.word("warning_cost"), words.word("large_yuan")),
        words.bracketed(words.word("cost_per_case"), words.word("yuan")),
    ]
    return Grid(words.word("warning_caption"), head, lines)


def _headed(measure: str, words: Glossary) -> str:
    """Return the head of a column: the measure, and its unit where its name does not say it."""
    unit = {
        "warning_case_load": words.word("crowd"),
        "warning_cases": words.word("crowd_households"),
    }.get(measure, "")
    return words.bracketed(words.measure(measure), unit)


def _row(results: Results, words: Glossary, scenario: str, year: int) -> list[Cell]:
    """Return the numbers of one arm and year, means over seeds."""
    texts = []
    for measure in SHOWN:
        value = results.by_seed(measure, scenario, year).mean()
        if measure in ("warning_case_load", "warning_cases"):
            texts.append(words.persons(float(value), signed=False))
        else:
            texts.append(words.value(measure, float(value)))
    cost = _cost(results, scenario, year)
    cases = float(results.by_seed("warning_cases", scenario, year).mean())
    texts.append(words.value("fiscal_cost", cost))
    texts.append(f"{cost / cases:,.0f}" if cases > 0.0 else "–")
    return cells(texts)


def _cost(results: Results, scenario: str, year: int) -> float:
    """Return what the programme spent in a year, mean over seeds, yuan."""
    table = results.ledger
    mine = table[(table["scenario"] == scenario) & (table["programme"] == PROGRAMME)]
    seeds = table.loc[table["scenario"] == scenario, "seed"].nunique()
    spent = mine[(mine["year"] == year) & mine["source"].isin(SPENT_FROM)]
    return float(spent.loc[spent["use"] != "unspent", "amount_yuan"].sum()) / max(seeds, 1)


SPENT_FROM = {*FISCAL_SOURCES, "carried_over"}
"""Where the money that the programme spends in a year comes from."""


def warning_finding(results: Results, words: Glossary) -> str:
    """Return in one sentence how much of what happens the arms' warning sees, last year."""
    year = results.years[-1]
    hits = {
        s: float(results.by_seed("warning_true_positive_rate", s, year).mean())
        for s in warning_arms(results)
    }
    hits = {s: v for s, v in hits.items() if not math.isnan(v)}
    if not hits:
        return ""
    best, worst = max(hits, key=lambda s: hits[s]), min(hits, key=lambda s: hits[s])
    alarm = float(results.by_seed("warning_false_positive_rate", best, year).mean())
    key = "warning_finding" if best != worst else "warning_finding_one"
    return words.sentence(
        key,
        year=year,
        best=words.quoted(best),
        worst=words.quoted(worst),
        hits=words.value("warning_true_positive_rate", hits[best]),
        fewest=words.value("warning_true_positive_rate", hits[worst]),
        alarms=words.value("warning_false_positive_rate", alarm),
    )
