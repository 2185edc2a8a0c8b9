"""Designs: which points of the space of levers and uncertainties are run."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from povsim.errors import UserError, said

Array = NDArray[np.float64]
DESIGNS = ("grid", "lhs", "sobol", "morris", "csv")
HALF = 0.5


@dataclass(frozen=True)
class Factor:
    """Something that varies: a number within bounds, or a choice.

    Attributes
    ----------
    name : str
        Key of the configuration, such as ``hazards.illness_rate``.
    low, high : float
        Bounds of a number.
    choices : tuple of str
        What a structural switch can be; bounds are then not used.
    """

    name: str
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()

    def value(self, unit: float) -> float | str:
        """Return the value at a coordinate from 0 to 1; choices have equal slots."""
        if self.choices:
            return self.choices[min(int(unit * len(self.choices)), len(self.choices) - 1)]
        return self.low + unit * (self.high - self.low)

    def unit(self, value: Any) -> float:
        """Return the coordinate of a value, the middle of its slot for a choice."""
        if self.choices:
            return (self.choices.index(str(value)) + HALF) / len(self.choices)
        return (float(value) - self.low) / (self.high - self.low)

    def levels(self, count: int) -> list[float | str]:
        """Return all choices, or evenly spaced values with both bounds."""
        if self.choices:
            return list(self.choices)
        return [float(v) for v in np.linspace(self.low, self.high, count)]


def grid(factors: Sequence[Factor], levels: int = 3) -> pd.DataFrame:
    """Return every combination of levels."""
    if levels < 2 and any(not f.choices for f in factors):
        raise UserError("levels", levels, said("at_least", low=2))
    rows = product(*(f.levels(levels) for f in factors))
    return pd.DataFrame(rows, columns=[f.name for f in factors])


def latin_hypercube(factors: Sequence[Factor], n: int, seed: int = 1) -> pd.DataFrame:
    """Return ``n`` points with one in each of ``n`` slices of every factor (McKay et al. 1979)."""
    from scipy.stats import qmc  # takes long to import

    return from_unit(qmc.LatinHypercube(len(factors), rng=seed).random(n), factors)


def sobol(factors: Sequence[Factor], n: int, seed: int = 1) -> pd.DataFrame:
    """Return the design of Saltelli (2010) for Sobol' indices: ``n`` * (factors + 2) points.

    Raises
    ------
    UserError
        If ``n`` is no power of two, which the sequence needs.
    """
    if n < 2 or n & (n - 1):
        raise UserError("n", n, said("power_of_two", near=_power_near(n)))
    from SALib.sample import sobol as sampler

    unit = sampler.sample(problem(factors), n, calc_second_order=False, seed=seed)
    return from_unit(unit, factors)


def morris(
    factors: Sequence[Factor], trajectories: int, levels: int = 4, seed: int = 1
) -> pd.DataFrame:
    """Return trajectories that move one factor at a time (Morris 1991), factors + 1 points each."""
    from SALib.sample import morris as sampler

    unit = sampler.sample(problem(factors), trajectories, num_levels=levels, seed=seed)
    return from_unit(unit, factors)


def problem(factors: Sequence[Factor]) -> dict[str, Any]:
    """Return the factors as SALib wants them, each on the unit interval."""
    return {
        "num_vars": len(factors),
        "names": [f.name for f in factors],
        "bounds": [[0.0, 1.0]] * len(factors),
    }


def from_unit(unit: ArrayLike, factors: Sequence[Factor]) -> pd.DataFrame:
    """Return the points at coordinates from 0 to 1, shape (points, factors)."""
    table = np.asarray(unit, dtype=float)
    columns = {f.name: [f.value(u) for u in table[:, i]] for i, f in enumerate(factors)}
    return pd.DataFrame(columns)


def to_unit(design: pd.DataFrame, factors: Sequence[Factor]) -> Array:
    """Return the coordinates of points, shape (points, factors)."""
    columns = [[f.unit(value) for value in design[f.name]] for f in factors]
    return np.array(columns, dtype=float).T


def _power_near(n: int) -> int:
    return int(2 ** max(1, round(float(np.log2(max(n, 2))))))
