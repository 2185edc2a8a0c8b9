"""Targeted cash transfer: the purse is shared among listed registered and edge households."""

import numpy as np

from povsim.codes import Flag, Registration
from povsim.kernels.compiled import kernel
from povsim.kernels.luck import draw_place, least_factors
from povsim.kernels.rows import rows_of, widest
from povsim.money.support import receive_transfer
from povsim.programmes.base import Programme
from povsim.programmes.delivery.assessed_income import (
    assessed_below,
    list_noise,
    usual_per_person,
)
from povsim.programmes.delivery.by_need import in_review
from povsim.programmes.delivery.by_objective import rank_listed
from povsim.programmes.stage import Stage
from povsim.rng import Stream, TargetingDraw, philox4x32, uniform

NONE = int(Registration.NONE)
EDGE = int(Registration.EDGE)
CASH_LIST = int(Flag.CASH_LIST)
TARGETING = int(Stream.TARGETING)
LISTED = int(TargetingDraw.CASH_LIST)
REACHED = int(TargetingDraw.EDGE_REACH)


@kernel
def _list(first, last, h, places, ceiling, noise, edge_reach, month, k0, k1, out):
    """List registered and edge households whose assessed income is under the ceiling."""
    least = least_factors(noise)
    size = widest(places, first, last)
    words, unused = np.empty(size, np.uint32), np.empty(size, np.uint32)
    for place in range(first, last):
        persons = 0.0
        rows = rows_of(places, place)
        draw_place(h.uid[rows.start : rows.stop], month, TARGETING, LISTED, k0, k1, words, unused)
        for i in rows:
            h.flags[i] &= ~CASH_LIST
            if h.registration[i] == NONE:
                continue
            if h.registration[i] == EDGE and edge_reach < 1.0:
                r0, _, _, _ = philox4x32(h.uid[i], 0, TARGETING, REACHED, k0, k1)
                if uniform(r0) >= edge_reach:
                    continue
            income = usual_per_person(h, i)
            word = words[i - rows.start]
            if assessed_below(income, ceiling, noise, word, least):
                h.flags[i] |= CASH_LIST
                persons += h.members[i]
        out[place, 0] = persons


@kernel
def _pay(first, last, h, places, per_person, out):
    for place in range(first, last):
        paid = 0.0
        for i in rows_of(places, place):
            if h.flags[i] & CASH_LIST:
                amount = per_person * h.members[i]
                receive_transfer(h, i, amount)
                paid += amount
        out[place, 0] = paid


class TargetedCash(Programme):
    """Share the month's purse equally among listed persons, less leakage and administration.

    What the assessment of officials directs goes first to those who count in it.
    """

    listed: float = 0.0

    def act(self, model: Stage) -> None:
        """Renew the list once a year, then pay out the purse."""
        p, arrays, places = self.numbers, model.households.arrays, model.places.arrays
        treasury = model.treasury
        if in_review(model) or self.listed == 0.0:
            relative = model.world.lines.absolute + float(model.rates.objective_line)
            ceiling = max(p.income_ceiling * model.economy.level, relative)
            persons = model.over_places(
                _list,
                arrays,
                places,
                ceiling,
                list_noise(model),
                model.rates.edge_reach,
                model.month,
                *model.key,
            )
            self.listed = treasury.represented(persons[:, 0])
        if self.listed == 0.0:
            return
        net = self.pay_overheads(model, p.administration_share, p.leakage_share)
        first = self._pay_first(model, net)
        rest = max(net - first, 0.0)
        paid = model.over_places(_pay, arrays, places, rest / self.listed)[:, 0]
        received = min(first + treasury.represented(paid), net)
        treasury.spend(self.name, self.purse, received, "received_by_households")

    def _pay_first(self, model: Stage, net: float) -> float:
        """Pay what assessment directs to those who count in it; return what was paid, yuan."""
        directed = float(model.rates.objective.sum())
        if directed <= 0.0:
            return 0.0
        return rank_listed(model, TargetingDraw.CASH_LIST).pay(model, min(directed, 1.0) * net)
