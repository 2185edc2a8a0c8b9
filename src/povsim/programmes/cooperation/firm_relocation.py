"""Moves of eastern firms (产业梯度转移): jobs that come for a gap in wages."""

import numpy as np

from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import households_of
from povsim.programmes.stage import Stage


class FirmRelocation(PayAsUsed):
    """Draw firms with a subsidy a job; where the gap does not pay, jobs leave after it ends."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.subsidised = np.zeros(0)
        self.later = np.zeros(0)

    def act(self, model: Stage) -> None:
        """Let jobs past their subsidy leave where they do not pay, then draw new ones."""
        p, places, weight = self.numbers, model.places, model.treasury.place_weight
        if len(self.subsidised) == 0:
            self.subsidised, self.later = np.zeros(len(places)), np.zeros(len(places))
        pays = self._chance(model, 0.0)
        left = self.later * (1.0 - pays) * p.exit_rate / 12.0
        ended = self.subsidised / (12.0 * p.subsidy_years)
        self.later += ended - left
        self.subsidised -= ended
        places["local_jobs"][:] -= left
        yearly = p.subsidy * model.economy.level / p.subsidy_years
        need = self._chance(model, yearly) * households_of(model)
        if need.sum() <= 0.0:
            return
        jobs = self.usable(model) / (p.subsidy * model.economy.level) * need / need.sum() / weight
        idle = np.maximum(p.most_jobs * places.rows - self.subsidised, 0.0)
        jobs = np.minimum(jobs, idle)
        self.subsidised += jobs
        places["local_jobs"][:] += jobs
        total = float(jobs @ weight)
        self.pay_for(model, total * p.subsidy * model.economy.level, "subsidies")
        model.treasury.ledger.move(
            self.name, "private_investors", "invested", total * p.capital_per_job
        )

    def _chance(self, model: Stage, subsidy: float) -> np.ndarray:
        """Return the chance that a job pays here: a logit of the gap in costs, yuan a year."""
        p, places = self.numbers, model.places
        level = model.economy.level
        here = 12.0 * model.world.work.local_wage * model.counties["wage_level"][places["county"]]
        gap = (p.eastern_wage - here) * level - p.logistics * (1.0 - places["infrastructure"])
        return np.asarray(1.0 / (1.0 + np.exp(-(gap + subsidy - 2.0 * p.spread) / p.spread)))
