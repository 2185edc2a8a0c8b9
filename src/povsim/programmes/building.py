"""Put capital into village industry: shared by direct investment and leverage."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.world_view import WorldView
from povsim.state import Places

Array = NDArray[Any]


def add_capital(model: WorldView, public: Array, private: Array, poor_job_share: float) -> None:
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


def blend_poor_jobs(places: Places, jobs: Array, poor_job_share: float) -> None:
    """Move the share of jobs kept for the poor towards that of new jobs, by jobs."""
    standing = places["local_jobs"] + places["industry_jobs"]
    share = places["poor_job_share"]
    total = np.maximum(standing + jobs, 1e-9)
    share[:] = np.where(jobs > 0.0, (share * standing + poor_job_share * jobs) / total, share)
