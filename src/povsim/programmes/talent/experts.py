"""Experts in villages (人才支持计划)."""

import numpy as np

from povsim.programmes.delivery.places import PlaceSupport
from povsim.programmes.stage import Stage


class Experts(PlaceSupport):
    """Raise management where experts are posted; turnover takes part of it away."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.gained = np.zeros(0)

    def act(self, model: Stage) -> None:
        """Post experts, and let what they brought fade."""
        p, management = self.numbers, model.places["management"]
        if len(self.gained) == 0:
            self.gained = np.zeros(len(management))
        fading = self.gained * p.fade / 12.0
        covered = self.cover(model, p.households_per_expert, p.cost)
        gain = covered * p.learning_gain * (1.0 - management) / 12.0
        self.gained += gain - fading
        management += gain - fading
