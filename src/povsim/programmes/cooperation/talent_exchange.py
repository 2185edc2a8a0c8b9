"""Talent exchange (干部人才交流): partners' cadres, teachers and doctors."""

from povsim.programmes.base import Programme
from povsim.programmes.delivery.places import households_of
from povsim.programmes.stage import Stage


class TalentExchange(Programme):
    """Raise management and services slowly, at the partners' cost."""

    def act(self, model: Stage) -> None:
        """Let the month's posts do their work."""
        p, places = self.numbers, model.places
        posts = self.strength * p.posts_per_thousand
        for name, gain in (("management", p.management_gain), ("services", p.services_gain)):
            places[name][:] += posts * gain * (1.0 - places[name]) / 12.0
        cost = float(households_of(model).sum()) / 1000.0 * posts * p.cost * model.economy.level
        model.treasury.ledger.move(self.name, "eastern_partner", "administration", cost / 12.0)
