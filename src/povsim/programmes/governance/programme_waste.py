"""Waste (浪费与低效): how much more than its card says every programme loses."""

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class ProgrammeWaste(Programme):
    """Turn the dial of leakage, waste and misfit for all programmes."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Multiply what leaks, and how often projects fail."""
        rates.leakage *= self.numbers.waste_factor
        rates.failure *= self.numbers.failure_factor
