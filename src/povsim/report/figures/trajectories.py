"""Outcomes by year: levels, and differences from the baseline paired within seed."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from povsim.report.figures.style import (
    NAMES_IN_A_ROW,
    SOFT,
    WIDTH,
    in_legend,
    legend_above,
    mark,
    plain_ticks,
    scale,
)
from povsim.report.results.study import Results
from povsim.study.comparison.effects import margin
from povsim.words.glossary import Glossary, good, kind

SHOWN = (
    "relapse_rate",
    "new_poverty_rate",
    "absolute_poverty_rate",
    "consumption_poverty_rate",
    "relative_poverty_rate_50",
    "mean_income",
    "policy_income_share",
)
BANDS = 5
"""Arms up to which each has a band; more bands would hide each other."""
ROW = 2.15
"""Height of a row of panels, inches."""


def trajectories(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw main outcomes by year and scenario; return the figure and its alternative text."""
    shown = [m for m in SHOWN if (results.annual["measure"] == m).any()]
    others = results.others
    if not shown:
        return None
    levels = {m: {s: over_seeds(results, m, s) for s in results.arms} for m in shown}
    columns = 2 if others else 1
    names = -(-len(results.arms) // NAMES_IN_A_ROW)
    figure = Figure(figsize=(WIDTH, ROW * len(shown) + 0.25 * names))
    figure.set_layout_engine("constrained", h_pad=0.09, w_pad=0.12)
    grid = figure.subplots(len(shown), columns, squeeze=False)
    for row, measure in zip(grid, shown, strict=True):
        _levels(row[0], results, words, measure, levels[measure])
        if others:
            _differences(row[1], results, words, measure, others)
    legend_above(figure, grid[0, 0], len(results.arms))
    return figure, words.joined(
        (_said(results, words, m, by) for m, by in levels.items()), "clause"
    )


def over_seeds(results: Results, measure: str, scenario: str) -> pd.DataFrame:
    """Return mean and half width of the 95 % interval over seeds, by year."""
    rows = results.whole.get((measure, scenario), results.annual[:0])
    by = rows.groupby("year")["value"].agg(["mean", "std", "size"])
    size = by["size"].to_numpy()
    by["reach"] = np.nan_to_num(margin((by["std"] / np.sqrt(size)).to_numpy(), size))
    return by


def _levels(
    axis: Axes, results: Results, words: Glossary, measure: str, levels: Mapping[str, pd.DataFrame]
) -> None:
    """Draw the level of one outcome in every scenario."""
    times = scale(measure)
    for scenario, by in levels.items():
        if by.empty:
            continue
        mean, reach = by["mean"].to_numpy() * times, by["reach"].to_numpy() * times
        _line(axis, by.index.to_numpy(), mean, mean - reach, mean + reach, results, scenario)
        axis.lines[-1].set_label(in_legend(words.title(scenario)))
    note = {"lower": "lower_is_better", "higher": "higher_is_better"}.get(good(measure))
    axis.set_title(words.measure(measure), pad=19 if note else 6)
    axis.set_ylabel(words.axis(measure))
    if kind(measure) == "share":
        axis.set_ylim(bottom=0)
    if note:
        _note(axis, words.word(note))
    _finish(axis)


def _differences(
    axis: Axes, results: Results, words: Glossary, measure: str, others: list[str]
) -> None:
    """Draw the paired difference of every other scenario from the baseline."""
    times = scale(measure)
    for scenario in others:
        rows = [(y, results.effect(measure, scenario, y)) for y in results.years]
        found = [(y, r["difference"], r["ci_low"], r["ci_high"]) for y, r in rows if r is not None]
        if not found:
            continue
        years, mean, low, high = np.array(found, dtype=float).T
        _line(axis, years, mean * times, low * times, high * times, results, scenario)
    axis.axhline(0, color=mark(results.baseline, results.arms)[0], lw=1.2)
    axis.set_title(words.word("against").format(baseline=words.title(results.baseline)), color=SOFT)
    axis.set_ylabel(words.axis(measure, difference=True))
    _finish(axis, signed=True)


def _line(
    axis: Axes,
    years: np.ndarray,
    mean: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    results: Results,
    scenario: str,
) -> None:
    """Draw a line with its band; of many arms only the last year's interval, side by side."""
    colour, marker, dashes = mark(scenario, results.arms)
    if len(results.arms) <= BANDS:
        axis.fill_between(years, low, high, color=colour, alpha=0.15, lw=0)
    else:
        x = years[-1] + 0.3 + 0.07 * results.arms.index(scenario)
        axis.vlines(x, low[-1], high[-1], color=colour, lw=1.1)
        axis.plot(x, mean[-1], marker=marker, color=colour, ms=3.5)
    axis.plot(years, mean, color=colour, marker=marker, ls=dashes, ms=4, lw=1.6)


def _note(axis: Axes, text: str) -> None:
    """Write which direction is better between the title and the axis."""
    axis.annotate(
        text, (0.0, 1.0), (0, 4), "axes fraction", "offset points",
        ha="left", va="bottom", fontsize=8.5, color=SOFT,
    )  # fmt: skip


def _finish(axis: Axes, signed: bool = False) -> None:
    axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    plain_ticks(axis, signed=signed, most=5)


def _said(
    results: Results, words: Glossary, measure: str, levels: Mapping[str, pd.DataFrame]
) -> str:
    """Return the last year's levels in words."""
    named = words.joined(
        f"{words.title(s)} {words.amount(measure, float(by['mean'].iloc[-1]))}"
        for s, by in levels.items()
        if len(by)
    )
    return words.labelled(f"{words.measure(measure)} {results.years[-1]}", named)
