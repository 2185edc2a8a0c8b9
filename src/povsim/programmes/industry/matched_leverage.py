"""Matched leverage (财政撬动社会资本): public money that investors must match.

Investors come where the expected return of one more yuan, with the guarantee, reaches their
hurdle (participation constraint), up to what a village can match in a year. Of the money that
finds no investor the county invests a part itself, unmatched; the rest stays in the purse. Part of
the private money would have come anyway (additionality), and money from outside displaces part of
local effort. A guarantee fund, fed from the purse, pays for part of what investors lose when a
project fails.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.cards import Card
from povsim.programmes.delivery.guarantees import JANUARY, Backer
from povsim.programmes.delivery.industry import add_capital, displace_investment, fill
from povsim.programmes.scenario import ProgrammeUse
from povsim.programmes.stage import Stage
from povsim.rng import InvestorDraw

Array = NDArray[Any]


class MatchedLeverage(Backer):
    """Draw private capital into village industry with grants and guarantees."""

    capital_is = "invested"
    draw = InvestorDraw.MATCHED_LEVERAGE

    def __init__(self, card: Card, use: ProgrammeUse) -> None:
        super().__init__(card, use)
        self.displaced = 0.0
        self.unmatched = 0.0

    def act(self, model: Stage) -> None:
        """Settle guarantees on the last failures, match investors, then invest what is left."""
        if model.month_of_year == JANUARY:
            self.unmatched = 0.0
        self.settle(model, from_purse=True)
        p = self.numbers
        need = (1.0 + model.poor_by_place) * model.treasury.place_weight
        costs = min(
            p.administration_share * model.rates.administration, 1.0 - p.guarantee_provision
        )
        built = 1.0 - min(p.waste_share * model.rates.leakage, 1.0)
        for_grants = self.purse.available * (1.0 - costs - p.guarantee_provision)
        drawn = p.match_ratio * p.additionality
        room = self.room(model)
        most = np.minimum(self.offers(model), room / max(built * (1.0 + drawn), 1e-9))
        grants = fill(for_grants, need, most) if for_grants > 0.0 else np.zeros(len(need))
        private = grants * drawn
        if grants.sum() > 0.0:
            gross = float(grants.sum()) / (1.0 - costs - p.guarantee_provision)
            self.provide(model, gross * p.guarantee_provision * grants / grants.sum())
            self._invest(model, grants, private, gross * costs, built)
            self.back(model, private * built)
        alone = p.unmatched_share * self.purse.available * (1.0 - costs)
        left = np.maximum(room / max(built, 1e-9) - grants - private, 0.0)
        own = fill(alone, need, left) if alone > 0.0 else np.zeros(len(need))
        if own.sum() > 0.0:
            overheads = float(own.sum()) * costs / (1.0 - costs)
            self._invest(model, own, np.zeros(len(need)), overheads, built)
            self.unmatched += float(own.sum()) * built
        self._displace(model, (grants + private + own) * built)

    def _invest(
        self, model: Stage, public: Array, private: Array, overheads: float, built: float
    ) -> None:
        """Book and build public money and what investors add to it, represented yuan by place."""
        treasury, total = model.treasury, float(public.sum())
        treasury.spend(self.name, self.purse, overheads, "administration")
        treasury.spend(self.name, self.purse, total * (1.0 - built), "leakage")
        treasury.spend(self.name, self.purse, min(total * built, self.purse.available), "invested")
        move = treasury.ledger.move
        move(self.name, "private_investors", "invested", float(private.sum()) * built)
        move(self.name, "private_investors", "leakage", float(private.sum()) * (1.0 - built))
        poor = self.numbers.poor_job_share
        add_capital(model, self.name, public * built, private * built, poor)

    def _displace(self, model: Stage, external: Array) -> None:
        """Let local investment of the month fall by a part of what came, as far as there is any."""
        if model.month_of_year == JANUARY:
            self.displaced = 0.0
        weight = model.treasury.place_weight
        lost = displace_investment(model, self.numbers.local_displacement * external / weight)
        self.displaced += float(lost @ weight)

    def yearly(self, model: Stage) -> Iterator[tuple[str, float]]:
        """Yield the constraint's figures, local investment displaced and own money, yuan a year."""
        yield from super().yearly(model)
        yield f"{self.name}_displaced", self.displaced
        yield f"{self.name}_unmatched", self.unmatched
