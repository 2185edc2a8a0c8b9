"""Delivery of promised support (兑现责任): the chance and the delay with which money arrives.

Without this rule money is as late as it ordinarily is, see ``fiscal.delivery``.
"""

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.world_view import WorldView


class DeliveryGuarantee(Programme):
    """Let part of the money wait, the less the stronger the guarantee."""

    def wait(self) -> float:
        """Return the mean months until money is delivered."""
        p = self.numbers
        chance = p.probability + p.guarantee * (1.0 - p.probability)
        return float((1.0 - p.guarantee) * p.delay + (1.0 - chance) / chance)

    def modify(self, rates: Rates, model: WorldView) -> None:
        """Deliver each month the share at which money waits that long on average."""
        rates.delivery = 1.0 / (1.0 + self.wait())
