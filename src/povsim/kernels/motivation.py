"""What moves people to act: three contested accounts, of which a world has one."""

import math

from povsim.codes import NORMAL_MOTIVATION
from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of

NONE, INCOME_EFFECT, DEPENDENCY, ASPIRATION = (float(mode) for mode in range(4))
Q80 = 0.8416
"""Standard deviations by which the 80th percentile of a normal distribution lies over its mean."""


@kernel
def effort(policy_income, usual_income, motivation, p):
    """Return the labour that is supplied over the normal.

    Under ``income_effect`` it falls in proportion to the share of usual income that came from
    programmes last month; under ``dependency`` and ``aspiration`` it follows motivation.
    """
    if p.motivation_mode >= DEPENDENCY:
        least = p.least_effort
        return (least + (1.0 - least) * motivation) / (least + (1.0 - least) * NORMAL_MOTIVATION)
    withdrawn = p.income_effect * (p.motivation_mode == INCOME_EFFECT)
    return 1.0 - withdrawn * min(1.0, max(policy_income, 0.0) / max(usual_income, 1.0))


@kernel
def aspiration_effort(income, aspired, p):
    """Return the motivation that a gap between aspired and own income calls up.

    It rises with a moderate gap and falls with a large one (Genicot and Ray 2017):
    e0 + e1 (g / g*) exp(1 - g / g*), highest at the gap g*.
    """
    gap = max(aspired - income, 0.0) / max(income, 1.0)
    relative = gap / p.moderate_gap
    return p.aspiration_base + p.aspiration_gain * relative * math.exp(1.0 - relative)


@kernel
def move_motivation(first, last, h, places, p, lever, out):
    """Move motivation by one month.

    Under ``dependency`` it gains from success and from peers, wears with the share of income
    that comes from support without a condition, and tends to its ordinary level. Under
    ``aspiration`` it tends to what the gap to the better-off of the place calls up. Levers add
    to it in both.

    Parameters
    ----------
    lever : ndarray, shape (3,)
        Motivation that programmes add, a year, by registration.
    out : ndarray
        Stays empty: nothing is summed.
    """
    motivation, usual, income, policy = h.motivation, h.usual_income, h.month_income, h.month_policy
    members, registration, post = h.members, h.registration, h.at_public_post
    for place in range(first, last):
        rows = rows_of(places, place)
        size = max(len(rows), 1)
        peers = 0.0
        mean = 0.0
        square = 0.0
        for i in rows:
            peers += motivation[i]
            each = 12.0 * usual[i] / members[i]
            mean += each
            square += each * each
        peers /= size
        mean /= size
        better_off = mean + Q80 * math.sqrt(max(square / size - mean * mean, 0.0))
        for i in rows:
            m = float(motivation[i])
            change = lever[registration[i]]
            if p.motivation_mode == DEPENDENCY:
                granted = 0.0 if post[i] > 0 else policy[i] / max(income[i], 1.0)
                success = 1.0 if income[i] - policy[i] > usual[i] else 0.0
                change += p.success_gain * success + p.peer_pull * (peers - m)
                change -= p.dependency_wear * min(max(granted, 0.0), 1.0)
                change += p.motivation_return * (NORMAL_MOTIVATION - m)
            else:
                own = 12.0 * usual[i] / members[i]
                aspired = p.own_weight * own + (1.0 - p.own_weight) * better_off
                change += p.motivation_return * (aspiration_effort(own, aspired, p) - m)
            motivation[i] = min(max(m + change / 12.0, 0.0), 1.0)
