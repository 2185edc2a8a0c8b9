"""One style for every figure: a scenario has one colour, mark and line everywhere."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from povsim.report.glossary import PERCENT, kind

WIDTH = 11.5
"""Width of every figure, inches."""
SOFT = "#5f6772"
MARKS: dict[str, tuple[str, str, Any]] = {
    "hold": ("#4d4d4d", "o", "-"),
    "direct_transfers": ("#0b62a4", "s", "--"),
    "fiscal_leverage": ("#d95f02", "^", "-."),
    "mixed": ("#1b7f4b", "D", ":"),
    "entitlements_only": ("#1d2733", "v", (0, (5, 2))),
}
MORE: list[tuple[str, str, Any]] = [
    ("#8c510a", "P", "-"),
    ("#c51b7d", "X", "--"),
    ("#01665e", "*", "-."),
    ("#762a83", "h", ":"),
]
STYLE = {
    "font.size": 10.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.5,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "hatch.linewidth": 0.7,
    "svg.fonttype": "path",
    "axes.unicode_minus": False,
    "svg.hashsalt": "povsim",
}


def mark(scenario: str, arms: Sequence[str]) -> tuple[str, str, Any]:
    """Return colour, marker and line of a scenario."""
    if scenario in MARKS:
        return MARKS[scenario]
    others = [s for s in arms if s not in MARKS]
    return MORE[others.index(scenario) % len(MORE)]


def scale(measure: str) -> float:
    """Return by what a measure is multiplied to be drawn: shares are drawn in percent."""
    return PERCENT if kind(measure) == "share" else 1.0


def plain_ticks(axis: Axes, which: str = "y", signed: bool = False, most: int = 6) -> None:
    """Write ticks with thousands separators, and with their sign if they are differences."""

    def write(value: float, _: int | None) -> str:
        text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.4g}"
        return f"+{text}" if signed and value > 0 else text.replace("-", "\u2212")

    side = axis.yaxis if which == "y" else axis.xaxis
    side.set_major_locator(MaxNLocator(nbins=most))
    side.set_major_formatter(FuncFormatter(write))


def legend_above(figure: Figure, axis: Axes, columns: int) -> None:
    """Put the legend of an axis above the whole figure."""
    handles, labels = axis.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=columns, fontsize=10.5)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move label positions apart, each as near as may be to where it wants to be.

    Parameters
    ----------
    wanted : sequence of float
        Positions that the labels ask for, in any order.
    gap : float
        Smallest distance between two labels, in the same unit.
    low, high : float
        Where labels may be, as long as there is room for all.

    Returns
    -------
    list of float
        A position for each label, in the order of ``wanted``.
    """
    order = np.argsort(wanted, kind="stable")
    placed: list[float] = []
    for i in order:
        floor = placed[-1] + gap if placed else low
        placed.append(max(float(wanted[i]), floor))
    ceiling = high
    for j in reversed(range(len(placed))):
        placed[j] = min(placed[j], ceiling)
        ceiling = placed[j] - gap
    result = [0.0] * len(placed)
    for position, i in zip(placed, order, strict=True):
        result[int(i)] = position
    return result


def label_ends(axis: Axes, ends: Sequence[tuple[float, float, str, str]], gap: float) -> None:
    """Write the name of each line beside its end, never one over another.

    Parameters
    ----------
    axis : Axes
        Its limits must be final.
    ends : sequence of (x, y, text, colour)
        Ends of the lines in data units.
    gap : float
        Height of a line of text as a share of the axis.
    """
    low, high = axis.get_ylim()
    unit = high - low
    at = spread([(y - low) / unit for _, y, _, _ in ends], gap, gap / 2, 1.0 - gap / 2)
    for (x, y, text, colour), height in zip(ends, at, strict=True):
        axis.annotate(
            text,
            xy=(x, y),
            xytext=(1.06, height),
            textcoords="axes fraction",
            va="center",
            fontsize=9.5,
            color=colour,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.7, "shrinkA": 1, "shrinkB": 4},
        )
