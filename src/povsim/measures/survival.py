"""Hazards of falling and shares that ever fell, in person weights."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import finite, flags, rows
from povsim.measures._read import Array


class Curve(NamedTuple):
    """A step curve: ``values`` hold from ``times`` on."""

    times: Array
    values: Array


def _risk(
    durations: ArrayLike, events: ArrayLike, weights: ArrayLike | None, entry: ArrayLike | None
) -> tuple[Array, Array, Array]:
    """Return the times of falls, and the persons who fall and are at risk at each."""
    columns = {"durations": durations, "events": events}
    if entry is not None:
        columns["entry"] = entry
    time, fell_or_not, *start, w = rows(weights, truths=("events",), **columns)
    event = flags(fell_or_not, "events")
    since = start[0] if start else np.full_like(time, -np.inf)
    late = int((since >= time).sum())
    if late:
        raise ValueError(f"entry: {late} of {time.size} are not before the end of their duration")
    times = np.unique(time[event])
    fell = np.array([w[event & (time == t)].sum() for t in times])
    at_risk = np.array([w[(time >= t) & (since < t)].sum() for t in times])
    return times, fell, at_risk


@finite
def nelson_aalen(
    durations: ArrayLike,
    events: ArrayLike,
    weights: ArrayLike | None = None,
    entry: ArrayLike | None = None,
) -> Curve:
    """Return the cumulative hazard, the sum of falls over people at risk.

    ``events`` are True and False, or 1 and 0; ``entry`` is the time from which a person is
    watched (left truncation), before the end of the duration. Times count from any day, so that
    they may be zero or negative. Without an event the curve is empty.
    Source: Nelson (1972); Aalen (1978).
    """
    times, fell, at_risk = _risk(durations, events, weights, entry)
    return Curve(times, np.cumsum(fell / at_risk))


@finite
def kaplan_meier(
    durations: ArrayLike,
    events: ArrayLike,
    weights: ArrayLike | None = None,
    entry: ArrayLike | None = None,
) -> Curve:
    """Return the share that has not fallen yet; one less it is the ever-fallen share.

    Arguments are those of :func:`nelson_aalen`: times may be zero or negative, and without an
    event the curve is empty. Source: Kaplan and Meier (1958), JASA 53(282).
    """
    times, fell, at_risk = _risk(durations, events, weights, entry)
    return Curve(times, np.cumprod(1.0 - fell / at_risk))
