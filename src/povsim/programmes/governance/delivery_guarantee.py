"""Delivery of promised support (兑现责任): the chance and the delay with which money arrives.

Without this rule money is as late as it ordinarily is, see ``fiscal.delivery``.
"""

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class DeliveryGuarantee(Programme):
    """Let part of the money wait, the less the stronger the guarantee."""

    def delivered(self) -> float:
        """Return the share that reaches its use each month.

        Money that waits ``delay`` months for procedure and then arrives with chance c a month
        waits delay + (1 - c) / c months on average, as money does of which this share arrives.
        """
        p = self.numbers
        chance = p.probability + p.guarantee * (1.0 - p.probability)
        return float(chance / (1.0 + chance * (1.0 - p.guarantee) * p.delay))

    def modify(self, rates: Rates, model: Stage) -> None:
        """Deliver each month the share at which money waits that long on average."""
        rates.delivery = self.delivered()
