"""Regions as units (以片区为单位): support reaches low-income people outside the register."""

import numpy as np

from povsim.codes import Registration
from povsim.programmes.base import Programme
from povsim.programmes.reaching import in_review
from povsim.programmes.world_view import WorldView
from povsim.rng import Stream, uniform_block

REACHED = 24
"""Draw number of the targeting stream that says who outside the register is reached."""


class RegionalUnits(Programme):
    """At each review, count low-income households outside the register as edge."""

    begun: bool = False

    def act(self, model: WorldView) -> None:
        """Extend the standing of edge households."""
        if self.begun and not in_review(model):
            return
        self.begun = True
        p, h = self.numbers, model.households
        limit = p.factor * model.world.lines.absolute
        income = 12.0 * h["usual_income"] / h["members"]
        none = h["registration"] == int(Registration.NONE)
        draw = uniform_block(model.seed, h["uid"], 0, Stream.TARGETING, REACHED)[:, 0]
        added = none & (income < limit) & (draw < p.extension * self.strength)
        h["registration"][np.flatnonzero(added)] = int(Registration.EDGE)
        model.count_people()
