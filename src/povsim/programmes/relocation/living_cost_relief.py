"""Living-cost relief (搬迁户生活成本减负): take over part of what towns cost more."""

from povsim.programmes.delivery.by_need import place_of, weight_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.residents import at_site
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class LivingCostRelief(PayAsUsed):
    """Lower the extra cost of living in town by what last month's money covered."""

    relief: float = 0.0

    def modify(self, rates: Rates, model: Stage) -> None:
        """Lower the cost of living in town."""
        rates.living_cost *= 1.0 - self.relief

    def act(self, model: Stage) -> None:
        """Pay for relief, up to the most that the card allows."""
        p, rows = self.numbers, at_site(model)
        extra = model.places["living_cost"][place_of(model, rows)] / 12.0
        total = float(extra @ weight_of(model, rows))
        if total <= 0.0:
            return
        paid = min(self.usable(model), p.relief_share * total)
        self.relief = paid / total
        self.pay_for(model, paid, "subsidies")
