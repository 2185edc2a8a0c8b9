"""The cost ledger; and costs, liabilities and fund balances beside benefits."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from povsim.money.ledger import FISCAL_SOURCES
from povsim.report.results.study import Results, money
from povsim.report.sections.html_table import Cell, Grid, Line, cells, same_widths
from povsim.study.comparison.effects import over_seeds
from povsim.words.glossary import Glossary
from povsim.words.typography import MINUS, PERCENT

SHOWN = 0.05
"""Large units below which a row of the ledger is left out."""


def ledger(results: Results, words: Glossary) -> Grid | None:
    """Return the cost ledger: rows by programme, source and use, columns by scenario."""
    table = money(results)
    if table.empty or not results.arms:
        return None
    wide = table.pivot_table(
        index=["programme", "source", "use"], columns="scenario", values="yuan", fill_value=0.0
    ).reindex(columns=results.arms, fill_value=0.0)
    wide /= words.large
    wide = wide[wide.max(axis=1) >= SHOWN]
    lines = [
        Line(
            words.of("sources", source),
            cells([words.of("uses", use), *map(_amount, values)]),
            kind="" if source in FISCAL_SOURCES else "private",
            of=words.title(str(programme)) if i == 0 else "",
            rows=len(rows),
        )
        for programme, rows in wide.groupby(level="programme", sort=True)
        for i, ((_, source, use), values) in enumerate(
            zip(rows.index, rows.to_numpy(), strict=True)
        )
    ]
    fiscal = table[table["source"].isin(FISCAL_SOURCES)].groupby("scenario")["yuan"].sum()
    totals = [_amount(fiscal.get(s, 0.0) / words.large) for s in results.arms]
    residual = [residual_of(results.manifest["cost_residual"], s) for s in results.arms]
    return Grid(
        words.word("amount"),
        [words.word(w) for w in ("programme", "source", "use")]
        + [words.title(s) for s in results.arms],
        lines,
        foot=[
            Line(words.measure("fiscal_cost"), cells(totals), across=3),
            Line(words.word("residual"), cells(residual), across=3),
        ],
        left=frozenset({1}),
    )


def _amount(value: float) -> str:
    return f"{value:,.1f}"


def residual_of(residual: Mapping[str, float], scenario: str) -> str:
    """Return how far a scenario's cost is from the baseline's, in percent."""
    if scenario not in residual:
        return "–"
    text = f"{PERCENT * residual[scenario]:+.3f}%"
    return "0.000%" if text[1:] == "0.000%" else text.replace("-", MINUS)


def balance(results: Results, words: Glossary) -> Grid | None:
    """Return what each arm costs and owes beside what it achieves, a column for each arm."""
    if not results.arms:
        return None
    arms, year = results.arms, results.years[-1]
    totals = money(results)
    rows: list[tuple[str, Callable[[str], Cell]]] = [
        ("outlay_pv", lambda s: _large(words, _outlay(results, s))),
        ("private_total", lambda s: _large(words, _sum(totals, s, source="private_investors"))),
        ("unmatched_total", lambda s: _unmatched(results, words, s)),
        ("guarantee_total", lambda s: _large(words, _sum(totals, s, use="guarantee_loss"))),
        ("interest_total", lambda s: _large(words, _sum(totals, s, use="interest"))),
        ("unspent_total", lambda s: _large(words, _sum(totals, s, use="unspent"))),
        ("fund_end", lambda s: _level(results, words, "medical_fund_balance", s)),
        ("debt_end", lambda s: _level(results, words, "debt_to_revenue", s)),
        ("averted_total", lambda s: _averted(results, words, s)),
        ("lifted_end", lambda s: _lifted(results, words, s)),
    ]
    lines = []
    for key, cell in rows:
        row = [cell(s) for s in arms]
        if any(c.text != "–" for c in row):
            lines.append(Line(words.sentence(key, year=year), row, words.word(f"{key}_unit")))
    against = results.manifest.get("reference") or results.baseline
    caption = words.sentence(
        "balance_caption",
        first=results.years[0],
        last=year,
        reference=words.title(against),
        baseline=words.title(results.baseline),
    )
    head = [words.word("account"), *(words.title(s) for s in arms)]
    return Grid(caption, head, lines, widths=same_widths(len(head)))


def _large(words: Glossary, yuan: float) -> Cell:
    """Return a large sum of money, in the unit of the language."""
    return Cell(words.value("fiscal_cost", yuan))


def _outlay(results: Results, scenario: str) -> float:
    """Return discounted fiscal outlay, mean over seeds, yuan."""
    good = results.runs[results.runs["status"] == "ok"]
    return float(good.loc[good["scenario"] == scenario, "fiscal_cost_pv"].mean())


def _sum(totals: pd.DataFrame, scenario: str, **account: str) -> float:
    """Return yuan over the period that went from a source or to a use."""
    mine = totals["scenario"] == scenario
    for key, name in account.items():
        mine &= totals[key] == name
    return float(totals.loc[mine, "yuan"].sum())


def _unmatched(results: Results, words: Glossary, scenario: str) -> Cell:
    """Return money for leverage that found no investor and that counties invested alone."""
    found = [results.effect("matched_leverage_unmatched", scenario, year) for year in results.years]
    yuan = [float(row["value"]) for row in found if row is not None]
    return _large(words, sum(yuan)) if yuan else Cell("–")


def _level(results: Results, words: Glossary, measure: str, scenario: str) -> Cell:
    row = results.effect(measure, scenario, results.years[-1])
    return Cell("–" if row is None else words.value(measure, float(row["value"])))


def _averted(results: Results, words: Glossary, scenario: str) -> Cell:
    """Return relapses averted against the reference over the whole run, paired within seed."""
    against = str(results.manifest.get("reference") or results.baseline)
    fell = results.relapses
    if scenario == against or not {scenario, against} <= set(fell.columns):
        return Cell("–")
    return _persons(words, fell[against] - fell[scenario])


def _lifted(results: Results, words: Glossary, scenario: str) -> Cell:
    """Return persons out of relative poverty in the last year, against the baseline."""
    if scenario == results.baseline:
        return Cell("–")
    year, base = results.years[-1], results.baseline
    persons = results.by_seed("persons", base, year)
    rates = [results.by_seed("relative_poverty_rate_50", s, year) for s in (base, scenario)]
    return _persons(words, (rates[0] - rates[1]) * persons)


def _persons(words: Glossary, number: pd.Series) -> Cell:
    """Return a number of persons with its interval over seeds; more is better."""
    if number.dropna().empty:
        return Cell("–")
    row = over_seeds(pd.Series(number.to_numpy(), [0] * len(number))).iloc[0]
    middle, low, high = (float(row[key]) for key in ("difference", "ci_low", "ci_high"))
    kind = "unclear" if low <= 0.0 <= high else ("better" if low > 0.0 else "worse")
    if np.isnan(low):
        return Cell(words.persons(middle))
    return Cell(words.persons(middle), f"{words.persons(low)} … {words.persons(high)}", kind)
