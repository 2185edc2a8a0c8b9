"""Child allowance (儿童津贴): a floor for every child of a household under an income ceiling."""

from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_category import CHILDREN, pay_units
from povsim.programmes.stage import Stage


class ChildAllowance(Programme):
    """Pay by category: every child, whatever the household's standing in the register."""

    def act(self, model: Stage) -> None:
        """Pay the month's allowances; the centre and the county share the cost."""
        p, treasury, level = self.numbers, model.treasury, model.economy.level
        monthly = p.allowance * level * self.strength
        paid = pay_units(model, monthly, CHILDREN, ceiling=p.income_ceiling * level)
        treasury.entitle(self.name, paid, "received_by_households", p.county_share)
        administration = paid * p.administration_share * model.rates.administration
        treasury.entitle(self.name, administration, "administration", p.county_share)
