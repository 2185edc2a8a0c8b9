"""Land kept at home (保留原籍土地) by landless resettlers."""

import numpy as np

from povsim.codes import Flag
from povsim.programmes.base import Programme
from povsim.programmes.delivery.luck import drawn_once
from povsim.programmes.delivery.residents import at_site
from povsim.programmes.stage import Stage
from povsim.rng import TargetingDraw


class LandKeptAtHome(Programme):
    """Give some landless households a plot at home, once."""

    done: bool = False

    def act(self, model: Stage) -> None:
        """Restore plots in the first month; what they yield shows from the next season on."""
        if self.done:
            return
        self.done = True
        p, h = self.numbers, model.households
        rows = at_site(model)
        rows = rows[(h["flags"][rows] & int(Flag.LANDLESS)) != 0]
        draw = drawn_once(model, TargetingDraw.PLOT, rows)
        kept = rows[draw < p.kept_share]
        h["flags"][kept] &= np.uint16(~int(Flag.LANDLESS) & 0xFFFF)
        h["land"][kept] += p.plot * p.yield_share
