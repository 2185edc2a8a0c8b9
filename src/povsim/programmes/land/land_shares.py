"""Land as shares (土地入股分红) by households short of labour."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.delivery.by_need import place_of
from povsim.programmes.land.giving_up import LandGivenUp
from povsim.programmes.stage import Stage


class LandShares(LandGivenUp):
    """Contribute land to village industry once, for a dividend while it stands."""

    def begin(self, model: Stage) -> None:
        """Bring land into village industry, and remember what it was worth then."""
        super().begin(model)
        self.first = model.places.industry_capital.copy()
        here = place_of(model, self.rows)
        model.flows.industry_land += np.bincount(here, self.mu, len(model.places))

    def share(self) -> float:
        """Return the part of spare land that is contributed."""
        return float(self.numbers.contributed_share)

    def due(self, model: Stage, here: NDArray[Any]) -> NDArray[Any]:
        """Return dividends, which follow the value of industry and stop when it fails."""
        value = model.places.industry_capital / np.maximum(self.first, 1.0)
        failed = model.flows.lost_share > 0.0
        value = np.where(failed, 0.0, np.minimum(value, self.numbers.most_dividend))
        return self.mu * self.numbers.dividend * value[here]
