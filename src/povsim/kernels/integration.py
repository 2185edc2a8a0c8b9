"""Life at relocation sites: integration grows or fades; some move back."""

import math

from povsim.codes import Flag
from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of
from povsim.rng import Stream, philox4x32, uniform

RETURN_MOVE = int(Stream.RETURN_MOVE)
RETURNED = int(Flag.RETURNED)
LANDLESS = int(Flag.LANDLESS)


@kernel
def settle_or_return(first, last, h, places, p, month, k0, k1, out):
    """Move integration by one month and draw moves back.

    A household that moves back keeps its row, is flagged as returned, gives up workshop work and
    no longer pays the cost of living in town. ``out[place, 0]`` counts moves (households).
    """
    for place in range(first, last):
        out[place, 0] = 0.0
        if places.kind[place] == 0:
            continue
        for i in rows_of(places, place):
            if h.flags[i] & RETURNED:
                continue
            waged = (
                h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i]
            ) / max(float(h.labour[i]), 1.0)
            level = h.integration[i]
            gain = p.base + p.culture * places.culture[place] + p.employment * waged
            gain += p.services * places.services[place]
            level += (gain * (1.0 - level) - p.idleness * (1.0 - waged) * level) / 12.0
            h.integration[i] = min(max(level, 0.0), 1.0)
            r0, _, _, _ = philox4x32(h.uid[i], month, RETURN_MOVE, 0, k0, k1)
            draw = uniform(r0)
            land_at_home = 0.0 if h.flags[i] & LANDLESS else 1.0
            rate = p.return_rate * math.exp(
                p.return_land * land_at_home
                - p.return_integration * level
                - p.return_employment * waged
            )
            if draw < 1.0 - math.exp(-rate / 12.0):
                h.flags[i] |= RETURNED
                h.at_workshop[i] = 0
                out[place, 0] += 1.0
