"""Put capital into village industry: shared by direct investment, leverage and loans."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.stage import Stage
from povsim.state import Places

Array = NDArray[Any]


def add_capital(
    model: Stage, programme: str, public: Array, private: Array, poor_job_share: Array | float
) -> None:
    """Add capital, represented yuan by place, and move the share of jobs kept for the poor.

    The share is the capital-weighted mean of what stood and what is added.
    """
    places = model.places
    rows_public = public / model.treasury.place_weight
    rows_private = private / model.treasury.place_weight
    standing = places.industry_capital
    added = rows_public + rows_private
    total = standing + added
    share = places["poor_job_share"]
    moved = np.where(
        total > 0.0,
        (share * standing + poor_job_share * added) / np.maximum(total, 1e-9),
        share,
    )
    share[:] = moved
    places["industry_public"][:] += rows_public
    places["industry_private"][:] += rows_private
    model.treasury.record_built(programme, float(public.sum()), float(private.sum()))


def room_for_industry(model: Stage) -> Array:
    """Return capital for which places still have land, represented yuan by place."""
    room = np.maximum(model.flows.land_limit - model.places.industry_capital, 0.0)
    return np.asarray(room * model.treasury.place_weight)


def displace_investment(model: Stage, most: Array) -> Array:
    """Let private investment that is due fall, as far as there is any; return by how much.

    Parameters
    ----------
    most : ndarray, shape (places,)
        What is displaced where enough is due, yuan of rows; below 0 more is drawn.
    """
    flows = model.flows
    displaced = np.minimum(most, flows.private_investment_due)
    flows.private_investment_due = flows.private_investment_due - displaced
    return displaced


def fill(money: float, need: Array, most: Array) -> Array:
    """Return ``money`` shared in proportion to ``need``, no place over ``most``.

    What a full place leaves goes to the others; what nobody can take is left over.
    """
    given = np.where(need > 0.0, most, 0.0)
    if money >= given.sum():
        return np.asarray(given)
    level = given / np.where(need > 0.0, need, 1.0)
    order = np.argsort(level, kind="stable")
    full = np.concatenate([[0.0], np.cumsum(given[order])])[:-1]
    needed = np.cumsum(need[order][::-1])[::-1]
    rise = np.maximum(money - full, 0.0) / np.maximum(needed, 1e-300)
    last = int(np.argmax(rise <= level[order]))
    return np.asarray(np.minimum(given, need * rise[last]))


def blend_poor_jobs(places: Places, jobs: Array, poor_job_share: float) -> None:
    """Move the share of jobs kept for the poor towards that of new jobs, by jobs."""
    standing = places["local_jobs"] + places["industry_jobs"]
    share = places["poor_job_share"]
    total = np.maximum(standing + jobs, 1e-9)
    share[:] = np.where(jobs > 0.0, (share * standing + poor_job_share * jobs) / total, share)
