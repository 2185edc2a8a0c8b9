"""Illness and accidents strike households."""

import math

import numpy as np

from povsim.codes import Cause
from povsim.kernels.compiled import kernel
from povsim.kernels.losses import note_loss
from povsim.kernels.luck import draw_place
from povsim.kernels.rows import rows_of, widest
from povsim.rng import Stream, normal, philox4x32, uniform

ILLNESS = int(Stream.ILLNESS)
CAUSE_ILLNESS = int(Cause.ILLNESS)
CAUSE_ACCIDENT = int(Cause.ACCIDENT)
REFERENCE_AGE = 50.0
OLDEST = 60.0
"""Years above the reference age that bound the rate, so that most draws need no exponential."""

CASES, BILLS = range(2)
"""Columns of the sums of a place: ill households, and their bills in yuan."""
TOTALS = BILLS + 1


@kernel
def illness_rate(age, health, overworked, p):
    """Return the yearly rate of serious illness of a household (log-linear).

    ``overworked`` is the share of workers who are informal migrants. NumPy's functions stand where
    those of ``math`` would do, so that ``illness_rate.py_func`` takes columns as it stands.
    """
    return p.illness_rate * np.exp(
        p.illness_age_effect * np.minimum(age - REFERENCE_AGE, OLDEST)
        + p.illness_health_effect * (1.0 - health)
        + p.illness_overwork_effect * overworked
    )


@kernel
def illness_bill(share, draw, p):
    """Return the bill of a serious illness, yuan, when the patient pays this share of it.

    Lognormal with a heavy tail; care that costs the patient less is used more (constant
    elasticity, as in the RAND experiment).
    """
    use = math.pow(share / p.reference_out_of_pocket, p.utilisation_elasticity)
    return p.illness_cost_median * math.exp(p.illness_cost_spread * normal(draw)) * use


@kernel
def months_ill(draw, p):
    """Return for how many months an illness keeps a worker from work (geometric)."""
    stay = 1.0 - 1.0 / max(p.illness_months, 1.0)
    return 1 + int(math.log(draw) / math.log(stay)) if stay > 0.0 else 1


@kernel
def strike(first, last, h, places, p, out_of_pocket_share, month, k0, k1, out):
    """Draw serious illnesses and accidents.

    An illness brings a bill, lost months of work and lost health. An accident (dead livestock,
    fire, flood) leaves a share of productive capital: its negative log is exponential, so the
    share follows Beta(concentration, 1). ``out`` has the ill households and their bills, see the
    module's names.
    """
    worst = math.exp(max(p.illness_health_effect, 0.0) + max(p.illness_overwork_effect, 0.0))
    by_age = np.empty(256)  # monthly rate at each age in the worst of health
    for age in range(256):
        by_age[age] = worst * illness_rate(age, 1.0, 0.0, p) / 12.0
    accident_chance = 1.0 - math.exp(-p.accident_rate / 12.0)
    size = widest(places, first, last)
    illness_word, accident_word = np.empty(size, np.uint32), np.empty(size, np.uint32)
    news = np.empty(size, np.bool_)
    uid, out_of_pocket, head_age = h.uid, h.out_of_pocket, h.head_age
    for place in range(first, last):
        cases = 0.0
        bills = 0.0
        start, stop = places.start[place], places.stop[place]
        draw_place(uid[start:stop], month, ILLNESS, 0, k0, k1, illness_word, accident_word)
        highest = by_age[255]
        for j in range(stop - start):
            news[j] = (uniform(illness_word[j]) < highest) | (
                uniform(accident_word[j]) < accident_chance
            )
        rows = rows_of(places, place)
        for i in rows:
            out_of_pocket[i] = 0.0
            j = i - rows.start
            if not news[j]:
                continue
            draw, accident = uniform(illness_word[j]), uniform(accident_word[j])
            if accident < accident_chance:
                # within the rare event the draw is uniform again on its own range
                kept = math.pow(accident / accident_chance, 1.0 / p.accident_concentration)
                lost = h.productive_assets[i] * (1.0 - kept)
                h.productive_assets[i] -= lost
                note_loss(h.cause_loss, h.cause, i, lost, CAUSE_ACCIDENT)
            if draw >= by_age[head_age[i]]:
                continue
            overworked = h.migrant_informal[i] / max(h.labour[i], 1)
            rate = illness_rate(head_age[i], h.health[i], overworked, p) / 12.0
            if draw >= rate or draw >= 1.0 - math.exp(-rate):
                continue
            _, _, bill_word, stay_word = philox4x32(uid[i], month, ILLNESS, 0, k0, k1)
            share = out_of_pocket_share[h.registration[i]]
            bill = illness_bill(share, uniform(bill_word), p)
            months = months_ill(uniform(stay_word), p)
            h.illness_months[i] = max(h.illness_months[i], min(months, 60))
            h.health[i] = max(0.05, h.health[i] - p.illness_health_loss)
            out_of_pocket[i] = bill
            lost_work = months * h.usual_income[i] * 0.5 / max(h.labour[i], 1)
            note_loss(h.cause_loss, h.cause, i, bill * share + lost_work, CAUSE_ILLNESS)
            cases += 1.0
            bills += bill
        out[place, CASES] = cases
        out[place, BILLS] = bills
