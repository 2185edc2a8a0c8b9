"""Rank listed households by what officials are assessed on, and pay them in that order."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag
from povsim.money.support import pay_rows
from povsim.programmes.delivery.assessed_income import assessed_rows
from povsim.programmes.rates import COMPOSITE, GAP, HEADCOUNT
from povsim.programmes.stage import Stage
from povsim.rng import TargetingDraw

Array = NDArray[Any]
MONTHS = 12
IDLE = 1e6
"""What puts households without a worker behind all others."""


@dataclass(frozen=True)
class Ranked:
    """Listed households in the order in which assessment makes officials pay them.

    Attributes
    ----------
    rows : ndarray
        Rows of the households, first served first.
    ask : ndarray
        Yuan a month that each is paid at most; without bound the money is shared equally.
    weight : ndarray
        Households that each row stands for.
    """

    rows: Array
    ask: Array
    weight: Array

    def pay(self, model: Stage, money: float) -> float:
        """Pay in order until the money is used up; return what was paid, represented yuan."""
        h, rows = model.households, self.rows
        if len(rows) == 0 or money <= 0.0:
            return 0.0
        if np.isinf(self.ask[0]):
            persons = h["members"][rows].astype(np.float64)
            amount = persons * money / float(persons @ self.weight)
        else:
            asked = self.ask * self.weight
            money = min(money, float(model.rates.fill) * float(asked.sum()))
            left = money - (np.cumsum(asked) - asked)
            amount = np.clip(left / np.maximum(asked, 1e-9), 0.0, 1.0) * self.ask
        pay_rows(model, rows, amount.astype(np.float32))
        return float(amount @ self.weight)


def rank_listed(model: Stage, draw: TargetingDraw) -> Ranked:
    """Return households on the cash list in the order that assessment sets.

    Officials look at the income of the calendar year that will be assessed: what came so far and
    what the rest of the year is expected to bring. Under a headcount those whom it costs least
    to push over the line come first, each to just over it; under a gap the poorest; otherwise the
    part of the listed with the lowest index, all equally.

    Parameters
    ----------
    draw : TargetingDraw
        That by which the list was made: the same errors are seen.
    """
    h, rates = model.households, model.rates
    objective = int(np.argmax(rates.objective))
    rows = np.flatnonzero(h["flags"] & int(Flag.CASH_LIST))
    uid, members = h["uid"][rows], h["members"][rows].astype(np.float64)
    left = MONTHS - 1 - model.month_of_year
    year = (h.year_income[rows] + left * h["usual_income"][rows]) / members
    income = assessed_rows(model, year, draw, rows, float(rates.blur))
    line = model.world.lines.absolute + float(rates.objective_line)
    weight = model.places.by_household(model.places["weight"])[rows]
    if objective in (HEADCOUNT, GAP):
        score = line - income if objective == HEADCOUNT else income
        order = np.lexsort((uid, score))
        order = order[income[order] < line]
        target = line * (1.0 + float(rates.just_over))
        ask = np.maximum(target - income, 0.0) * members / (left + 1.0)
        return Ranked(rows[order], ask[order], weight[order])
    score = _index(model, rows, income, objective)
    order = np.lexsort((uid, score))
    persons = np.cumsum((members * weight)[order])
    order = order[
        persons <= max(float(rates.objective_reach) * persons[-1:].sum(), persons[:1].sum())
    ]
    return Ranked(rows[order], np.full(len(order), np.inf), weight[order])


def _index(model: Stage, rows: Array, income: Array, objective: int) -> Array:
    """Return what those with the least of are served first: an index, or where effects last.

    Effects last where a worker lacks capital and skill; households without a worker come after.
    """
    h = model.households
    score = _relative(h["productive_assets"][rows]) + _relative(h["skill"][rows])
    if objective == COMPOSITE:
        rest = score + _relative(h["health"][rows])
        weight = float(model.rates.income_weight)
        return weight * _relative(np.maximum(income, 0.0)) + (1.0 - weight) * rest / 3.0
    return np.asarray(score + np.where(h["labour"][rows] == 0, IDLE, 0.0))


def _relative(values: Array) -> Array:
    """Return values over their mean."""
    return np.asarray(values / max(float(np.mean(values)), 1e-9)) if len(values) else values
