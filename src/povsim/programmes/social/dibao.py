"""Dibao (农村低保), the rural minimum living guarantee: top-up of assessed income.

The list is reviewed once a year on a noisy assessment; not all who qualify come forward
(stigma); benefits fall with assessed income by far less than the rule says (effective
withdrawal, Ravallion and Chen 2015).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

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
from povsim.programmes.stage import Stage
from povsim.rng import Stream, TargetingDraw, philox4x32, seed_key, uniform

DIBAO = int(Flag.DIBAO)
REGISTERED = int(Registration.REGISTERED)
TARGETING = int(Stream.TARGETING)
STIGMA = int(Stream.STIGMA)
LISTED = int(TargetingDraw.DIBAO)


@kernel
def benefit(standard, income, p):
    """Return the yearly benefit within usual ``income``, both yuan a person.

    What is paid is payment share x (standard - withdrawal x income without it).
    """
    kept = p.payment_share * p.effective_withdrawal
    return max(p.payment_share * (standard - p.effective_withdrawal * income), 0.0) / (1.0 - kept)


@kernel
def _review(first, last, h, places, p, standard, noise, take_up, month, k0, k1, out):
    """Renew the list: enter below the threshold, leave above a higher one."""
    least = least_factors(noise)
    size = widest(places, first, last)
    words, unused = np.empty(size, np.uint32), np.empty(size, np.uint32)
    flags = h.flags
    for place in range(first, last):
        entries = 0.0
        rows = rows_of(places, place)
        draw_place(h.uid[rows.start : rows.stop], month, TARGETING, LISTED, k0, k1, words, unused)
        for i in rows:
            listed = flags[i] & DIBAO != 0
            limit = standard * (p.no_labour_threshold if h.labour[i] == 0 else p.entry_threshold)
            if listed:
                limit = max(limit, standard * p.exit_threshold)
            if h.registration[i] == REGISTERED:
                limit *= p.registered_factor
            flags[i] &= ~DIBAO
            income = usual_per_person(h, i)
            if listed:  # the list looks at what there is without it
                income -= benefit(standard, income, p)
            word = words[i - rows.start]
            if not assessed_below(max(income, 0.0), limit, noise, word, least):
                continue
            r0, _, _, _ = philox4x32(h.uid[i], 0, STIGMA, 0, k0, k1)
            if listed or uniform(r0) < take_up:
                flags[i] |= DIBAO
                entries += 1.0
        out[place, 0] = entries


@kernel
def _pay(first, last, h, places, p, standard, strength, out):
    """Pay listed households the part of the standard that assessed income leaves open."""
    for place in range(first, last):
        paid = 0.0
        for i in rows_of(places, place):
            if h.flags[i] & DIBAO == 0:
                continue
            need = standard * h.members[i] / 12.0
            gap = need - p.effective_withdrawal * max(h.month_income[i], 0.0)
            if gap > 0.0:
                amount = strength * p.payment_share * gap
                receive_transfer(h, i, amount)
                paid += amount
        out[place, 0] = paid


class Dibao(Programme):
    """Top up the assessed income of listed households towards the standard."""

    def standard(self, model: Stage) -> float:
        """Return this month's standard, yuan a person and year; it grows with the economy."""
        return float(self.numbers.standard * model.economy.level)

    def act(self, model: Stage) -> None:
        """Review the list in the month of review (not at the start), then pay."""
        p, arrays, places = self.numbers, model.households.arrays, model.places.arrays
        standard = self.standard(model)
        if in_review(model) and model.month > 0:
            noise = list_noise(model)
            take_up = p.take_up * model.rates.take_up
            list_month = (model.month, *seed_key(model.seed))
            model.over_places(_review, arrays, places, p, standard, noise, take_up, *list_month)
        paid: NDArray[Any] = model.over_places(_pay, arrays, places, p, standard, self.strength)[
            :, 0
        ]
        model.treasury.entitle(self.name, paid, "received_by_households", p.county_share)
        model.treasury.entitle(
            self.name,
            paid * p.administration_share * model.rates.administration,
            "administration",
            p.county_share,
        )
