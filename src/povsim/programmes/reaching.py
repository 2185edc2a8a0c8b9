"""Reach households one by one: who comes first, whom the money reaches, what they are paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Registration
from povsim.kernels.compiled import kernel
from povsim.programmes.base import Programme
from povsim.rng import Stream, normal, uniform_block

if TYPE_CHECKING:
    from povsim.programmes.world_view import WorldView

Array = NDArray[Any]
REACHED = 2
"""Draw number of the targeting stream that says whether support reaches an edge household."""
ASSESSED = 10
"""Draw number of the targeting stream for the error of an assessment of need."""
ROUNDED = 11
"""Draw number of the targeting stream that rounds the skill of children to whole hundredths."""
HIGHEST_CHILD_SKILL = 200.0
"""Hundredths beyond which no programme raises the skill that children will start with."""
NORMAL_MOTIVATION = 0.65
MOST_OVERHEADS = 0.95


@kernel
def _normals(draws):  # type: ignore[no-untyped-def]
    out = np.empty(len(draws))
    for j in range(len(draws)):
        out[j] = normal(draws[j])
    return out


def weight_of(model: WorldView, rows: Array) -> Array:
    """Return the households that each of these rows stands for."""
    return np.asarray(model.treasury.place_weight[place_of(model, rows)])


def place_of(model: WorldView, rows: Array) -> Array:
    """Return the place of each of these rows."""
    return np.searchsorted(model.places["stop"], rows, side="right")


def special(model: WorldView) -> Array:
    """Return whom special support reaches: the registered, and edge households it knows of."""
    registration = model.households["registration"]
    mask = np.asarray(registration == int(Registration.REGISTERED))
    edge = np.flatnonzero(registration == int(Registration.EDGE))
    uid = model.households["uid"][edge]
    known = uniform_block(model.seed, uid, 0, Stream.TARGETING, REACHED)[:, 0]
    mask[edge] = known < model.rates.edge_reach
    return mask


def line_up(model: WorldView, among: Array, ceiling: float) -> Array:
    """Return rows in the order of need: lowest assessed income first, then lowest identity.

    Parameters
    ----------
    among : ndarray of bool, shape (households,)
        Who can be taken at all. Of these the registered and edge households are lined up, and
        others whose assessed income is under the ceiling.
    ceiling : float
        Assessed income, yuan a person and year.
    """
    h = model.households
    rows = np.flatnonzero(among)
    draws = uniform_block(model.seed, h["uid"][rows], model.month, Stream.TARGETING, ASSESSED)
    noise = model.world.registers.score_noise * model.rates.score_noise
    income = 12.0 * h["usual_income"][rows].astype(np.float64) / h["members"][rows]
    income *= np.exp(noise * _normals(draws[:, 0]))
    admitted = special(model)[rows] | (income < ceiling)
    rows, income = rows[admitted], income[admitted]
    return np.asarray(rows[np.lexsort((h["uid"][rows], income))])


def pay_rows(model: WorldView, rows: Array, amounts: Array, source: str = "transfer") -> Array:
    """Pay each of these rows its yuan as ``transfer`` or ``wage``; return yuan by place (rows)."""
    h = model.households
    for column in ("month_income", "month_policy", f"year_{source}", "year_policy"):
        h[column][rows] += amounts
    return np.bincount(place_of(model, rows), amounts, minlength=len(model.places))


def raise_child_skill(model: WorldView, rows: Array, gain: Array | float) -> None:
    """Raise what children will start with; parts of a hundredth are drawn, so the mean is met."""
    h = model.households
    draws = uniform_block(model.seed, h["uid"][rows], model.month, Stream.TARGETING, ROUNDED)
    points = np.floor(h["child_skill"][rows] + 100.0 * gain + draws[:, 0])
    h["child_skill"][rows] = np.maximum(
        h["child_skill"][rows], np.minimum(points, HIGHEST_CHILD_SKILL)
    )


def raise_motivation(model: WorldView, rows: Array, gain: float) -> None:
    """Raise the motivation of households once, up to 1."""
    motivation = model.households["motivation"]
    motivation[rows] = np.minimum(motivation[rows] + gain, 1.0)


def in_review(model: WorldView) -> bool:
    """Return whether lists are reviewed this month."""
    return model.month_of_year == int(model.world.registers.review_month) - 1


class PayAsUsed(Programme):
    """A programme whose administration and losses go with what it spends, not what it holds.

    Its card has ``administration_share`` and ``leakage_share``.
    """

    def overheads(self, model: WorldView) -> tuple[float, float]:
        """Return the shares of all spending that administration and leakage take."""
        p, rates = self.numbers, model.rates
        costs = min(p.administration_share * rates.administration, MOST_OVERHEADS)
        return costs, min(p.leakage_share * rates.leakage, MOST_OVERHEADS - costs)

    def usable(self, model: WorldView) -> float:
        """Return what the purse can pay for this month, after overheads, yuan."""
        return self.purse.available * (1.0 - sum(self.overheads(model)))

    def pay_for(self, model: WorldView, amount: float, use: str) -> None:
        """Spend ``amount`` yuan on a use, and the overheads that go with it."""
        costs, leaked = self.overheads(model)
        gross = amount / (1.0 - costs - leaked)
        treasury = model.treasury
        treasury.spend(self.name, self.purse, gross * costs, "administration")
        treasury.spend(self.name, self.purse, gross * leaked, "leakage")
        treasury.spend(self.name, self.purse, min(amount, self.purse.available), use)


class OneByOne(PayAsUsed):
    """A programme that takes households on one after another, the neediest first.

    The list is made in the month of review and in the programme's first; its card has an
    ``income_ceiling`` under which households of any standing are listed.
    """

    queue: Array | None = None

    def candidates(self, model: WorldView) -> Array:
        """Return who can be taken on, shape (households,)."""
        raise NotImplementedError

    def unit_cost(self, model: WorldView, rows: Array) -> Array:
        """Return yuan for each household taken on."""
        raise NotImplementedError

    def take_on(self, model: WorldView, rows: Array) -> None:
        """Do what is done for households that are taken on."""
        raise NotImplementedError

    def act(self, model: WorldView) -> None:
        """Renew the list when it is time, and take on as many as the purse pays for."""
        if self.queue is None or in_review(model):
            ceiling = self.numbers.income_ceiling * model.economy.level
            self.queue = line_up(model, self.candidates(model), ceiling)
        costs = self.unit_cost(model, self.queue) * weight_of(model, self.queue)
        total = np.cumsum(costs)
        count = int(np.searchsorted(total, self.usable(model), side="right"))
        if count == 0:
            return
        rows, self.queue = self.queue[:count], self.queue[count:]
        self.pay_for(model, float(total[count - 1]), "invested")
        self.take_on(model, rows)
