"""Reach households one by one: who comes first, whom the money reaches."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Registration
from povsim.programmes.delivery.assessed_income import assessed_rows
from povsim.programmes.delivery.luck import drawn_once, drawn_this_month
from povsim.programmes.stage import Stage
from povsim.rng import TargetingDraw

Array = NDArray[Any]
HIGHEST_CHILD_SKILL = 200.0
"""Hundredths beyond which no programme raises the skill that children will start with."""


def weight_of(model: Stage, rows: Array) -> Array:
    """Return the households that each of these rows stands for."""
    return np.asarray(model.treasury.place_weight[place_of(model, rows)])


def place_of(model: Stage, rows: Array) -> Array:
    """Return the place of each of these rows."""
    return model.places.of_rows(rows)


def special(model: Stage) -> Array:
    """Return whom special support reaches: the registered, and edge households it knows of."""
    registration = model.households["registration"]
    mask = np.asarray(registration == int(Registration.REGISTERED))
    edge = np.flatnonzero(registration == int(Registration.EDGE))
    known = drawn_once(model, TargetingDraw.EDGE_REACH, edge)
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
    usual = 12.0 * h["usual_income"][rows].astype(np.float64) / h["members"][rows]
    income = assessed_rows(model, usual, TargetingDraw.NEED, rows)
    admitted = special(model)[rows] | (income < ceiling)
    rows, income = rows[admitted], income[admitted]
    return np.asarray(rows[np.lexsort((h["uid"][rows], income))])


def raise_child_skill(model: Stage, rows: Array, gain: Array | float) -> None:
    """Raise what children will start with; parts of a hundredth are drawn, so the mean is met."""
    h = model.households
    luck = drawn_this_month(model, TargetingDraw.CHILD_SKILL, rows)
    points = np.floor(h["child_skill"][rows] + 100.0 * gain + luck)
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
