"""The mix: entitlements are paid first, the rest of the envelope goes by shares."""

from collections.abc import Sequence

from povsim.errors import UserError
from povsim.programmes.base import Programme
from povsim.programmes.cards import load_card
from povsim.programmes.dibao import Dibao
from povsim.programmes.direct_investment import DirectInvestment
from povsim.programmes.matched_leverage import MatchedLeverage
from povsim.programmes.medical_insurance import MedicalInsurance
from povsim.programmes.public_posts import PublicPosts
from povsim.programmes.rates import Rates, ordinary_rates
from povsim.programmes.resident_pension import ResidentPension
from povsim.programmes.scenario import Scenario
from povsim.programmes.targeted_cash import TargetedCash
from povsim.programmes.world_view import WorldView

PROGRAMMES: dict[str, type[Programme]] = {
    "resident_pension": ResidentPension,
    "dibao": Dibao,
    "medical_insurance": MedicalInsurance,
    "public_posts": PublicPosts,
    "targeted_cash": TargetedCash,
    "direct_investment": DirectInvestment,
    "matched_leverage": MatchedLeverage,
}
COUNTY_DEBT_RATE = 0.035
"""Interest on county bonds, a year (assumption; municipal bonds paid 3-4 % in 2020)."""


class Mix:
    """The programmes of a scenario, in their order.

    Parameters
    ----------
    scenario : Scenario

    Raises
    ------
    UserError
        If a programme is unknown or the shares of the envelope exceed 1.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.programmes: list[Programme] = []
        for use in scenario.programmes:
            if use.name not in PROGRAMMES:
                raise UserError(f"scenario {scenario.name}: programme", use.name, list(PROGRAMMES))
            self.programmes.append(PROGRAMMES[use.name](load_card(use.name), use))
        total = sum(p.use.share for p in self.programmes)
        if total > 1.0 + 1e-9 or any(p.use.share < 0 for p in self.programmes):
            raise ValueError(
                f"scenario {scenario.name}: shares sum to {total:g}: allowed are 0 to 1 in all"
            )
        self.overdrawn = 0.0

    def rates(self, model: WorldView) -> Rates:
        """Return the month's rates after every programme has changed what it changes."""
        rates = ordinary_rates(model.world, model.economy.growth_gap)
        for programme in self._active(model.month):
            programme.modify(rates, model)
        return rates

    def act(self, model: WorldView) -> None:
        """Appropriate the month's envelope, pay entitlements, then spend the rest by shares."""
        treasury = model.treasury
        treasury.open_month(model.economy.level, COUNTY_DEBT_RATE)
        active = self._active(model.month)
        spenders = [p for p in active if p.discretionary]
        for programme in active:
            if not programme.discretionary:
                programme.act(model)
        if not spenders:
            return
        rest = self.envelope(model) - treasury.entitlements - self.overdrawn
        self.overdrawn = max(0.0, -rest)
        for programme in spenders:
            programme.purse.fresh = max(0.0, rest) * programme.use.share
            programme.act(model)
            treasury.carry_over(programme.name, programme.purse)

    def envelope(self, model: WorldView) -> float:
        """Return the month's envelope for entitlements and programmes together, yuan.

        It depends on the people and the economy only, so it is the same in every arm.
        """
        fiscal = model.world.fiscal
        yearly = (
            fiscal.envelope_per_registered_person * model.registered_represented
            + fiscal.entitlements_per_person * model.persons_represented
        )
        growth = (1.0 + fiscal.envelope_growth) ** (model.month / 12.0)
        return float(yearly * growth * model.economy.level / 12.0)

    def _active(self, month: int) -> Sequence[Programme]:
        return [p for p in self.programmes if p.active(month)]
