"""Matched leverage (财政撬动社会资本): public money that investors must match.

Investors come where the expected return of one more yuan, with the guarantee, reaches their
hurdle (participation constraint), and a village takes what it can use in a year; what nobody takes
stays in the purse. Part of the private money would have come anyway (additionality), and money
from outside displaces part of local effort. A guarantee fund, fed from the purse, pays for part
of what investors lose when a project fails.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.backing import JANUARY, Backer
from povsim.programmes.building import add_capital, fill
from povsim.programmes.cards import Card
from povsim.programmes.scenario import ProgrammeUse
from povsim.programmes.world_view import WorldView

Array = NDArray[Any]


class MatchedLeverage(Backer):
    """Draw private capital into village industry with grants and guarantees."""

    def __init__(self, card: Card, use: ProgrammeUse) -> None:
        super().__init__(card, use)
        self.to_displace = np.zeros(0)
        self.displaced = 0.0

    def act(self, model: WorldView) -> None:
        """Settle guarantees on the last failures, then match investors where they are willing."""
        self.settle(model, from_purse=True)
        p, treasury = self.numbers, model.treasury
        need = (1.0 + model.poor_by_place) * treasury.place_weight
        costs = min(
            p.administration_share * model.rates.administration, 1.0 - p.guarantee_provision
        )
        for_grants = self.purse.available * (1.0 - costs - p.guarantee_provision)
        built = 1.0 - min(p.waste_share * model.rates.leakage, 1.0)
        drawn = p.match_ratio * p.additionality
        most = np.minimum(self.offers(model), self.room(model) / max(built * (1.0 + drawn), 1e-9))
        grants = fill(for_grants, need, most) if for_grants > 0.0 else np.zeros(len(need))
        private = grants * drawn
        if grants.sum() > 0.0:
            self._pay(model, grants, private, costs, built)
            add_capital(model, self.name, grants * built, private * built, p.poor_job_share)
            self.back(model, private * built)
        self._displace(model, (grants + private) * built)

    def _pay(
        self, model: WorldView, grants: Array, private: Array, costs: float, built: float
    ) -> None:
        """Book grants, provision, administration and what investors add."""
        p, treasury, total = self.numbers, model.treasury, float(grants.sum())
        gross = total / (1.0 - costs - p.guarantee_provision)
        treasury.spend(self.name, self.purse, gross * costs, "administration")
        self.provide(model, gross * p.guarantee_provision * grants / total)
        treasury.spend(self.name, self.purse, total * (1.0 - built), "leakage")
        invested = min(total * built, self.purse.available)
        treasury.spend(self.name, self.purse, invested, "invested")
        move = treasury.ledger.move
        move(self.name, "private_investors", "invested", float(private.sum()) * built)
        move(self.name, "private_investors", "leakage", float(private.sum()) * (1.0 - built))

    def _displace(self, model: WorldView, external: Array) -> None:
        """Let local investment fall by a part of what came from outside, as far as it goes."""
        if len(self.to_displace) == 0:
            self.to_displace = np.zeros(len(model.places))
        if model.month_of_year == JANUARY:
            self.displaced = 0.0
        weight = model.treasury.place_weight
        self.to_displace += self.numbers.local_displacement * external / weight
        lost = np.minimum(self.to_displace, np.maximum(model.private_investment_due, 0.0))
        model.private_investment_due -= lost
        self.to_displace -= lost
        self.displaced += float(lost @ weight)

    def yearly(self, model: WorldView) -> Iterator[tuple[str, float]]:
        """Yield the constraint's figures and local investment displaced in the year, yuan."""
        yield from super().yearly(model)
        yield f"{self.name}_displaced", self.displaced
