"""Aspiration programme (扶志): exposure, role models and goals for the poor.

Steady work on motivation is a lever of the modes that have a stock of it; the first contact
raises motivation once, in every mode.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Registration
from povsim.programmes.delivery.by_need import raise_motivation, special, weight_of
from povsim.programmes.delivery.luck import drawn_once
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage
from povsim.rng import TargetingDraw

Array = NDArray[Any]


class AspirationProgramme(PayAsUsed):
    """Work on the motivation of registered and edge households with a worker."""

    coverage: float = 0.0

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.met: Array | None = None

    def modify(self, rates: Rates, model: Stage) -> None:
        """Add the lever that last month's money paid for (the purse has the strength already)."""
        added = self.numbers.lever * self.coverage / self.strength
        rates.lever[int(Registration.REGISTERED)] += added
        rates.lever[int(Registration.EDGE)] += added * model.rates.edge_reach

    def act(self, model: Stage) -> None:
        """Reach as many as the purse pays for, always the same first; new ones gain once."""
        p, h = self.numbers, model.households
        rows = np.flatnonzero(special(model) & (h["labour"] > 0))
        full = p.yearly_cost * model.economy.level / 12.0 * float(weight_of(model, rows).sum())
        spent = min(self.usable(model), full)
        self.coverage = spent / full if full > 0.0 else 0.0
        if self.coverage == 0.0:
            return
        self.pay_for(model, spent, "invested")
        turn = drawn_once(model, TargetingDraw.ASPIRATION, rows)
        if self.met is None:
            self.met = np.zeros(len(h), dtype=np.bool_)
        new = rows[(turn < self.coverage) & ~self.met[rows]]
        raise_motivation(model, new, p.motivation_gain)
        self.met[new] = True
