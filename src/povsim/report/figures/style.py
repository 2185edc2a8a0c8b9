"""One style for every figure: a scenario has one colour, mark and line everywhere."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from povsim.words.glossary import kind
from povsim.words.typography import MINUS, PERCENT

WIDTH = 11.5
"""Width of every figure, inches."""
SOFT = "#5f6772"
NAMES_IN_A_ROW = 4
"""Names that a legend above a figure has in a row."""
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
    ("#b8860b", "<", "-"),
    ("#1f78b4", ">", "--"),
    ("#7a0177", "p", "-."),
    ("#33691e", "d", ":"),
    ("#5d4037", "8", "-"),
    ("#d81b60", "H", "--"),
    ("#006d77", "1", "-."),
    ("#4a148c", "2", ":"),
]
"""Looks of scenarios without a look of their own; as many as experiments have arms."""
PROGRAMMES = (
    ("#b8432f", "xx"),
    ("#e6c229", ".."),
    ("#8fbf7f", "//"),
    ("#2b5c8a", ""),
    ("#762a83", "--"),
    ("#5aa0a0", "\\\\"),
)
"""Colour and hatch of programmes, in the order in which a figure names them."""
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
    "text.parse_math": False,
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
        return f"+{text}" if signed and value > 0 else text.replace("-", MINUS)

    side = axis.yaxis if which == "y" else axis.xaxis
    side.set_major_locator(MaxNLocator(nbins=most))
    side.set_major_formatter(FuncFormatter(write))


def in_legend(title: str) -> str:
    """Return a title for a legend, which leaves out names that begin with an underscore."""
    return f" {title}" if title.startswith("_") else title


def legend_above(figure: Figure, axis: Axes, columns: int) -> None:
    """Put the legend of an axis above the whole figure, at most four names in a row."""
    handles, labels = axis.get_legend_handles_labels()
    columns = min(columns, NAMES_IN_A_ROW)
    figure.legend(handles, labels, loc="outside upper center", ncols=columns, fontsize=10.5)
