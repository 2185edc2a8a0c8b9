"""Third-party evaluation and punishment of fraud (第三方评估与惩戒).

Checks and penalties deter misreporting and diversion; they also frighten away some of those who
are entitled (chilling).
"""

import math

from povsim.programmes.base import Programme
from povsim.programmes.governance.costs import book_running_cost
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class Audit(Programme):
    """Check a share of listed households and punish what is found."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Deter fraud and diversion, see better, and chill take-up."""
        p = self.numbers
        threat = p.audit_probability * (1.0 + p.penalty)
        deterred = 1.0 - math.exp(-p.deterrence * threat)
        rates.leakage *= 1.0 - p.fraud_share * deterred
        rates.score_noise *= 1.0 - p.accuracy * p.audit_probability
        rates.take_up *= math.exp(-p.chilling * threat)

    def act(self, model: Stage) -> None:
        """Pay for the checks."""
        p = self.numbers
        checked = model.poor_by_place * p.audit_probability
        book_running_cost(self, model, checked * p.cost_per_check)
