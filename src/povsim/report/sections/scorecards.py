"""The scorecards: outcomes by year, and by group and county class."""

import pandas as pd

from povsim.report.figures.gains import part_label
from povsim.report.results.study import CLASSES, GROUPS, Results, horizons
from povsim.report.sections.html_table import MANY, Cell, Grid, Line, judged, same_widths
from povsim.words.glossary import Glossary

OUTCOMES = (
    "relapse_rate",
    "ever_relapsed_share",
    "new_poverty_rate",
    "absolute_poverty_rate",
    "absolute_poverty_rate_after_expenses",
    "consumption_poverty_rate",
    "poverty_gap",
    "relative_poverty_rate_40",
    "relative_poverty_rate_50",
    "relative_poverty_rate_60",
    "relative_poverty_rate_50_frozen",
    "gini",
    "mean_income",
    "income_wage",
    "income_business",
    "income_property",
    "income_transfer",
    "policy_income_share",
    "mean_consumption",
    "employment_rate",
    "catastrophic_health_rate",
    "distress_sale_rate",
    "fiscal_cost",
    "private_investment",
    "guarantee_losses",
    "cost_per_relapse_averted",
)
EARLY = (
    "relapse_rate",
    "new_poverty_rate",
    "absolute_poverty_rate",
    "consumption_poverty_rate",
    "relative_poverty_rate_40",
    "relative_poverty_rate_50",
    "relative_poverty_rate_60",
    "mean_income",
    "policy_income_share",
    "cost_per_relapse_averted",
)
"""Outcomes of the scorecards of earlier years; the last year has all."""
BY_GROUP = (
    "mean_income",
    "absolute_poverty_rate",
    "relative_poverty_rate_50",
    "relapse_rate",
    "new_poverty_rate",
)


def scorecards(results: Results, words: Glossary) -> list[Grid]:
    """Return a scorecard for each horizon, the last year first."""
    if not results.arms:
        return []
    return [_scorecard(results, words, year) for year in reversed(horizons(results.years))]


def _scorecard(results: Results, words: Glossary, year: int) -> Grid:
    """Return the scorecard of one year: baseline levels and differences of the arms."""
    last = year == results.years[-1]
    lines = []
    for measure in OUTCOMES if last else EARLY:
        row = _row(results, words, measure, year)
        if row is not None:
            what = words.what(measure) if last else ""
            small = f"{what} · {words.unit(measure)}" if what else words.unit(measure)
            lines.append(Line(words.measure(measure), row, small))
    caption = (
        f"{year} · {words.labelled(words.title(results.baseline), words.word('baseline'))}"
        f" · {words.word('difference')}"
    )
    return _grid(results, words, caption, words.word("outcome"), lines)


def _row(
    results: Results, words: Glossary, measure: str, year: int, **part: str
) -> list[Cell] | None:
    """Return the baseline's level and the arms' differences; None if nothing was measured."""
    base = results.effect(measure, results.baseline, year, **part)
    rows = [results.effect(measure, s, year, **part) for s in results.others]
    if base is None and all(r is None or pd.isna(r["difference"]) for r in rows):
        return None
    level = words.value(measure, float(base["value"])) if base is not None else "–"
    units = _room_for_units(results)
    return [Cell(level), *(judged(words, measure, row, units) for row in rows)]


def _grid(results: Results, words: Glossary, caption: str, name: str, lines: list[Line]) -> Grid:
    """Return a table with the baseline's level and a column for each other arm."""
    arms = [words.title(s) for s in (results.baseline, *results.others)]
    if not _room_for_units(results):
        caption = f"{caption} · {words.word('points_apart')}"
    return Grid(caption, [name, *arms], lines, widths=same_widths(len(arms) + 1))


def _room_for_units(results: Results) -> bool:
    """Say whether columns are wide enough for each difference to have its unit."""
    return len(results.others) + 2 <= MANY


def by_group(results: Results, words: Glossary) -> list[Grid]:
    """Return, for each measure, differences by group and county class in the last year."""
    if not results.arms:
        return []
    year = results.years[-1]
    parts = [("group", g) for g in (*GROUPS, "registered")] + [("region", c) for c in CLASSES]
    tables = []
    for measure in BY_GROUP:
        lines = [
            Line(part_label(results, words, key, name), row)
            for key, name in parts
            if results.effect(measure, results.baseline, year, **{key: name}) is not None
            and (row := _row(results, words, measure, year, **{key: name}))
        ]
        if lines:
            unit = words.unit(measure)
            caption = words.sentence(
                "stress_caption",
                measure=words.measure(measure),
                year=year,
                unit=unit,
                difference=words.word("difference"),
            )
            tables.append(_grid(results, words, caption, words.word("group"), lines))
    return tables


def not_measured(results: Results, words: Glossary) -> list[str]:
    """Return the outcomes of the scorecard that this run does not have."""
    there = set(results.effects["measure"])
    return [words.measure(m) for m in OUTCOMES if m not in there]
