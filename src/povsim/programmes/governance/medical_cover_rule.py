"""How far medical cover goes (医保待遇规则): reimbursement, deductible, ceiling, premium, deficits.

The rule stands in for the numbers of medical insurance. Cover that promises more is used more,
and may empty the fund.
"""

import numpy as np

from povsim.codes import Registration
from povsim.programmes.base import Programme
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage

REGISTERED = int(Registration.REGISTERED)


class MedicalCoverRule(Programme):
    """Set what medical insurance reimburses and what happens when its fund is empty."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Tell patients and the fund the rule."""
        p = self.numbers
        other = max(1.0 - p.reimbursement, p.least_own_share)
        registered = max(other - p.registered_extra, p.least_own_share)
        rates.out_of_pocket_share[:] = other
        rates.out_of_pocket_share[REGISTERED] = registered
        rates.cover = np.array(
            [
                1.0,
                registered,
                other,
                p.deductible,
                p.ceiling,
                p.premium,
                p.cut_when_in_deficit,
                p.deficit_cut,
            ]
        )
