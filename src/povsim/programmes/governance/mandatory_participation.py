"""Mandatory or voluntary tools (强制性与自愿性工具) in the support of village industry.

What is mandated starts at once, but fits less well: projects fail more often, and many villages
are told to grow the same product, whose price falls. Voluntary tools find takers with time.
"""

import math

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class MandatoryParticipation(Programme):
    """Say which share of industry money is assigned by mandate."""

    def promoted(self, model: Stage) -> int:
        """Return the product that is promoted: the one most households live by already."""
        households = model.places.rows * model.treasury.place_weight
        return int(np.argmax(np.bincount(model.places["product"], households)))

    def modify(self, rates: Rates, model: Stage) -> None:
        """Slow the voluntary part at first; let the mandated part fit less and cost its price."""
        p = self.numbers
        years = (model.month - (self.use.start or 0)) / 12.0
        taken = 1.0 - math.exp(-years / p.voluntary_years) if p.voluntary_years > 0.0 else 1.0
        rates.rollout *= p.mandated_share + (1.0 - p.mandated_share) * taken
        rates.failure *= math.exp(p.misfit * p.mandated_share)
        rates.price[self.promoted(model)] *= math.exp(-p.homogeneity * p.mandated_share)
