"""Bars: income by source, where money went, why people fell."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from povsim.money.ledger import FISCAL_SOURCES, USES
from povsim.report.figures.style import WIDTH, in_legend, legend_above, mark, plain_ticks
from povsim.report.results.study import Results, money
from povsim.words.glossary import Glossary
from povsim.words.typography import PERCENT

SOURCES = {
    "income_wage": ("#2b5c8a", "white", ""),
    "income_business": ("#8fbf7f", "black", "//"),
    "income_property": ("#e6c229", "black", ".."),
    "income_transfer": ("#b8432f", "white", "xx"),
}
"""Colour, colour of numbers and hatch of each source of income."""
USE_COLOURS = {
    "received_by_households": ("#0b62a4", "white"),
    "invested": ("#e08a3c", "black"),
    "subsidies": ("#f2b5a0", "black"),
    "county_budget": ("#8da0cb", "black"),
    "medical_providers": ("#1b7f4b", "white"),
    "fund_balance": ("#b5b5b5", "black"),
    "administration": ("#d9bd4a", "black"),
    "leakage": ("#a11d1d", "white"),
    "guarantee_loss": ("#762a83", "white"),
    "lent": ("#5aa0a0", "black"),
    "rents_and_dividends": ("#b38b6d", "black"),
    "interest": ("#4d4d4d", "white"),
    "unspent": ("#e6e6e6", "black"),
}
WIDE_ENOUGH = 0.055
"""Share of the longest bar from which a part has room for its number."""


def income_by_source(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw income by source in the last year, for everybody and for registered households."""
    year, arms = results.years[-1], results.arms
    groups = [
        g
        for g in ("all", "registered")
        if results.effect("income_wage", arms[0], year, g) is not None
    ]
    if not groups:
        return None
    figure = Figure(figsize=(WIDTH, 0.56 * len(arms) + 1.5), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, len(groups), sharey=True, sharex=True))
    said: list[str] = []
    for axis, group in zip(axes, groups, strict=True):
        for place, scenario in enumerate(arms):
            said.append(_income_bar(axis, results, words, place, scenario, group))
        axis.set_title(words.joined([words.of("groups", group), str(year)], "part"))
        axis.set_xlabel(words.word("yuan_axis"))
        plain_ticks(axis, "x")
        axis.margins(x=0.14)
    _name_rows(axes[0], results, words)
    legend_above(figure, axes[0], len(SOURCES))
    return figure, words.joined(said, "clause")


def _income_bar(
    axis: Axes, results: Results, words: Glossary, place: int, scenario: str, group: str
) -> str:
    """Draw one stacked bar; return it in words."""
    year, left, said = results.years[-1], 0.0, []
    for source, (colour, ink, hatch) in SOURCES.items():
        row = results.effect(source, scenario, year, group)
        value = 0.0 if row is None else float(row["value"])
        name = words.measure(source)
        axis.barh(
            place, value, left=left, height=0.66, color=colour, hatch=hatch, edgecolor="white",
            label=name if place == 0 else None,
        )  # fmt: skip
        if value > 1500:
            box = {"facecolor": colour, "edgecolor": "none", "pad": 1.5}
            axis.text(
                left + value / 2, place, f"{value:,.0f}",
                ha="center", va="center", fontsize=9, color=ink, bbox=box,
            )  # fmt: skip
        said.append(f"{name} {value:,.0f}")
        left += value
    axis.text(left, place, f" {left:,.0f}", va="center", fontsize=9.5, weight="bold")
    whose = words.joined([words.of("groups", group), words.title(scenario)], "part")
    return words.labelled(f"{whose} {left:,.0f}", words.joined(said))


