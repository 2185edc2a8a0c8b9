"""Disability allowance (残疾人两项补贴): a monthly sum for every disabled member."""

from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_category import DISABLED, pay_units
from povsim.programmes.stage import Stage


class DisabilityAllowance(Programme):
    """Pay by category: nobody's need is assessed unless an income ceiling is set."""

    def act(self, model: Stage) -> None:
        """Pay the month's allowances; the centre and the county share the cost."""
        p, treasury, level = self.numbers, model.treasury, model.economy.level
        monthly = p.allowance * level * self.strength
        paid = pay_units(model, monthly, DISABLED, ceiling=p.income_ceiling * level)
        treasury.entitle(self.name, paid, "received_by_households", p.county_share)
        administration = paid * p.administration_share * model.rates.administration
        treasury.entitle(self.name, administration, "administration", p.county_share)
