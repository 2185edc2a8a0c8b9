"""Data platform (大数据信息平台): assessments that err less."""

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class DataPlatform(Programme):
    """Lower the noise of every assessment, at a running cost."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Lower the noise of scores."""
        rates.score_noise *= 1.0 - self.numbers.noise_cut

    def act(self, model: Stage) -> None:
        """Pay for running the platform."""
        p = self.numbers
        cost = model.persons_by_place * p.running_cost * model.economy.level / 12.0
        model.treasury.entitle(self.name, self.strength * cost, "administration", p.county_share)
