"""Crash projects (临时性、突击性项目): money spent before the assessment that leaves nothing."""

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_category import MEMBERS, count_units, pay_units
from povsim.programmes.stage import Stage

MONTHS = 12


class CrashProjects(Programme):
    """Hand the purse to registered and edge households in the last months of the year."""

    def act(self, model: Stage) -> None:
        """Pay out what has gathered, less administration and waste, before the assessment."""
        p, treasury = self.numbers, model.treasury
        if model.month_of_year < MONTHS - int(p.run_up):
            return
        reached = np.array([0.0, 1.0, model.rates.edge_reach])
        persons = treasury.represented(count_units(model, MEMBERS, standings=reached))
        if persons <= 0.0 or self.purse.available <= 0.0:
            return
        net = self.pay_overheads(model, p.administration_share, p.waste_share)
        paid = pay_units(model, net / persons, MEMBERS, standings=reached)
        received = min(treasury.represented(paid), net)
        treasury.spend(self.name, self.purse, received, "received_by_households")
