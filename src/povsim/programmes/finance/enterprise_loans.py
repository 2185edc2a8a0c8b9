"""Loans in households' names that firms use (户贷企用)."""

import numpy as np

from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_need import place_of
from povsim.programmes.delivery.industry import add_capital
from povsim.programmes.delivery.residents import pay_rents, poor_rows
from povsim.programmes.stage import Stage


class EnterpriseLoans(Programme):
    """Pay interest on loans to village industry; it pays dividends until it fails."""

    capital_is = "lent"

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.lent = np.zeros(0)

    def act(self, model: Stage) -> None:
        """Pay interest on what stands, lend more, and pay the month's dividends."""
        p, places, treasury = self.numbers, model.places, model.treasury
        weight = treasury.place_weight
        if len(self.lent) == 0:
            self.lent = np.zeros(len(places))
        self.lent *= model.flows.lost_share <= 0.0
        amount = self.purse.available
        costs = min(p.administration_share * model.rates.administration, 1.0)
        interest = float(self.lent @ weight) * p.interest / 12.0
        paid = min(interest, amount * (1.0 - costs))
        spare = amount * (1.0 - costs) - paid
        room = np.maximum(p.most_per_household * model.poor_by_place - self.lent, 0.0)
        room *= places.industry_capital > 0.0
        full = float(room @ weight)
        new = min(max(spare, 0.0) / p.interest, full)
        share = new / full if full > 0.0 else 0.0
        paid += new * p.interest
        treasury.spend(self.name, self.purse, amount * costs, "administration")
        treasury.spend(self.name, self.purse, min(paid, self.purse.available), "interest")
        added = room * share
        self.lent += added
        add_capital(model, self.name, np.zeros(len(places)), added * weight, 0.0)
        treasury.ledger.move(self.name, "bank", "lent", float(added @ weight))
        self._pay_dividends(model)

    def _pay_dividends(self, model: Stage) -> None:
        """Pay registered and edge households their dividend on what stands."""
        rows = poor_rows(model)
        each = self.lent * self.numbers.dividend / 12.0 / np.maximum(model.poor_by_place, 1.0)
        pay_rents(model, self.name, rows, each[place_of(model, rows)])
