"""Leasing of land (土地流转出租) by households short of labour."""

from typing import Any

from numpy.typing import NDArray

from povsim.programmes.land.giving_up import LandGivenUp
from povsim.programmes.stage import Stage


class LandLease(LandGivenUp):
    """Lease land out once, for a safe rent."""

    def share(self) -> float:
        """Return the part of spare land that is leased."""
        return float(self.numbers.leased_share)

    def due(self, model: Stage, here: NDArray[Any]) -> NDArray[Any]:
        """Return the rent of each household."""
        return self.mu * self.numbers.rent
