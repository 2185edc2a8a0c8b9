"""Accountability of officials (责任): one of the four dials that are not to be removed."""

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class Responsibility(Programme):
    """Hold officials to account for delivery, at the price of paperwork."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let less money wait, and add to administration."""
        p = self.numbers
        rates.diligence *= 1.0 + p.delivery_gain * p.assessment_weight
        rates.administration *= 1.0 + p.paperwork * p.assessment_weight
