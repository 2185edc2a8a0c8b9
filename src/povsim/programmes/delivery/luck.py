"""The luck of targeting, household by household: this month's, or once and for all."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.stage import Stage
from povsim.rng import Stream, TargetingDraw, uniform_block

Array = NDArray[Any]
EVERYBODY = slice(None)


def drawn_once(model: Stage, draw: TargetingDraw, rows: Array | slice = EVERYBODY) -> Array:
    """Return a uniform draw of each row in (0, 1), the same in every month."""
    return _drawn(model, draw, rows, 0)


def drawn_this_month(model: Stage, draw: TargetingDraw, rows: Array | slice = EVERYBODY) -> Array:
    """Return a uniform draw of each row in (0, 1), another one every month."""
    return _drawn(model, draw, rows, model.month)


def _drawn(model: Stage, draw: TargetingDraw, rows: Array | slice, month: int) -> Array:
    uid = model.households["uid"][rows]
    return np.asarray(uniform_block(model.seed, uid, month, Stream.TARGETING, draw)[:, 0])
