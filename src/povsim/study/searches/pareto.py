"""Several aims at once: what nothing beats, and a search for it."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from povsim.errors import UserError, said

Array = NDArray[np.float64]
Evaluate = Callable[[Array], Array]
"""From a generation, shape (points, variables), to its objectives, shape (points, objectives)."""


def nondominated(values: ArrayLike) -> NDArray[np.bool_]:
    """Return which rows no other row beats: as low in every objective and lower in one."""
    v = np.asarray(values, dtype=float)
    beaten = np.array(
        [bool(np.any(np.all(v <= row, axis=1) & np.any(v < row, axis=1))) for row in v], dtype=bool
    )
    return ~beaten


def shares(matrix: ArrayLike) -> Array:
    """Return rows that sum to one, in proportion to their entries; a row of zeros is even."""
    m = np.maximum(np.asarray(matrix, dtype=float), 0.0)
    total = m.sum(axis=1, keepdims=True)
    even = np.full_like(m, 1.0 / m.shape[1])
    return np.asarray(np.where(total > 0.0, m / np.where(total > 0.0, total, 1.0), even))


def nsga2(
    evaluate: Evaluate,
    low: Sequence[float],
    high: Sequence[float],
    objectives: Sequence[str],
    names: Sequence[str] = (),
    population: int = 24,
    generations: int = 10,
    seed: int = 1,
    repair: Callable[[Array], Array] | None = None,
) -> pd.DataFrame:
    """Search for the front of several objectives, all to be low (Deb et al. 2002), with pymoo.

    Parameters
    ----------
    evaluate : callable
        Takes a whole generation, so that its points can be run side by side.
    low, high : sequence of float
        Bounds of the variables.
    repair : callable, optional
        Makes points feasible before they are evaluated, such as :func:`shares`.

    Returns
    -------
    DataFrame
        Every point that was evaluated: variables, objectives, ``generation`` from 1, and
        ``front``, whether nothing evaluated beats it.

    Raises
    ------
    UserError
        If pymoo is not installed.
    """
    try:
        from pymoo.algorithms.moo.nsga2 import NSGA2
        from pymoo.core.problem import Problem
        from pymoo.optimize import minimize
    except ImportError:
        raise UserError(said("needs_pymoo")) from None
    seen: list[tuple[Array, Array]] = []
    feasible = repair or (lambda x: x)

    class Search(Problem):  # type: ignore[misc]
        def __init__(self) -> None:
            bounds = {"xl": np.array(low), "xu": np.array(high)}
            super().__init__(n_var=len(low), n_obj=len(objectives), **bounds)

        def _evaluate(self, x: Array, out: dict[str, Any], *_: Any, **__: Any) -> None:
            points = feasible(x)
            out["F"] = np.asarray(evaluate(points), dtype=float)
            seen.append((points, out["F"]))

    algorithm = NSGA2(pop_size=population, eliminate_duplicates=True)
    minimize(Search(), algorithm, ("n_gen", generations), seed=seed, verbose=False)
    columns = list(names) or [f"x{i}" for i in range(len(low))]
    table = pd.concat(
        [
            pd.DataFrame(x, columns=columns)
            .join(pd.DataFrame(f, columns=list(objectives)))
            .assign(generation=g)
            for g, (x, f) in enumerate(seen, start=1)
        ],
        ignore_index=True,
    )
    return table.assign(front=nondominated(table[list(objectives)].to_numpy()))
