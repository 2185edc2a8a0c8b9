"""Latent risk of early warning: the chance that the next twelve months bring income below the line.

What a scan sees is this risk, not the future: a household's income, the size of its shocks, and
the chances of illness and of a lost job are known in the month; whether it will fall is not.

It is one of three accounts of the next year: :mod:`povsim.kernels.risk` is the formula by which
the yearbook counts the vulnerable, without the months that lie behind; :mod:`povsim.study.futures`
lives the next years many times over, with every mechanism of the model.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from povsim.kernels.hazards import illness_rate
from povsim.kernels.work import yearly_separations
from povsim.programmes.rates import VILLAGE
from povsim.programmes.stage import Stage

Array = NDArray[Any]
LEAST = 0.02
"""Share of the line below which expected income is not followed: logs need a floor."""


def latent_risk(model: Stage) -> Array:
    """Return the chance by household that income of the next twelve months is under the line.

    Expected income is the mean of the last twelve months and of usual income, both after school
    costs: half of the window lies behind. Log income is normal around it with the model's own
    spreads (Chaudhuri, Jalan and Suryahadi 2002); illness and a lost job, at the rates of the
    model, take their mean cost off. Shape (households,), 0-1.
    """
    h, hazards = model.households, model.world.hazards
    members = h["members"].astype(np.float64)
    labour = np.maximum(h["labour"], 1).astype(np.float64)
    usual = 12.0 * h["usual_income"] / members
    school = model.world.consumption.school_cost * h["children"] / members
    expected = 0.5 * (usual - school + h.income_per_person)
    own = np.clip(1.0 - h.wage_workers / labour, 0.0, 1.0)
    p = model.world.production
    spread = np.hypot(p.lasting_volatility, own * p.season_volatility / (1.0 - p.cost_share))
    overworked = h["migrant_informal"] / np.maximum(h["labour"], 1)
    ill = 1.0 - np.exp(-illness_rate.py_func(h["head_age"], h["health"], overworked, hazards))
    share = np.asarray(model.rates.out_of_pocket_share)[h["registration"]]
    work = hazards.illness_months * h["usual_income"] * 0.5 / labour
    bill = (hazards.illness_cost_median * share + work) / members
    jobs = [h[name] for name in ("at_local", "at_workshop", "migrant_informal", "migrant_formal")]
    out = 1.0 - np.exp(-yearly_separations.py_func(jobs, model.rates.separation[VILLAGE]))
    pay = model.world.work.months_lost / 12.0 * usual / labour

    def chance(income: Array) -> Array:
        return _below(income, model.world.lines.absolute, spread)

    calm = (1.0 - ill) * (1.0 - out) * chance(expected)
    one = ill * (1.0 - out) * chance(expected - bill) + out * (1.0 - ill) * chance(expected - pay)
    return np.asarray(calm + one + ill * out * chance(expected - bill - pay))


def risk_index(risk: Array, seen: Array, separation: float) -> Array:
    """Return risk as an index: 0 for the mean of those seen, 1 for those who will fall.

    Parameters
    ----------
    risk : ndarray
        Chance by household, 0-1.
    seen : ndarray of bool
        Whose distribution sets the zero.
    separation : float
        Mean distance of those who later fall from the others, standard deviations of the probit
        of risk.
    """
    probit = ndtri(np.clip(risk, 1e-4, 1.0 - 1e-4))
    of = probit[seen] if seen.any() else probit
    return np.asarray((probit - of.mean()) / max(float(of.std()), 1e-9) / separation)


def area_under_curve(score: Array, fell: Array, weight: Array) -> float:
    """Return the weighted chance that one who fell scored above one who did not; ties are half."""
    order = np.argsort(score, kind="stable")
    score, fell, weight = score[order], fell[order], weight[order].astype(np.float64)
    positive, negative = np.where(fell, weight, 0.0), np.where(fell, 0.0, weight)
    if positive.sum() <= 0.0 or negative.sum() <= 0.0:
        return float("nan")
    first = np.searchsorted(score, score, side="left")
    last = np.searchsorted(score, score, side="right")
    below = np.concatenate([[0.0], np.cumsum(negative)])
    wins = 0.5 * (below[first] + below[last])
    return float(positive @ wins / (positive.sum() * negative.sum()))


def _below(income: Array, line: float, spread: Array) -> Array:
    floored = np.maximum(income, LEAST * line)
    spread = np.maximum(spread, 0.02)
    return np.asarray(ndtr((np.log(line / floored) + 0.5 * spread**2) / spread))
