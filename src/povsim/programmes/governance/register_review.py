"""Review of the register (名单动态调整): villages choose again whom special support reaches.

Households are ranked by a score of low income, poor health and ties to those who decide, with
error; a village has a quota. A frozen register is never reviewed.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Registration
from povsim.kernels.compiled import kernel
from povsim.kernels.luck import draw_place
from povsim.kernels.rows import rows_of, widest
from povsim.programmes.base import Programme
from povsim.programmes.delivery.assessed_income import list_noise, usual_per_person
from povsim.programmes.delivery.by_category import HOUSEHOLD, SPECIAL, count_units
from povsim.programmes.delivery.by_need import in_review
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage
from povsim.rng import Stream, TargetingDraw, normal, philox4x32, uniform

NONE = int(Registration.NONE)
REGISTERED = int(Registration.REGISTERED)
EDGE = int(Registration.EDGE)
TARGETING = int(Stream.TARGETING)
SCORED = int(TargetingDraw.REVIEW)
TIES = int(TargetingDraw.TIES)
ONLY_EDGE = np.array([0.0, 0.0, 1.0])


@kernel
def _review(first, last, h, places, p, quota, noise, month, k0, k1, out):
    """List the households with the highest scores of each place, up to its quota."""
    size = widest(places, first, last)
    words, unused = np.empty(size, np.uint32), np.empty(size, np.uint32)
    score = np.empty(size)
    for place in range(first, last):
        rows = rows_of(places, place)
        start = rows.start
        draw_place(h.uid[start : rows.stop], month, TARGETING, SCORED, k0, k1, words, unused)
        for i in rows:
            score[i - start] = -math.inf
            if h.registration[i] == REGISTERED and p.registered_reviewed < 0.5:
                continue
            income = max(usual_per_person(h, i), 1.0)
            r0, _, _, _ = philox4x32(h.uid[i], 0, TARGETING, TIES, k0, k1)
            tied = p.tie_bonus if uniform(r0) < p.tied_share else 0.0
            error = noise * normal(uniform(words[i - start]))
            illness = p.health_weight * (1.0 - h.health[i])
            score[i - start] = -math.log(income) + illness + tied + error
        listed = 0.0
        while listed + 1.0 <= quota[place]:
            chosen, best = start, -math.inf
            for i in rows:
                s = score[i - start]
                if s > best or (s == best and s > -math.inf and h.uid[i] < h.uid[chosen]):
                    chosen, best = i, s
            if best == -math.inf:
                break
            score[chosen - start] = -math.inf
            if h.registration[chosen] == NONE:
                h.registration[chosen] = EDGE
            listed += 1.0
        for i in rows:
            if score[i - start] > -math.inf:
                h.registration[i] = NONE
        out[place, 0] = listed


class RegisterReview(Programme):
    """Rank households of each village again and list as many as its quota allows."""

    quota: NDArray[Any] | None = None

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let all lists see as well as the review does."""
        rates.score_noise *= self.numbers.noise_factor

    def act(self, model: Stage) -> None:
        """Set quotas at the start and review in the month of review, every so many years."""
        p = self.numbers
        if self.quota is None:
            standings = SPECIAL if p.registered_reviewed >= 0.5 else ONLY_EDGE
            count = count_units(model, HOUSEHOLD, standings=standings)
            self.quota = np.floor(p.quota_factor * count + 0.5)
            if p.registered_reviewed >= 0.5 and model.cohort is None:
                model.cohort = model.households.is_registered.copy()
        due = model.month // 12 % max(int(p.years_between), 1) == 0
        if p.dynamic < 0.5 or not in_review(model) or not due or model.month == 0:
            return
        model.over_places(
            _review,
            model.households.arrays,
            model.places.arrays,
            p,
            self.quota,
            list_noise(model),
            model.month,
            *model.key,
        )
        model.poor_by_place = count_units(model, HOUSEHOLD, standings=SPECIAL)
