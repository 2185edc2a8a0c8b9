"""Merger of programmes (项目整合归并) into the first that invests.

Overlap and administration are saved; the part kept for registered and edge households may fall.
"""

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage

FAMILIES = ("industry", "land", "cooperation", "finance", "regional", "capability")


class ProgrammeMerger(Programme):
    """Give the money of merged programmes to the first of them."""

    merged: float = 0.0
    """Share of spending money that was taken over by another programme last month."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Save administration and overlap, and loosen the focus on the poor, by what is merged."""
        p = self.numbers
        rates.administration *= 1.0 - p.administration_saved * self.merged
        rates.leakage *= 1.0 - p.overlap_saved * self.merged
        rates.poor_share *= 1.0 - (1.0 - p.poor_share_kept) * self.merged

    def allot(self, shares: dict[Programme, float], model: Stage) -> dict[Programme, float]:
        """Move the money of every merged programme to the first."""
        families = [f for f in FAMILIES if getattr(self.numbers, f) >= 0.5]
        names = [q for q in shares if q.card.family in families]
        total = sum(shares.values())
        moved = sum(shares[q] for q in names[1:])
        self.merged = moved / total if total > 0.0 else 0.0
        for q in names[1:]:
            shares[q] = 0.0
        if names:
            shares[names[0]] += moved
        return shares
