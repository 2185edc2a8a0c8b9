"""Close the month of each household: trailing income, spells, falls."""

import numpy as np

from povsim.codes import HISTORY_UNIT, Flag, Spell
from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of

OUTSIDE = int(Spell.OUTSIDE)
INSIDE = int(Spell.INSIDE)
FELL = int(Spell.FELL)
EVER_FELL = int(Flag.EVER_FELL)
LARGEST = 32767.0
FADE = 11.0 / 12.0


@kernel
def record_month(first, last, h, places, line, months_above, months_below, school_cost, slot, out):
    """Store the month's income after rigid expenses and draw the consequence.

    A household outside poverty falls when its 12-month income per person has been below the
    line for ``months_below`` months in a row. It must then stay at or above the line for
    ``months_above`` months before it can fall again. ``out[place, 0]`` counts falls (rows).
    """
    for place in range(first, last):
        falls = 0.0
        for i in rows_of(places, place):
            school = h.children[i] * school_cost / 12.0
            net = (h.month_income[i] - h.out_of_pocket[i] - school) / HISTORY_UNIT
            net = min(max(net, -LARGEST), LARGEST)
            h.income_history[i, slot] = np.rint(net)
            total = 0
            for m in range(12):
                total += h.income_history[i, m]
            h.cause_loss[i] *= FADE
            if h.spell[i] == FELL:
                h.spell[i] = INSIDE
            if total * HISTORY_UNIT >= line * h.members[i]:
                h.months_above[i] = min(h.months_above[i] + 1, 250)
                h.months_below[i] = 0
                if h.months_above[i] >= months_above:
                    h.spell[i] = OUTSIDE
                continue
            h.months_below[i] = min(h.months_below[i] + 1, 250)
            if h.spell[i] == INSIDE:
                h.months_above[i] = 0
            elif h.months_below[i] >= months_below:
                h.spell[i] = FELL
                h.flags[i] |= EVER_FELL
                h.months_above[i] = 0
                falls += 1.0
        out[place, 0] = falls
