"""Job-stabilising subsidy (援企稳岗): keep relocated workers in their jobs."""

import numpy as np

from povsim.programmes.delivery.by_need import weight_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.residents import at_site, waged
from povsim.programmes.rates import SITE, Rates
from povsim.programmes.stage import Stage


class JobStabilisingSubsidy(PayAsUsed):
    """Lower separations at sites by the share of jobs that last month's money covered."""

    coverage: float = 0.0

    def modify(self, rates: Rates, model: Stage) -> None:
        """Lower separations as far as jobs are covered, less the part that was safe anyway."""
        p = self.numbers
        cut = self.coverage * p.separation_cut * (1.0 - p.deadweight)
        rates.separation[SITE] *= 1.0 - cut

    def act(self, model: Stage) -> None:
        """Pay for jobs, in a downturn only if the trigger is set."""
        p = self.numbers
        self.coverage = 0.0
        if p.cyclical_trigger >= 0.5 and model.economy.growth_gap > p.trigger_gap:
            return
        rows = at_site(model)
        jobs = float(np.dot(waged(model, rows), weight_of(model, rows)))
        due = jobs * p.subsidy * model.economy.level
        if due <= 0.0:
            return
        paid = min(self.usable(model), due)
        self.coverage = paid / due
        self.pay_for(model, paid, "subsidies")
