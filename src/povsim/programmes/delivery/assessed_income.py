"""Assessed income: income as those who make lists see it, with a lognormal error.

Every list sees through the same noise. Which income is looked at, and with which draw, is the
list's own affair: usual income, or what a calendar year will have brought.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.kernels.compiled import inlined, kernel
from povsim.kernels.luck import may_be_below
from povsim.programmes.delivery.luck import EVERYBODY, drawn_this_month
from povsim.programmes.stage import Stage
from povsim.rng import TargetingDraw, lognormal, uniform

Array = NDArray[Any]


def list_noise(model: Stage) -> float:
    """Return the spread of errors of this month's lists, log points."""
    return float(model.world.registers.score_noise * model.rates.score_noise)


@inlined
def usual_per_person(h, i):
    """Return usual income of household ``i``, yuan a person and year."""
    return 12.0 * h.usual_income[i] / h.members[i]


@kernel
def assessed(income, noise, word):
    """Return ``income`` as it is seen by the luck of one random word."""
    return income * lognormal(uniform(word), 0.0, noise)


@kernel
def assessed_below(income, limit, noise, word, least):
    """Return whether ``income`` is seen below ``limit``; the cheap bound of the error first.

    Parameters
    ----------
    least : ndarray
        Of :func:`povsim.kernels.luck.least_factors` at this noise.
    """
    return may_be_below(income, limit, word, least) and assessed(income, noise, word) < limit


@kernel
def _errors(draws, noise):
    out = np.empty(len(draws))
    for j in range(len(draws)):
        out[j] = lognormal(draws[j], 0.0, noise)
    return out


def assessed_rows(
    model: Stage,
    income: Array,
    draw: TargetingDraw,
    rows: Array | slice = EVERYBODY,
    blur: float = 1.0,
) -> Array:
    """Return ``income`` as it is seen this month, by row.

    Parameters
    ----------
    income : ndarray, shape (rows,)
        Yuan a person and year.
    draw : TargetingDraw
        The list that looks.
    blur : float
        Error of those who look, over that of lists.
    """
    errors = _errors(drawn_this_month(model, draw, rows), list_noise(model) * blur)
    return np.asarray(income * errors)
