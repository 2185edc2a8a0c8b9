"""Green demand (绿色消费): a premium that fades with entry."""

from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class GreenDemand(PayAsUsed):
    """Raise prices of some products by what certification was paid for."""

    coverage: float = 0.0
    months: int = 0

    def modify(self, rates: Rates, model: Stage) -> None:
        """Add the premium that entry has left."""
        p = self.numbers
        left = (1.0 - p.entry_fade / 12.0) ** self.months
        rates.price[: int(p.products_chosen)] *= 1.0 + p.premium * self.coverage * left

    def act(self, model: Stage) -> None:
        """Pay for certification and marketing."""
        full = model.persons_represented * self.numbers.cost * model.economy.level / 12.0
        paid = min(self.usable(model), full)
        self.coverage = paid / full
        self.months += 1
        self.pay_for(model, paid, "subsidies")
