"""Tables as a page shows them: one form for every section, drawn by one template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from povsim.words.glossary import Glossary, good

MANY = 8
"""Columns above which a table is set in small type and may be scrolled."""
LEAST = 17.0
"""Width in percent of the first of many columns."""
FEW = 4
"""Columns of scenarios up to which each has its full width."""


@dataclass(frozen=True)
class Cell:
    """One cell: its text, what stands small under it, and how it is judged.

    Attributes
    ----------
    kind : str
        ``better``, ``worse``, ``changed``, ``unclear``, ``matched`` ..., or empty.
    """

    text: str
    small: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One row: its name, what stands small under the name, its cells.

    Attributes
    ----------
    of : str
        Name of the block that begins with this row, if one does.
    rows : int
        Rows of that block.
    code : str
        Key of the configuration that stands under the name.
    across : int
        Columns that the name spans.
    """

    name: str
    cells: Sequence[Cell]
    small: str = ""
    kind: str = ""
    of: str = ""
    rows: int = 1
    code: str = ""
    across: int = 1


@dataclass(frozen=True)
class Grid:
    """One table.

    Attributes
    ----------
    head : sequence of str
        Names of the columns, the one of the rows' names first.
    left : frozenset of int
        Cells of words, counted from 1 after the name of the row, which are set flush left.
    widths : sequence of float
        Widths in percent; tables with the same widths align under each other.
    """

    caption: str
    head: Sequence[str]
    lines: Sequence[Line]
    foot: Sequence[Line] = ()
    left: frozenset[int] = frozenset()
    widths: Sequence[float] = field(default=())

    @property
    def blocks(self) -> int:
        """Return how many columns name blocks of rows: one or none."""
        return int(any(line.of for line in self.lines))

    @property
    def many(self) -> bool:
        """Say whether there are so many columns that the type must be small."""
        return len(self.head) > MANY


def cells(texts: Sequence[str]) -> list[Cell]:
    """Return plain cells."""
    return [Cell(text) for text in texts]


def same_widths(columns: int, first: float = 30.0) -> list[float]:
    """Return widths in percent: the first column, then equal ones, so that tables align."""
    first = first if columns <= FEW + 2 else LEAST
    return [first, *[(100.0 - first) / (columns - 1)] * (columns - 1)]


def judged(
    words: Glossary, measure: str, row: Mapping[Any, Any] | pd.Series | None, unit: bool = True
) -> Cell:
    """Return a paired difference with its interval, judged by the direction that is better.

    Without ``unit`` the table's caption must say that shares differ by percentage points.
    """
    if row is None or pd.isna(row["difference"]):
        return Cell("–")
    low, high = float(row["ci_low"]), float(row["ci_high"])
    return Cell(
        words.difference(measure, float(row["difference"]), unit),
        words.interval(measure, low, high, unit=False),
        judgement(measure, float(row["difference"]), low, high),
    )


def judgement(measure: str, difference: float, low: float, high: float) -> str:
    """Return whether a difference is better, worse, changed, unclear, exactly the same, or open."""
    if difference == 0.0 and (pd.isna(low) or low == high == 0.0):
        return "same"
    if pd.isna(low):
        return ""
    if low <= 0.0 <= high:
        return "unclear"
    up = low > 0.0
    verdict = {"lower": "worse" if up else "better", "higher": "better" if up else "worse"}
    return verdict.get(good(measure), "changed")