def where_money_went(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw fiscal money by use over the whole period, with private money beside it, hatched."""
    table = money(results)
    if table.empty:
        return None
    by = {
        True: table[table["source"].isin(FISCAL_SOURCES)],
        False: table[table["source"] == "private_investors"],
    }
    figure = Figure(figsize=(WIDTH, 0.8 * len(results.arms) + 1.8), layout="constrained")
    axis = figure.subplots()
    longest = by[True].groupby("scenario")["yuan"].sum().max() / words.large
    shown: dict[str, None] = {}
    said: list[str] = []
    for place, scenario in enumerate(results.arms):
        for fiscal, part in by.items():
            uses = part[part["scenario"] == scenario].groupby("use")["yuan"].sum() / words.large
            if not uses.sum() > 0.0:
                continue
            _money_bar(axis, place, fiscal, uses, longest)
            shown |= dict.fromkeys(uses[uses > 0.0].index)
            name = words.word("fiscal" if fiscal else "private")
            y = place - 0.14 if fiscal else place + 0.27
            axis.text(uses.sum(), y, f" {name} {uses.sum():,.0f}", va="center", fontsize=9.5)
            said.append(words.joined([words.title(scenario), f"{name} {uses.sum():,.0f}"], "part"))
    _name_rows(axis, results, words)
    axis.margins(x=0.12)
    axis.set_xlabel(words.word("billion_axis"))
    plain_ticks(axis, "x")
    keys = [Patch(color=USE_COLOURS[u][0], label=words.of("uses", u)) for u in USES if u in shown]
    keys.append(Patch(fc="white", ec="#333333", hatch="///", label=words.word("private")))
    figure.legend(handles=keys, loc="outside upper center", ncols=5)
    return figure, words.labelled(words.word("billion_axis"), words.joined(said, "clause"))


def _money_bar(axis: Axes, place: int, fiscal: bool, uses: pd.Series, longest: float) -> None:
    """Draw one stacked bar of uses, with numbers where they have room."""
    left = 0.0
    for use in USES:
        value = float(uses.get(use, 0.0))
        if value <= 0.0:
            continue
        colour, ink = USE_COLOURS[use]
        y = place - 0.14 if fiscal else place + 0.27
        axis.barh(
            y, value, left=left, height=0.48 if fiscal else 0.22, color=colour,
            edgecolor="white", linewidth=0.6, hatch=None if fiscal else "///",
        )  # fmt: skip
        if fiscal and value > WIDE_ENOUGH * longest:
            axis.text(
                left + value / 2, y, f"{value:,.0f}",
                ha="center", va="center", fontsize=9, color=ink,
            )  # fmt: skip
        left += value


def causes(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw how many people fell by cause and scenario, a year's mean over years and seeds."""
    by, label = _falls(results)
    if by.empty:
        return None
    figure = Figure(figsize=(WIDTH, 0.56 * len(by) + 1.5), layout="constrained")
    axis = figure.subplots()
    for j, scenario in enumerate(by.columns):
        colour, marker, _ = mark(scenario, results.arms)
        y = np.arange(len(by)) + (j - (len(by.columns) - 1) / 2) * min(0.18, 0.7 / len(by.columns))
        axis.hlines(y, 0, by[scenario], color=colour, lw=1.4)
        name = in_legend(words.title(scenario))
        axis.plot(by[scenario], y, marker=marker, color=colour, ls="", ms=6, label=name)
    axis.set_yticks(range(len(by)), [words.measure(m) for m in by.index])
    axis.set_ylim(len(by) - 0.4, -0.6)
    axis.set_xlim(left=0)
    axis.set_xlabel(words.word(label))
    plain_ticks(axis, "x")
    legend_above(figure, axis, len(by.columns))
    said = [
        words.labelled(
            words.measure(m),
            words.joined(f"{words.title(s)} {by.loc[m, s]:,.1f}" for s in by.columns),
        )
        for m in by.index
    ]
    return figure, words.labelled(words.word(label), words.joined(said, "clause"))


def _falls(results: Results) -> tuple[pd.DataFrame, str]:
    """Return falls by cause (rows) and scenario, thousand people a year, or percent of falls."""
    a = results.annual
    a = a[a["scenario"].isin(results.arms) & (a["group"] == "all") & (a["region"] == "all")]
    rows = a[a["measure"].str.startswith("falls_by_cause_")]
    if rows.empty:
        return pd.DataFrame(), ""
    keys = ["scenario", "seed", "year"]
    people = a[a["measure"] == "persons_fallen"].set_index(keys)["value"]
    wide = rows.pivot_table(index=keys, columns="measure", values="value", observed=True)
    label, times = ("people_axis", 1e-3) if len(people) else ("cause_axis", PERCENT)
    if len(people):
        wide = wide.mul(people.reindex(wide.index), axis=0)
    by = wide.groupby("scenario", observed=True).mean().T * times
    by = by[[s for s in results.arms if s in by]]
    by = by[by.max(axis=1) > 0.001 * by.to_numpy().max()]
    return by.sort_values(by.columns[0], ascending=False), label


def _name_rows(axis: Axes, results: Results, words: Glossary) -> None:
    """Write the scenarios beside their bars, the first on top."""
    axis.set_yticks(range(len(results.arms)), [words.title(s) for s in results.arms])
    axis.set_ylim(len(results.arms) - 0.4, -0.6)
    axis.grid(visible=False, axis="y")
