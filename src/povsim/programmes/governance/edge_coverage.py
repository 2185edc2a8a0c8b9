"""Edge coverage (边缘易致贫户覆盖): which edge households support reaches, who counts as one.

Unregistered households whose assessed income is under a multiple of the monitoring line become
edge households at the yearly review.
"""

import math

import numpy as np

from povsim.codes import Registration
from povsim.kernels.compiled import kernel
from povsim.kernels.luck import draw_place, least_factors
from povsim.kernels.rows import rows_of, widest
from povsim.programmes.base import Programme
from povsim.programmes.delivery.assessed_income import (
    assessed,
    assessed_below,
    list_noise,
    usual_per_person,
)
from povsim.programmes.delivery.by_category import HOUSEHOLD, SPECIAL, count_units
from povsim.programmes.delivery.by_need import in_review
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage
from povsim.rng import Stream, TargetingDraw

NONE = int(Registration.NONE)
EDGE = int(Registration.EDGE)
TARGETING = int(Stream.TARGETING)
LISTED = int(TargetingDraw.EDGE_LIST)


@kernel
def _register(first, last, h, places, limit, leave, noise, month, k0, k1, out):
    """Count unregistered households under a limit as edge; let edge above another leave."""
    least = least_factors(noise)
    size = widest(places, first, last)
    words, unused = np.empty(size, np.uint32), np.empty(size, np.uint32)
    for place in range(first, last):
        entries = 0.0
        rows = rows_of(places, place)
        draw_place(h.uid[rows.start : rows.stop], month, TARGETING, LISTED, k0, k1, words, unused)
        for i in rows:
            edge = h.registration[i] == EDGE
            if not edge and h.registration[i] != NONE:
                continue
            income, word = usual_per_person(h, i), words[i - rows.start]
            if edge:
                if assessed(income, noise, word) >= leave:
                    h.registration[i] = NONE
            elif assessed_below(income, limit, noise, word, least):
                h.registration[i] = EDGE
                entries += 1.0
        out[place, 0] = entries


class EdgeCoverage(Programme):
    """Set the reach of support to edge households and register those under a limit."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let special support reach this part of edge households."""
        rates.edge_reach = self.numbers.reach

    def act(self, model: Stage) -> None:
        """Register new edge households in the month of review."""
        p, line = self.numbers, model.world.lines.monitoring
        limit = p.eligibility_factor * line
        leave = p.exit_factor * line if p.exit_factor > 0.0 else math.inf
        if not in_review(model) or (limit <= 0.0 and leave == math.inf) or self.strength <= 0.0:
            return
        model.over_places(
            _register,
            model.households.arrays,
            model.places.arrays,
            limit,
            max(limit, leave),
            list_noise(model),
            model.month,
            *model.key,
        )
        model.poor_by_place = count_units(model, HOUSEHOLD, standings=SPECIAL)
