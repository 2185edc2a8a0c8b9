"""Own fiscal effort (财政依赖): counties collect less of their own where others pay.

The central money of last year is taken to reach counties by their poor households.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.base import Programme
from povsim.programmes.stage import Stage

JANUARY = 0


class FiscalEffort(Programme):
    """Scale the counties' own revenue by their dependence on external money."""

    ordinary: NDArray[Any] | None = None
    external: float = 0.0

    def dependence(self, model: Stage) -> NDArray[Any]:
        """Return external over total money by county, 0-1."""
        poor = model.treasury.by_county(model.poor_by_place)
        external = self.external * poor / max(float(poor.sum()), 1e-9)
        ordinary = model.counties["own_revenue"] if self.ordinary is None else self.ordinary
        own = ordinary * model.economy.level
        return np.asarray(external / np.maximum(external + own, 1e-9))

    def act(self, model: Stage) -> None:
        """See in January what the centre paid last year, and adjust effort."""
        revenue, ledger = model.counties["own_revenue"], model.treasury.ledger
        if self.ordinary is None:
            self.ordinary = revenue.copy()
        if model.month_of_year == JANUARY and model.month > 0:
            last = ledger.start_year + model.month // 12 - 1
            self.external = ledger.year_total(last, source="central")
        loss = self.numbers.effort_lost * self.dependence(model) * self.strength
        revenue[:] = self.ordinary * (1.0 - np.minimum(loss, 1.0))
