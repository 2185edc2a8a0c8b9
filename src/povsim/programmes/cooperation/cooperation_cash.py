"""East-West cash (东西部协作资金): what partners owe, spent on industry and services."""

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.delivery.industry import add_capital
from povsim.programmes.delivery.places import build_stock, households_of
from povsim.programmes.stage import Stage


class CooperationCash(Programme):
    """Spend partners' money; it is no fiscal cost of the receiving counties."""

    def act(self, model: Stage) -> None:
        """Build industry by registered persons, and services by need."""
        p, treasury = self.numbers, model.treasury
        persons = model.registered_by_place * treasury.place_weight
        money = persons * p.per_registered_person * model.economy.level * self.strength / 12.0
        wasted = min(p.waste_share * model.rates.leakage, 1.0)
        built = money * (1.0 - wasted) * p.industry_share
        add_capital(model, self.name, built, np.zeros(len(built)), p.poor_job_share)
        rest = float(money.sum()) * (1.0 - wasted) - float(built.sum())
        need = households_of(model) * np.maximum(1.0 - model.places["services"], 0.0)
        spent = build_stock(model, "services", rest, need, p.services_cost * model.economy.level)
        move = treasury.ledger.move
        move(self.name, "eastern_partner", "leakage", float(money.sum()) * wasted)
        move(self.name, "eastern_partner", "invested", float(built.sum()) + spent)
        move(self.name, "eastern_partner", "unspent", max(rest - spent, 0.0))
