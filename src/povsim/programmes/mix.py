"""The mix: entitlements are paid first, the rest of the envelope goes by shares."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module

from povsim.errors import UserError, said
from povsim.money.envelope import envelope_size, month_envelope
from povsim.programmes.base import Programme
from povsim.programmes.cards import Card
from povsim.programmes.rates import Rates, ordinary_rates
from povsim.programmes.scenario import Scenario
from povsim.programmes.stage import Stage
from povsim.state.columns import KEPT

DECEMBER = 11
UNALLOCATED = "unallocated"
"""Name in the ledger of the part of the envelope that a scenario shares out to no programme.

It is received all the same, so every arm costs the same. A scenario that spends nothing by shares
has no envelope, and what a transition or a rule withdraws is saved.
"""


def programme_class(card: Card) -> type[Programme]:
    """Return the class of a programme: module and class have the card's name, in its family."""
    return _find(card.family, card.name)


@cache
def _find(family: str, name: str) -> type[Programme]:
    module = import_module(f"povsim.programmes.{family}.{name}")
    found: type[Programme] = getattr(module, "".join(w.capitalize() for w in name.split("_")))
    return found


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
            self.programmes.append(programme_class(use.card)(use.card, use))
        total = sum(p.use.share for p in self.programmes)
        if total > 1.0 + 1e-9 or any(p.use.share < 0 for p in self.programmes):
            place = said("scenario", name=scenario.name)
            raise UserError(said("sum_of_shares"), f"{total:g}", said("shares_in_all"), place)
        self.overdrawn = 0.0
        self.unallocated = 1.0 - total if total > 0.0 else 0.0
        self.lapsed: set[str] = set()

    def rates(self, model: Stage) -> Rates:
        """Return the month's rates after every programme, rules last, has changed its own."""
        rates = ordinary_rates(model.world, model.economy.growth_gap)
        active = self._active(model.month)
        for programme in sorted(active, key=lambda p: p.card.kind == "rule"):
            strength = programme.strength = programme.use.transition.strength(model.month)
            if strength == 1.0:
                programme.modify(rates, model)
            elif strength > 0.0:
                changed = rates.copy()
                programme.modify(changed, model)
                rates = rates.towards(changed, strength)
        self._end_what_nobody_keeps(model)
        # officials who deliver bring entitlements to more of those entitled, too
        rates.take_up *= rates.reaching("social") / max(model.world.fiscal.delivery, 1e-9)
        return rates

    def act(self, model: Stage) -> None:
        """Do everything that government does in a month; note what support is known to end."""
        self._spend(model)
        model.flows.ending_support = self._announced_loss(model)

    def _spend(self, model: Stage) -> None:
        """Appropriate the month's envelope, pay entitlements, then spend the rest by shares."""
        treasury = model.treasury
        treasury.open_month(
            model.economy.level, model.world.fiscal.county_debt_rate, model.rates.debt_brake
        )
        active = self._active(model.month)
        for programme in self.programmes:
            if programme.ended(model.month):
                programme.wind_down(model)
        for programme in active:
            if not programme.discretionary:
                programme.act(model)
        spenders = [p for p in active if p.discretionary]
        if not spenders and self.unallocated <= 0.0:
            return
        rest = self.envelope(model) - treasury.entitlements - self.overdrawn
        self.overdrawn = max(0.0, -rest)
        treasury.ledger.move(
            UNALLOCATED, "central", "unspent", max(0.0, rest) * max(self.unallocated, 0.0)
        )
        for programme, share in self._shares(spenders, model).items():
            beside = programme.use.added * programme.strength * model.registered_represented
            programme.purse.fresh = max(0.0, rest) * share + beside * self.growth(model) / 12.0
            programme.purse.hold_back(1.0 - model.rates.reaching(programme.card.family))
            programme.act(model)
            self._lapse(programme, model)
            programme.purse.release()
            treasury.carry_over(programme.name, programme.purse)
        self.overdrawn += treasury.contingent

    def _lapse(self, programme: Programme, model: Stage) -> None:
        """Let part of the money that is late in December never reach its use."""
        purse, share = programme.purse, model.world.fiscal.lapse
        if model.month_of_year == DECEMBER and share > 0.0:
            carried, fresh = purse.lose(share)
            model.treasury.ledger.move(programme.name, "carried_over", "leakage", carried)
            model.treasury.ledger.move(programme.name, "central", "leakage", fresh)

    def _announced_loss(self, model: Stage) -> float:
        """Return the share of support to households that is known to end within a year.

        Programmes count by what they paid this month; a surprise is not known.
        """
        changing = [p for p in self.programmes if p.use.transition.shape != "hold"]
        if not changing or model.world.consumption.expectations != "announced":
            return 0.0
        paid = model.treasury.ledger.received_by
        total, lost = sum(paid.values()), 0.0
        for programme in changing:
            clock = programme.use.transition
            now, later = clock.strength(model.month), clock.strength(model.month + 12)
            if clock.announced and now > 0.0:
                lost += paid.get(programme.name, 0.0) * max(1.0 - later / now, 0.0)
        return lost / total if total > 0.0 else 0.0

    def envelope(self, model: Stage) -> float:
        """Return the month's envelope for entitlements and programmes together, yuan."""
        people = model.registered_represented, model.persons_represented
        return month_envelope(model.world.fiscal, *people, self.growth(model))

    def growth(self, model: Stage) -> float:
        """Return the size of the envelope, 1 at the start."""
        return envelope_size(model.world.fiscal, model.month, model.economy.level)

    def _end_what_nobody_keeps(self, model: Stage) -> None:
        """Empty columns whose programme does not run, once, when it stops or never began."""
        running = [p for p in self._active(model.month) if p.strength > 0.0]
        lapsed = set(KEPT).difference(*(p.keeps for p in running))
        for column in lapsed - self.lapsed:
            model.households[column][:] = 0
        self.lapsed = lapsed

    def _shares(self, spenders: Sequence[Programme], model: Stage) -> dict[Programme, float]:
        """Return the share of the envelope of each spending programme after every allotment."""
        shares = {p: p.use.share * p.strength for p in spenders}
        for programme in self._active(model.month):
            wanted = programme.allot(dict(shares), model)
            for p, share in shares.items():
                shares[p] = max(share + programme.strength * (wanted[p] - share), 0.0)
        return shares

    def _active(self, month: int) -> Sequence[Programme]:
        return [p for p in self.programmes if p.active(month)]
