"""Mobilisation (超常规动员) against routine capacity (常规治理).

Mobilisation raises the productivity of delivery and learning at once, tires with what has been
mobilised so far, and costs more than in proportion. Routine capacity is built slowly and stays.
"""

import math

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.governance.costs import book_running_cost
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class Mobilisation(Programme):
    """Raise productivity of government by mobilisation, routine capacity, or both."""

    def intensity(self, model: Stage) -> float:
        """Return this month's intensity, which fades from the start of the programme."""
        years = (model.month - (self.use.start or 0)) / 12.0
        return float(self.numbers.intensity * math.exp(-self.numbers.fading * years))

    def routine(self, model: Stage) -> float:
        """Return routine capacity, 0-1 of what was aimed at."""
        years = (model.month - (self.use.start or 0)) / 12.0
        return float(1.0 - math.exp(-self.numbers.routine_speed * years))

    def productivity(self, model: Stage) -> float:
        """Return productivity over its ordinary level, the mean of persons represented."""
        p = self.numbers
        tired = np.exp(-p.fatigue * model.counties["mobilised"])
        persons = model.treasury.by_county(model.persons_by_place)
        fresh = float(tired @ persons / persons.sum())
        mobilised = p.gain * self.intensity(model) * fresh
        return float(1.0 + mobilised + p.routine_gain * self.routine(model))

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let less money wait or leak, and management learn faster."""
        productivity = self.productivity(model)
        rates.diligence *= productivity
        rates.leakage /= productivity
        rates.learning *= productivity

    def act(self, model: Stage) -> None:
        """Tire the counties and book administration: convex for mobilisation."""
        p, intensity = self.numbers, self.intensity(model)
        model.counties["mobilised"][:] += intensity * self.strength / 12.0
        routine = p.routine_cost * float(p.routine_gain > 0.0)
        cost = p.cost * intensity**2 + routine
        book_running_cost(self, model, model.persons_by_place * cost)
