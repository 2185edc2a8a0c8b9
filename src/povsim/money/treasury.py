"""Pay for programmes: envelopes, purses and county budgets, all through the ledger."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.money.ledger import Ledger
from povsim.state import Counties, Places

Array = NDArray[Any]


@dataclass
class Purse:
    """Money of one discretionary programme.

    Attributes
    ----------
    fresh : float
        Appropriated this month, yuan.
    carried : float
        Left over from earlier months, already counted as cost, yuan.
    held, held_carried : float
        Fresh and carried money that is late: it cannot be spent before the next month, yuan.
    """

    fresh: float = 0.0
    carried: float = 0.0
    held: float = 0.0
    held_carried: float = 0.0

    @property
    def available(self) -> float:
        """Yuan that can be spent now."""
        return self.fresh + self.carried

    def hold_back(self, share: float) -> None:
        """Keep a share of the money, fresh and carried, from being spent this month."""
        self.held, self.held_carried = self.fresh * share, self.carried * share
        self.fresh -= self.held
        self.carried -= self.held_carried

    def lose(self, share: float) -> tuple[float, float]:
        """Take a share of late money out for good; return carried and fresh parts, yuan."""
        carried, fresh = self.held_carried * share, self.held * share
        self.held_carried -= carried
        self.held -= fresh
        return carried, fresh

    def release(self) -> None:
        """Put late money back at the end of the month."""
        self.fresh += self.held
        self.carried += self.held_carried
        self.held = self.held_carried = 0.0

    def take(self, amount: float) -> tuple[float, float]:
        """Take ``amount`` yuan out, carried money first; return carried and fresh parts."""
        if amount > self.available * (1.0 + 1e-9) + 1e-6:
            raise ValueError(f"purse: {amount:.2f} yuan asked, {self.available:.2f} available")
        carried = min(amount, self.carried)
        fresh = min(amount - carried, self.fresh)
        self.carried -= carried
        self.fresh -= fresh
        return carried, fresh


class Treasury:
    """Books every payment: who pays, and to what use.

    ``wealth_flows`` is what programmes did this month to savings less debt of households other
    than by income (a loan that buys capital, a debt written off), represented yuan.

    Parameters
    ----------
    ledger : Ledger
    counties, places : Counties, Places
    place_weight : ndarray, shape (places,)
        Households that one row of each place stands for.
    """

    def __init__(
        self, ledger: Ledger, counties: Counties, places: Places, place_weight: Array
    ) -> None:
        self.ledger = ledger
        self.counties = counties
        self.county_of_place = places["county"]
        self.place_weight = place_weight
        self.entitlements = 0.0
        self.wealth_flows = 0.0
        self.contingent = 0.0
        self.built: dict[str, list[float]] = {}
        self.available_own = np.zeros(len(counties))
        self.room_for_debt = np.full(len(counties), np.inf)

    def represented(self, place_totals: Array) -> float:
        """Return the yuan of the people represented, given sums over rows of each place."""
        return float(np.dot(place_totals, self.place_weight))

    def by_county(self, place_totals: Array) -> Array:
        """Return represented yuan by county, given sums over rows of each place."""
        weighted = place_totals * self.place_weight
        return np.bincount(self.county_of_place, weights=weighted, minlength=len(self.counties))

    def open_month(self, level: float, debt_rate: float, debt_brake: float = 0.0) -> None:
        """Make the counties' own revenue of the month available, after interest on debt.

        ``debt_brake`` is the inverse of the debt over revenue that they may reach, 0 = no limit.
        """
        interest = self.counties["debt"] * debt_rate / 12.0
        own = self.counties["own_revenue"] * level / 12.0
        paid = np.minimum(interest, own)
        self.counties["debt"][:] += interest - paid
        self.available_own = own - paid
        self.room_for_debt = np.full(len(own), np.inf)
        if debt_brake > 0.0:
            self.room_for_debt = np.maximum(12.0 * own / debt_brake - self.counties["debt"], 0.0)
        self.ledger.move("county_debt", "county", "interest", float(paid.sum()))
        self.entitlements = self.wealth_flows = self.contingent = 0.0
        self.built = {}

    def entitle(self, programme: str, place_totals: Array, use: str, county_share: float) -> None:
        """Book an entitlement: the centre pays, counties pay their share, in debt if need be.

        What a county may not borrow is left to the centre.
        """
        amounts = self.by_county(place_totals)
        local = amounts * county_share
        own = np.minimum(local, self.available_own)
        missing = local - own
        self.available_own -= own
        borrowed = np.minimum(missing, self.room_for_debt)
        self.room_for_debt -= borrowed
        self.counties["debt"][:] += borrowed
        self.ledger.move(programme, "county", use, float(own.sum()))
        self.ledger.move(programme, "bonds", use, float(borrowed.sum()))
        self.ledger.move(
            programme, "central", use, float((amounts - local + (missing - borrowed)).sum())
        )
        self.entitlements += float(amounts.sum())

    def entitle_central(self, programme: str, amount: float, use: str) -> None:
        """Book an entitlement that the centre pays alone."""
        self.ledger.move(programme, "central", use, amount)
        self.entitlements += amount

    def owe(self, programme: str, by_county: Array, use: str) -> None:
        """Book what counties must pay and have no money for: it becomes their debt.

        It is fiscal cost of the month; the mix takes it from the next month's envelope.
        """
        self.counties["debt"][:] += by_county
        self.ledger.move(programme, "bonds", use, float(by_county.sum()))
        self.contingent += float(by_county.sum())

    def credit_counties(self, programme: str, by_county: Array, source: str) -> None:
        """Give counties money of their own: it pays back debt, and then serves as own revenue."""
        repaid = np.minimum(by_county, np.maximum(self.counties["debt"], 0.0))
        self.counties["debt"][:] -= repaid
        self.available_own += by_county - repaid
        self.ledger.move(programme, source, "county_budget", float(by_county.sum()))

    def record_built(self, programme: str, public: float, private: float) -> None:
        """Remember capital of village industry that a programme built, represented yuan."""
        built = self.built.setdefault(programme, [0.0, 0.0])
        built[0] += public
        built[1] += private

    def spend(self, programme: str, purse: Purse, amount: float, use: str) -> None:
        """Book discretionary spending out of a purse."""
        carried, fresh = purse.take(amount)
        self.ledger.move(programme, "carried_over", use, carried)
        self.ledger.move(programme, "central", use, fresh)

    def carry_over(self, programme: str, purse: Purse) -> None:
        """Keep what is left of the month's money; it counts as cost now and is spent later."""
        self.ledger.move(programme, "central", "unspent", purse.fresh)
        purse.carried += purse.fresh
        purse.fresh = 0.0
