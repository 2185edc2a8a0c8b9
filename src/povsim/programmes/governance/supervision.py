"""Supervision (监管): one of the four dials that are not to be removed."""

from povsim.programmes.base import Programme
from povsim.programmes.governance.costs import book_running_cost
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class Supervision(Programme):
    """Lower leakage and waste, and sharpen detection, at a cost."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let less leak, and let village officers look harder."""
        rates.detection *= 1.0 + self.numbers.detection_gain
        rates.leakage *= 1.0 - self.numbers.leakage_prevented

    def act(self, model: Stage) -> None:
        """Pay for it."""
        book_running_cost(self, model, model.persons_by_place * self.numbers.cost)
