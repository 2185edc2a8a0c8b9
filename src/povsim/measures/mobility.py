"""Mobility: transitions between states, chronic and transient poverty."""

from operator import index
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, owens_t

from povsim.measures._check import (
    ABOVE_ZERO,
    ANY,
    NOT_NEGATIVE,
    Bounds,
    counted,
    finite,
    mean_of,
    number,
    rows,
)
from povsim.measures._read import Array, Table
from povsim.measures.poverty import gaps

CORRELATION = Bounds(above=-1, below=1)


class ChronicTransient(NamedTuple):
    """Mean poverty over time and its parts; ``total`` = ``chronic`` + ``transient``."""

    total: float
    chronic: float
    transient: float


@finite
def transition_matrix(
    before: ArrayLike, after: ArrayLike, states: int, weights: ArrayLike | None = None
) -> Array:
    """Return the weighted share of each state before (rows) that is in each state after.

    States are whole numbers from 0 to ``states`` - 1, or False and True; anything else is
    refused, -1 for a missing code too. A row of zeros is a state that nobody was in before.
    """
    n = _number_of_states(states)
    first, second, w = rows(weights, truths=("before", "after"), before=before, after=after)
    counts = np.zeros((n, n))
    np.add.at(counts, (_codes(first, "before", n), _codes(second, "after", n)), w)
    of_state = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, of_state, out=np.zeros_like(counts), where=of_state > 0)


def _number_of_states(states: int) -> int:
    number(states, "states", Bounds(least=1))
    try:
        return index(states)
    except TypeError:
        raise ValueError(f"states={states!r}: allowed is a whole number from 1") from None


def _codes(codes: Array, name: str, states: int) -> NDArray[np.intp]:
    strange = (codes != np.floor(codes)) | (codes < 0) | (codes >= states)
    if strange.any():
        found = f"{int(strange.sum())} codes are none, {codes[strange][0]:g} is one"
        raise ValueError(f"{name}: {found}; allowed are whole numbers from 0 to {states - 1}")
    return codes.astype(np.intp)


@finite
def chronic_transient(
    panel: ArrayLike, line: float, weights: ArrayLike | None = None, alpha: float = 2
) -> ChronicTransient:
    """Return chronic poverty, that of mean income over time, and transient poverty, the rest.

    ``panel`` has shape (persons, periods); ``line`` is one for all. Incomes may be zero or
    negative. For ``alpha`` below one transient poverty can be negative. Source: Jalan and
    Ravallion (1998), with the squared poverty gap.
    """
    z, power = number(line, "line", ABOVE_ZERO), number(alpha, "alpha", NOT_NEGATIVE)
    table = Table()
    incomes = table.matrix(panel, "panel")
    incomes, w = counted(table.weights(weights), incomes)
    mean = np.clip(incomes.mean(axis=1), incomes.min(axis=1), incomes.max(axis=1))  # rounding
    total = mean_of(gaps(incomes, z, power).mean(axis=1), w)
    chronic = mean_of(gaps(mean, z, power), w)
    return ChronicTransient(total, chronic, total - chronic)


@finite
def transition_probability(mean: float, spread: float, persistence: float, line: float) -> float:
    """Return P(poor next | not poor now) when log income is a stationary AR(1).

    ``spread`` is the standard deviation of log income at rest, above zero, ``persistence`` its
    autocorrelation, between -1 and 1; the joint law is bivariate normal. A line above which
    there is nobody is refused. Source: Owen (1956) for the integral.
    """
    z, correlation = at_line(mean, spread, persistence, line)
    falls = 2.0 * owens_t(z, np.sqrt((1.0 - correlation) / (1.0 + correlation)))
    return min(float(falls / ndtr(-z)), 1.0)


def at_line(mean: float, spread: float, persistence: float, line: float) -> tuple[float, float]:
    """Return where the line lies in the law of log income, in spreads, and the persistence."""
    centre, scale = number(mean, "mean", ANY), number(spread, "spread", ABOVE_ZERO)
    correlation = number(persistence, "persistence", CORRELATION)
    z = float((np.log(number(line, "line", ABOVE_ZERO)) - centre) / scale)
    if ndtr(-z) == 0:
        raise ValueError(f"line={line!r}: nobody has more, by mean and spread")
    return z, correlation
