"""What officials are assessed on (考核目标): headcount, gap, a composite index, or persistence.

Assessment is in December. Officials have a quota of cash at their discretion, too small for all;
assessment says whom it serves first, and, in the months before it, how much money goes to cash
rather than to what lasts.
"""

from povsim.programmes.base import Programme
from povsim.programmes.rates import GAP, PERSISTENCE, Rates
from povsim.programmes.stage import Stage

CASH = "social"
CAPABILITY = ("capability", "talent")
MONTHS = 12


class CadreObjective(Programme):
    """Direct cash and money to what assessment counts."""

    def modify(self, rates: Rates, model: Stage) -> None:
        """Let lists follow the objective, against the absolute or the relative line."""
        p, lines = self.numbers, model.world.lines
        rates.objective[int(p.objective)] += p.assessment_weight * p.quota
        relative = p.relative_share * lines.national_median * model.economy.level
        rates.objective_line += p.relative * (relative - lines.absolute)
        rates.objective_reach = p.reach
        rates.fill, rates.blur, rates.income_weight = p.fill, p.blur, p.income_weight
        rates.just_over = p.just_over

    def allot(self, shares: dict[Programme, float], model: Stage) -> dict[Programme, float]:
        """Move money to cash under a headcount or gap, to what lasts otherwise."""
        p = self.numbers
        if model.month_of_year < MONTHS - int(p.run_up):
            return shares
        cash = [q for q in shares if q.card.family == CASH]
        lasting = [q for q in shares if q.card.family != CASH]
        giving, taking = (lasting, cash) if int(p.objective) <= GAP else (cash, lasting)
        if int(p.objective) == PERSISTENCE:
            taking = [q for q in lasting if q.card.family in CAPABILITY] or lasting
        there = sum(shares[q] for q in taking)
        if there <= 0.0:
            return shares
        moved = p.assessment_weight * p.shift
        received = moved * sum(shares[q] for q in giving)
        for q in giving:
            shares[q] *= 1.0 - moved
        for q in taking:
            shares[q] *= 1.0 + received / there
        return shares
