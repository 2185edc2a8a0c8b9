"""Ring-fenced floor (兜底资金专项保留): floor money of G1 comes before all spending by share."""

import numpy as np

from povsim.codes import Group
from povsim.money.support import pay_rows
from povsim.programmes.base import Programme
from povsim.programmes.stage import Stage


class RingFencedFloor(Programme):
    """Pay every person of a floor-protection household the floor, out of the envelope first."""

    def act(self, model: Stage) -> None:
        """Pay the month's floor; as an entitlement it leaves less for spending programmes."""
        p, h, treasury = self.numbers, model.households, model.treasury
        rows = np.flatnonzero(h["group"] == int(Group.G1))
        monthly = p.floor * model.economy.level * self.strength / 12.0
        paid = pay_rows(model, rows, monthly * h["members"][rows].astype(np.float64))
        treasury.entitle(self.name, paid, "received_by_households", p.county_share)
        administration = paid * p.administration_share * model.rates.administration
        treasury.entitle(self.name, administration, "administration", p.county_share)
