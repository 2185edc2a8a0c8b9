"""Figures of a sweep: the tornado, and the map of where which scenario is better."""

from textwrap import wrap
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import TwoSlopeNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from povsim.report.figures.style import SOFT, WIDTH, mark, plain_ticks, scale
from povsim.report.results.sweep import SweepResults
from povsim.study.sweeps.sensitivity import tornado as swings
from povsim.units import three_digits
from povsim.words.glossary import Glossary, good

MOST_ROWS = 12
"""Factors that a tornado shows."""
WRAP = 46
"""Characters of the name of a factor on a line."""


def tornado(results: SweepResults, words: Glossary) -> tuple[Figure, str] | None:
    """Draw, for each scenario, how far each factor moves the difference from the baseline."""
    others = [s for s in results.others if results.complete(s)]
    if not others or len(results.design) < 2:
        return None
    rows = min(len(results.factors), MOST_ROWS)
    figure = Figure(figsize=(WIDTH, 0.42 * rows * len(others) + 1.1 * len(others) + 0.3))
    figure.set_layout_engine("constrained")
    axes = figure.subplots(len(others), 1, squeeze=False, sharex=True)[:, 0]
    said = [
        _tornado(axis, results, words, scenario)
        for axis, scenario in zip(axes, others, strict=True)
    ]
    axes[-1].set_xlabel(words.axis(results.primary, difference=True))
    return figure, words.joined(said, "clause")


def _tornado(axis: Axes, results: SweepResults, words: Glossary, scenario: str) -> str:
    """Draw one scenario; return its strongest factor in words."""
    y = results.differences(scenario)
    times = scale(results.primary)
    table = swings(results.factors, results.design, y).head(MOST_ROWS)
    colour = mark(scenario, results.arms)[0]
    middle = float(np.mean(y)) * times
    low = table["outcome_low"].to_numpy(dtype=float) * times
    high = table["outcome_high"].to_numpy(dtype=float) * times
    places = np.arange(len(table))
    axis.barh(places, low - middle, left=middle, height=0.62, color=colour, alpha=0.35)
    axis.barh(places, high - middle, left=middle, height=0.62, color=colour, alpha=0.9)
    for place, ends, a, b in zip(places, _ends(table, words), low, high, strict=True):
        for text, x, other in ((ends[0], a, b), (ends[1], b, a)):
            axis.annotate(
                text, (x, place), (4 if x >= other else -4, 0), textcoords="offset points",
                ha="left" if x >= other else "right", va="center", fontsize=8.5, color=SOFT,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6},
            )  # fmt: skip
    axis.axvline(middle, color=SOFT, lw=1.0, ls=":")
    axis.axvline(0.0, color="#1d2733", lw=1.0)
    axis.set_yticks(places, [_short(results.title(f, words.language)) for f in table["factor"]])
    axis.set_ylim(len(table) - 0.4, -0.6)
    axis.margins(x=0.16)
    plain_ticks(axis, "x", signed=True)
    axis.set_title(words.sentence_like(results.primary, scenario, results.baseline), fontsize=11)
    first = table.iloc[0]
    return words.labelled(words.title(scenario), results.title(first["factor"], words.language))


def _ends(table: pd.DataFrame, words: Glossary) -> list[tuple[str, str]]:
    """Return the low and the high value of each factor as text."""
    columns = zip(table["factor"], table["low_value"], table["high_value"], strict=True)
    return [(_number(f, a, words), _number(f, b, words)) for f, a, b in columns]


def _number(factor: str, value: Any, words: Glossary) -> str:
    return words.choice(factor, value) if isinstance(value, str) else three_digits(value)


def _short(text: str) -> str:
    """Return a name on at most two lines."""
    lines = wrap(text, WRAP)
    more = "…" if len(lines) > 2 else ""
    return "\n".join(lines[:2]) + more


def sign_map(results: SweepResults, words: Glossary) -> tuple[Figure, str] | None:
    """Draw the difference from the baseline over the two factors that move it most."""
    numbers = [f for f in results.factors if not f.choices]
    others = [s for s in results.others if results.complete(s)]
    if len(numbers) < 2 or not others:
        return None
    figure = Figure(figsize=(WIDTH, 4.1 * ((len(others) + 1) // 2)))
    figure.set_layout_engine("constrained")
    grid = figure.subplots((len(others) + 1) // 2, 2, squeeze=False).ravel()
    for axis in grid[len(others) :]:
        axis.set_axis_off()
    norm = even_scale([results.differences(s) for s in others], scale(results.primary))
    said = []
    for axis, scenario in zip(grid, others, strict=False):
        table = swings(numbers, results.design, results.differences(scenario))
        one, other = (str(name) for name in table["factor"].head(2))
        x, y = (results.design[name].to_numpy(float) for name in (one, other))
        draw_points(axis, x, y, results.rows(scenario), results.primary, norm)
        names = [results.title(name, words.language) for name in (one, other)]
        axis.set_xlabel(_short(names[0]))
        axis.set_ylabel(_short(names[1]))
        axis.set_title(words.title(scenario))
        said.append(words.labelled(words.title(scenario), words.joined(names)))
    against = words.word("against").format(baseline=words.title(results.baseline))
    figure.suptitle(words.labelled(words.measure(results.primary), against), fontsize=11.5)
    bar = figure.colorbar(
        mpl.cm.ScalarMappable(norm, palette(results.primary)),
        ax=list(grid[: len(others)]),
        shrink=0.85,
    )
    bar.set_label(words.axis(results.primary, difference=True))
    plain_ticks(bar.ax, signed=True, most=5)
    return figure, words.joined(said, "clause")


def even_scale(differences: list[NDArray[np.float64]], times: float) -> TwoSlopeNorm:
    """Return a scale of colours with white at zero and the same reach to both sides."""
    most = max(float(np.nanmax(np.abs(d))) for d in differences) * times or 1.0
    return TwoSlopeNorm(0.0, -most, most)


def palette(measure: str) -> str:
    """Return the colours of differences: blue is better for people, red is worse."""
    return "RdBu" if good(measure) == "higher" else "RdBu_r"


def draw_points(
    axis: Axes,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    table: pd.DataFrame,
    measure: str,
    norm: TwoSlopeNorm,
) -> None:
    """Draw differences at points: circles where better for people, crosses where worse.

    Hollow, or thin, where the interval holds zero.
    """
    value = table["difference"].to_numpy(float) * scale(measure)
    sure = (table["ci_low"].to_numpy(float) > 0) | (table["ci_high"].to_numpy(float) < 0)
    better = value > 0.0 if good(measure) == "higher" else value < 0.0
    colours = mpl.colormaps[palette(measure)](norm(value))
    for here, marker in ((better, "o"), (~better, "X")):
        faint, firm = here & ~sure, here & sure
        axis.scatter(
            x[faint], y[faint], s=70, marker=marker, facecolors="none", edgecolors="#6b7480", lw=1.1
        )
        axis.scatter(
            x[firm], y[firm], s=85, marker=marker, c=colours[firm], edgecolors="#1d2733", lw=0.6
        )
    axis.margins(0.08)
