"""Returnee enterprise (返乡创新创业)."""

import numpy as np

from povsim.programmes.delivery.industry import blend_poor_jobs
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.stage import Stage


class ReturneeEnterprise(PayAsUsed):
    """Support founders among workers away; firms bring capital and jobs, and some close."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.firms = np.zeros(0)

    def act(self, model: Stage) -> None:
        """Close some firms, found others as far as founders and money go."""
        p, h, places = self.numbers, model.households, model.places
        weight = model.treasury.place_weight
        if len(self.firms) == 0:
            self.firms = np.zeros(len(places))
        closed = self.firms * p.exit_rate / 12.0
        self.firms -= closed
        away = np.add.reduceat(
            h["migrant_informal"].astype(float) + h["migrant_formal"], places["start"]
        )
        founders = away * p.founders_share / 12.0
        grant = p.grant * model.economy.level
        full = float(founders @ weight) * grant
        share = min(self.usable(model) / full, 1.0) if full > 0.0 else 0.0
        new = founders * share
        self.firms += new
        places["local_jobs"][:] = np.maximum(places["local_jobs"] + (new - closed) * p.jobs, 0.0)
        private = new * p.own_capital * weight
        blend_poor_jobs(places, new * p.jobs, p.poor_job_share)
        self.pay_for(model, full * share, "invested")
        model.treasury.ledger.move(self.name, "private_investors", "invested", float(private.sum()))
