"""Universal floor (普惠性现金底线): the same payment to every rural person, without a list."""

from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_category import MEMBERS, pay_units
from povsim.programmes.stage import Stage


class UniversalFloor(Programme):
    """Share the month's purse equally among all rural people."""

    def act(self, model: Stage) -> None:
        """Pay administration and losses, then everybody the same."""
        p, treasury = self.numbers, model.treasury
        net = self.pay_overheads(model, p.administration_share, p.leakage_share)
        if net <= 0.0:
            return
        paid = pay_units(model, net / model.persons_represented, MEMBERS)
        received = min(treasury.represented(paid), net)
        treasury.spend(self.name, self.purse, received, "received_by_households")
