"""Education aid (教育资助): a living subsidy for the pupils of registered and edge households."""

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_category import CHILDREN, pay_units
from povsim.programmes.delivery.by_need import in_review, raise_child_skill, special
from povsim.programmes.stage import Stage


class EducationAid(Programme):
    """Pay for each child, and let children who stay at school start with more skill."""

    def act(self, model: Stage) -> None:
        """Pay a twelfth of the year's aid; at the review the past year's schooling has told."""
        p, treasury = self.numbers, model.treasury
        monthly = p.yearly_aid * model.economy.level * self.strength / 12.0
        standings = np.array([0.0, 1.0, model.rates.edge_reach])
        paid = pay_units(model, monthly, CHILDREN, standings=standings)
        treasury.entitle(self.name, paid, "received_by_households", p.county_share)
        administration = paid * p.administration_share * model.rates.administration
        treasury.entitle(self.name, administration, "administration", p.county_share)
        if in_review(model) and model.month > 0:
            rows = np.flatnonzero(special(model) & (model.households["children"] > 0))
            raise_child_skill(model, rows, p.child_skill_gain * self.strength)
