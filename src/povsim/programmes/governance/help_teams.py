"""Resident help teams (驻村帮扶): one of the four dials that are not to be removed.

A team in the village gets money to its use sooner and teaches management. Other programmes may
read ``places.help_team``.
"""

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class HelpTeams(Programme):
    """Keep teams in villages and at sites."""

    def active(self, month: int) -> bool:
        """Return whether the programme runs, or takes its teams home in this month."""
        return super().active(month) or month == self.use.stop

    def presence(self, model: Stage) -> np.ndarray:
        """Return the presence of a team by place, 0-1."""
        p, places = self.numbers, model.places
        if model.month == self.use.stop:
            return np.zeros(len(places))
        listed = (places["listed"] > 0) | places.is_site
        presence = np.where(listed, p.coverage_listed, p.coverage_other)
        return np.asarray(presence * min(self.strength, 1.0))

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let less money wait where teams are, by where poor households live."""
        poor = model.poor_by_place * model.treasury.place_weight
        there = float(poor @ model.places["help_team"]) / max(float(poor.sum()), 1e-9)
        rates.diligence *= 1.0 + self.numbers.delivery_gain * there

    def act(self, model: Stage) -> None:
        """Send teams, pay for them, and let management learn from them."""
        p, places = self.numbers, model.places
        presence = places["help_team"][:] = self.presence(model)
        management = places["management"]
        learning = model.industry_numbers.learning * p.learning_gain * presence / 12.0
        management += learning * management * (1.0 - management)
        teams = presence * places.rows / p.households_per_team
        month = teams * p.cost_per_team * model.economy.level * model.rates.administration / 12.0
        model.treasury.entitle(self.name, month, "administration", p.county_share)
