"""Reach households one by one: who comes first, whom the money reaches, what they are paid."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Registration
from povsim.kernels.compiled import kernel
from povsim.programmes.stage import Stage
from povsim.rng import Stream, normal, uniform_block

Array = NDArray[Any]
REACHED = 2
"""Draw number of the targeting stream that says whether support reaches an edge household."""
ASSESSED = 10
"""Draw number of the targeting stream for the error of an assessment of need."""
ROUNDED = 11
"""Draw number of the targeting stream that rounds the skill of children to whole hundredths."""
HIGHEST_CHILD_SKILL = 200.0
"""Hundredths beyond which no programme raises the skill that children will start with."""


@kernel
def _normals(draws):
    out = np.empty(len(draws))
    for j in range(len(draws)):
        out[j] = normal(draws[j])
    return out


def weight_of(model: Stage, rows: Array) -> Array:
    """Return the households that each of these rows stands for."""
    return np.asarray(model.treasury.place_weight[place_of(model, rows)])


def place_of(model: Stage, rows: Array) -> Array:
    """Return the place of each of these rows."""
    return np.searchsorted(model.places["stop"], rows, side="right")


def special(model: Stage) -> Array:
    """Return whom special support reaches: the registered, and edge households it knows of."""
    registration = model.households["registration"]
    mask = np.asarray(registration == int(Registration.REGISTERED))
    edge = np.flatnonzero(registration == int(Registration.EDGE))
    uid = model.households["uid"][edge]
    known = uniform_block(model.seed, uid, 0, Stream.TARGETING, REACHED)[:, 0]
    mask[edge] = known < model.rates.edge_reach
    return mask


def line_up(model: Stage, among: Array, ceiling: float) -> Array:
    """Return rows in the order of need: lowest assessed income first, then lowest identity.

    Parameters
    ----------
    among : ndarray of bool, shape (households,)
        Who can be taken at all. Of these the registered and edge households are lined up, and
        others whose assessed income is under the ceiling.
    ceiling : float
        Assessed income, yuan a person and year.
    """
    h = model.households
    rows = np.flatnonzero(among)
    draws = uniform_block(model.seed, h["uid"][rows], model.month, Stream.TARGETING, ASSESSED)
    noise = model.world.registers.score_noise * model.rates.score_noise
    income = 12.0 * h["usual_income"][rows].astype(np.float64) / h["members"][rows]
    income *= np.exp(noise * _normals(draws[:, 0]))
    admitted = special(model)[rows] | (income < ceiling)
    rows, income = rows[admitted], income[admitted]
    return np.asarray(rows[np.lexsort((h["uid"][rows], income))])


def pay_rows(model: Stage, rows: Array, amounts: Array, source: str = "transfer") -> Array:
    """Pay each of these rows its yuan as ``transfer`` or ``wage``; return yuan by place (rows)."""
    h = model.households
    for column in ("month_income", "month_policy", f"year_{source}", "year_policy"):
        h[column][rows] += amounts
    return np.bincount(place_of(model, rows), amounts, minlength=len(model.places))


def raise_child_skill(model: Stage, rows: Array, gain: Array | float) -> None:
    """Raise what children will start with; parts of a hundredth are drawn, so the mean is met."""
    h = model.households
    draws = uniform_block(model.seed, h["uid"][rows], model.month, Stream.TARGETING, ROUNDED)
    points = np.floor(h["child_skill"][rows] + 100.0 * gain + draws[:, 0])
    h["child_skill"][rows] = np.maximum(
        h["child_skill"][rows], np.minimum(points, HIGHEST_CHILD_SKILL)
    )


def raise_motivation(model: Stage, rows: Array, gain: float) -> None:
    """Raise the motivation of households once, up to 1."""
    motivation = model.households["motivation"]
    motivation[rows] = np.minimum(motivation[rows] + gain, 1.0)


def in_review(model: Stage) -> bool:
    """Return whether lists are reviewed this month."""
    return model.month_of_year == int(model.world.registers.review_month) - 1
