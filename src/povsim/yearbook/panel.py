"""Incomes of the same households, added up over the years."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
PANEL_ROWS = 200_000
"""Rows up to which yearly incomes are added up."""


class Panel:
    """Sums over the years of each household's income a person and of its squared gap."""

    def __init__(self, rows: int) -> None:
        self.income, self.squares = np.zeros(rows), np.zeros(rows)
        self.taken = 0

    def add(self, income: Array, line: float) -> None:
        """Add a year's incomes, yuan a person, shape (households,); losses count as none."""
        income = np.maximum(income.astype(np.float64), 0.0)
        self.income += income
        self.squares += np.maximum((line - income) / line, 0.0) ** 2
        self.taken += 1
