"""Named rates of the world that programmes may change before the month's luck is drawn."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.params import World

Array = NDArray[Any]
LOCAL, WORKSHOP, INFORMAL, FORMAL = range(4)


@dataclass
class Rates:
    """What the kernels of one month are told.

    Attributes
    ----------
    out_of_pocket_share : ndarray, shape (3,)
        Share of a medical bill that patients expect to pay, by registration.
    separation : ndarray, shape (4,)
        Yearly separation rates: local, workshop, informal, formal.
    offers : float
        What multiplies the rate of offers of work away.
    """

    out_of_pocket_share: Array
    separation: Array
    offers: float


def ordinary_rates(world: World, growth_gap: float) -> Rates:
    """Return the month's rates without any programme.

    Separations rise when growth falls behind its mean (log-linear in standard deviations).
    """
    work = world.work
    cycle = float(np.exp(-work.separation_cyclicality * growth_gap))
    base = [
        work.local_separation,
        work.workshop_separation,
        work.informal_separation,
        work.formal_separation,
    ]
    return Rates(
        out_of_pocket_share=np.full(3, world.hazards.uninsured_share),
        separation=np.array(base) * cycle,
        offers=1.0,
    )
