"""Hazards of falling and shares that ever fell, in person weights."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from povsim.measures._check import checked

Array = NDArray[np.float64]


class Curve(NamedTuple):
    """A step curve: ``values`` hold from ``times`` on."""

    times: Array
    values: Array


def _risk(
    durations: ArrayLike, events: ArrayLike, weights: ArrayLike | None, entry: ArrayLike | None
) -> tuple[Array, Array, Array]:
    time, w = checked(durations, weights, "durations")
    event = np.asarray(events, dtype=bool)
    if event.shape != time.shape:
        raise ValueError(f"events: shape {event.shape} differs from durations {time.shape}")
    start = np.full_like(time, -np.inf) if entry is None else np.asarray(entry, dtype=float)
    if start.shape != time.shape:
        raise ValueError(f"entry: shape {start.shape} differs from durations {time.shape}")
    times = np.unique(time[event])
    fell = np.array([w[event & (time == t)].sum() for t in times])
    at_risk = np.array([w[(time >= t) & (start < t)].sum() for t in times])
    return times, fell, at_risk


def nelson_aalen(
    durations: ArrayLike,
    events: ArrayLike,
    weights: ArrayLike | None = None,
    entry: ArrayLike | None = None,
) -> Curve:
    """Return the cumulative hazard, the sum of falls over people at risk.

    ``entry`` is the time from which a person is watched (left truncation).
    Source: Nelson (1972); Aalen (1978).
    """
    times, fell, at_risk = _risk(durations, events, weights, entry)
    return Curve(times, np.cumsum(fell / at_risk))


def kaplan_meier(
    durations: ArrayLike,
    events: ArrayLike,
    weights: ArrayLike | None = None,
    entry: ArrayLike | None = None,
) -> Curve:
    """Return the share that has not fallen yet; one less it is the ever-fallen share.

    Source: Kaplan and Meier (1958), JASA 53(282).
    """
    times, fell, at_risk = _risk(durations, events, weights, entry)
    return Curve(times, np.cumprod(1.0 - fell / at_risk))
