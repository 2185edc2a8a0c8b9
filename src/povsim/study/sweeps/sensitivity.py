"""Which factor moves an outcome: Sobol', Morris and PAWN through SALib, tornado, interactions."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from povsim.study.sweeps.designs import Factor, problem, to_unit
from povsim.study.sweeps.marks import (
    MARKS,
    constant,
    distances_marked,
    effects_marked,
    shares_marked,
)

ESTIMATES = ["factor", "index", "value", "ci_low", "ci_high", "n"]
INDICES = [*ESTIMATES, *MARKS]
TORNADO = ["factor", "low_value", "high_value", "outcome_low", "outcome_high", "swing"]
LEVEL = 0.95
RESAMPLES = 200
FIFTH = 0.2
Array = NDArray[np.float64]


def sobol_indices(factors: Sequence[Factor], values: ArrayLike, seed: int = 0) -> pd.DataFrame:
    """Return first-order and total Sobol' indices with 95 % bootstrap intervals.

    Parameters
    ----------
    values : array_like, shape (n * (factors + 2),)
        Outcome at each point of :func:`povsim.study.sweeps.designs.sobol`, in its order.

    Returns
    -------
    DataFrame
        ``factor, index (S1, ST), value, ci_low, ci_high, n, note, n_needed``; zeros that are
        marked if the outcome is constant.
    """
    y = _checked(values)
    n = len(y) // (len(factors) + 2)
    if np.ptp(y) == 0.0:
        return _flat(factors, ("S1", "ST"), n)
    from SALib.analyze import sobol as analyser

    with _quiet():
        found = analyser.analyze(
            problem(factors),
            (y - y.mean()) / y.std(),
            calc_second_order=False,
            num_resamples=RESAMPLES,
            conf_level=LEVEL,
            seed=seed,
        )
    own = {i: (found[i], found[f"{i}_conf"]) for i in ("S1", "ST")}
    return shares_marked(_tidy(factors, own, n))


def morris_effects(
    factors: Sequence[Factor],
    design: pd.DataFrame,
    values: ArrayLike,
    levels: int = 4,
    seed: int = 0,
) -> pd.DataFrame:
    """Return Morris' mean absolute effect, mean effect and spread of effects, over the full range.

    ``mu_star`` has a bootstrap interval; the others have none (NaN).
    """
    y = _checked(values)
    n = len(y) // (len(factors) + 1)
    from SALib.analyze import morris as analyser

    with _quiet():
        found = analyser.analyze(
            problem(factors),
            to_unit(design, factors),
            y,
            num_levels=levels,
            num_resamples=RESAMPLES,
            conf_level=LEVEL,
            seed=seed,
        )
    none = np.full(len(factors), np.nan)
    spread = {
        "mu_star": (found["mu_star"], found["mu_star_conf"]),
        "mu": (found["mu"], none),
        "sigma": (found["sigma"], none),
    }
    return effects_marked(_tidy(factors, spread, n))


def pawn_index(
    factors: Sequence[Factor], design: pd.DataFrame, values: ArrayLike, slices: int = 10
) -> pd.DataFrame:
    """Return the median PAWN index: how far a slice of a factor moves the outcome's distribution.

    Works on any space-filling design (Pianosi and Wagener 2018).
    """
    y = _checked(values)
    if np.ptp(y) == 0.0:
        return _flat(factors, ("pawn",), len(y))
    from SALib.analyze import pawn as analyser

    cuts = max(s for s in range(2, max(slices, 2) + 1) if _ends_at_one(s))
    with _quiet():
        found = analyser.analyze(problem(factors), to_unit(design, factors), y, S=cuts)
    none = np.full(len(factors), np.nan)
    return distances_marked(_tidy(factors, {"pawn": (found["median"], none)}, len(y)), cuts)


def _ends_at_one(slices: int) -> bool:
    """Return whether SALib's quantiles of so many slices end at one: of 6 and 9 they do not."""
    step = 1.0 / slices
    return float(np.arange(0.0, 1.0 + step, step)[-1]) <= 1.0


def tornado(factors: Sequence[Factor], design: pd.DataFrame, values: ArrayLike) -> pd.DataFrame:
    """Return mean outcomes where each factor is low and where it is high, largest swing first.

    Low and high are the lowest and highest fifth of its values; for a choice, the choices with
    the lowest and the highest mean outcome.
    """
    y = _checked(values)
    rows = []
    for f in factors:
        column = design[f.name]
        if f.choices:
            means = pd.Series(y).groupby(column.to_numpy()).mean()
            ends: list[Any] = [str(means.idxmin()), str(means.idxmax())]
            low, high = float(means.min()), float(means.max())
        else:
            x = column.to_numpy(dtype=float)
            below, above = np.quantile(x, [FIFTH, 1.0 - FIFTH])
            ends = [float(below), float(above)]
            low, high = float(y[x <= below].mean()), float(y[x >= above].mean())
        rows.append([f.name, *ends, low, high, high - low])
    table = pd.DataFrame(rows, columns=TORNADO)
    order = table["swing"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def interactions(
    switches: Sequence[str], table: pd.DataFrame, outcome: str = "value"
) -> pd.DataFrame:
    """Return the share of variance of each switch, each pair, and the rest.

    ``table`` holds one row for each cell of a full factorial of the switches (several rows of a
    cell are averaged); shares are those of the analysis of variance of cell means.
    """
    cells = table.groupby(list(switches), observed=True)[outcome].mean().reset_index()
    y = cells[outcome].to_numpy(dtype=float)
    total = float(((y - y.mean()) ** 2).sum())
    fitted: dict[str, Array] = {}
    for switch in switches:
        fitted[switch] = _cell_means(cells, [switch], outcome) - y.mean()
    for one, other in combinations(switches, 2):
        both = _cell_means(cells, [one, other], outcome) - y.mean()
        fitted[f"{one} × {other}"] = both - fitted[one] - fitted[other]
    rows = [(term, float((v**2).sum()) / total if total else 0.0) for term, v in fitted.items()]
    out = pd.DataFrame(rows, columns=["term", "share"])
    rest = pd.DataFrame([("rest", max(0.0, 1.0 - out["share"].sum()) if total else 0.0)])
    rest.columns = out.columns
    return pd.concat([out, rest], ignore_index=True)


def _cell_means(cells: pd.DataFrame, by: list[str], outcome: str) -> Array:
    means = cells.groupby(by, observed=True)[outcome].transform("mean")
    return means.to_numpy(dtype=float)


def _checked(values: ArrayLike) -> Array:
    y = np.asarray(values, dtype=float)
    bad = int((~np.isfinite(y)).sum())
    if bad:
        raise ValueError(f"values: {bad} of {len(y)} are not finite")
    return y


def _flat(factors: Sequence[Factor], indices: Sequence[str], n: int) -> pd.DataFrame:
    """Return zeros: an outcome that never moves depends on nothing."""
    zero = np.zeros(len(factors))
    return constant(_tidy(factors, dict.fromkeys(indices, (zero, zero)), n))


def _tidy(factors: Sequence[Factor], found: dict[str, tuple[Any, Any]], n: int) -> pd.DataFrame:
    rows = [
        (f.name, index, float(v), float(v) - float(reach), float(v) + float(reach), n)
        for index, (value, conf) in found.items()
        for f, v, reach in zip(factors, value, conf, strict=True)
    ]
    return pd.DataFrame(rows, columns=ESTIMATES)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep SALib's warnings about its own dependencies from the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
