"""Bring a population that has lived for some years back to the published margins of 2020.

Only what is permanent is moved (abilities, private support): every household of a class is moved
by the same factor, so that luck is neither undone nor doubled, and the start stays at rest. The
twelve months that are kept move by as much as the year's income.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import HISTORY_UNIT, Flag, Group, Registration, Spell
from povsim.params import World
from povsim.population import facts
from povsim.population.blueprint import COUNTY_CLASSES, Blueprint, blueprint
from povsim.population.draw import Drawn
from povsim.population.incomes import SOURCES, quintile_factor, sum_of
from povsim.state import Households, Places

Array = NDArray[Any]
STEPS = 60
LAST = 20
"""Steps of the rake, and how many at its end leave the regions alone, so that the quintiles are met."""  # noqa: E501
LIFT = (-0.5, 0.5)
"""Most that this count may move the log income of the lowest."""


@dataclass(frozen=True)
class Year:
    """Income of the last year by row and source, yuan a household; what can be moved, and the rest.

    Attributes
    ----------
    wage, remitted, business, support : ndarray
        Wages outside posts, the part of pay away that counts as transfer, own income, private
        support.
    interest, dividend, posts, transfer : ndarray
        Property income by kind; pay of posts; transfers of programmes.
    """

    wage: Array
    remitted: Array
    business: Array
    support: Array
    interest: Array
    dividend: Array
    posts: Array
    transfer: Array

    @property
    def total(self) -> Array:
        """All income."""
        return sum(vars(self).values(), np.zeros(len(self.wage)))


def year_of(world: World, h: dict[str, Array]) -> Year:
    """Split the year's sums of the state into sources."""
    column = {k: h[f"year_{k}"].astype(float) for k in ("wage", "business", "property", "policy")}
    transfer = h["year_transfer"].astype(float)
    yearly_pay = 12 * world.start_work.post_pay
    posts = np.minimum(yearly_pay * h["at_public_post"], column["wage"])
    paid = np.maximum(column["policy"] - posts, 0.0)
    support = np.minimum(12.0 * h["family_support"], np.maximum(transfer - paid, 0.0))
    interest = np.minimum(
        world.economy.deposit_rate * np.maximum(h["savings"], 0.0), column["property"]
    )
    return Year(
        wage=column["wage"] - posts,
        remitted=np.maximum(transfer - paid - support, 0.0),
        business=column["business"],
        support=support,
        interest=interest,
        dividend=column["property"] - interest,
        posts=posts,
        transfer=paid,
    )


def meet_margins(world: World, drawn: Drawn, rng: np.random.Generator) -> Drawn:
    """Rake a population at rest to the margins of 2020, then list edge households and groups."""
    h, plan = drawn.households, blueprint(world.population, world.population_text)
    year = year_of(world, h)
    rake = _Rake(world, plan, drawn, year)
    for step in range(STEPS):
        rake.move_sources()
        rake.move_levels(last=step >= STEPS - LAST)
        if step % 4 == 3:
            rake.move_tails()
    rake.move_tails()
    moved = rake.moved()
    _apply(h, rake, year, moved)
    _take_off_common_luck(world, drawn, rake)
    _scale_industry(drawn, rake)
    _close(world, h)
    h["registration"][choose_edge(plan, world, drawn, rng)] = int(Registration.EDGE)
    h["group"][:] = groups(world, h)
    return Drawn(h, drawn.places, drawn.counties, rake.sources(moved), drawn.log_price)


class _Rake:
    """Factors on market income, by row and by source, and the margins they have to meet."""

    def __init__(self, world: World, plan: Blueprint, drawn: Drawn, year: Year) -> None:
        h, places = drawn.households, Places(drawn.places)
        self.world, self.plan, self.year = world, plan, year
        self.members = h["members"].astype(float)
        self.weight = places.by_household(places["weight"])
        self.persons = self.weight * self.members
        self.registered = h["registration"] == int(Registration.REGISTERED)
        self.site = (h["flags"] & int(Flag.RELOCATED)) != 0
        self.region = drawn.counties["region"][places.by_household(places["county"])]
        expenses = h["children"] * world.consumption.school_cost
        self.expenses = expenses + h["year_out_of_pocket"].astype(float)
        usual = np.maximum(12.0 * h["usual_income"] / self.members, 500.0)
        movable = world.start_incomes.movable_income
        self.lowness = np.clip(np.log(movable / usual), 0.0, 1.2)
        self.scale = dict.fromkeys((*SOURCES, "property"), 1.0)
        self.level = np.ones(len(self.members))
        self.lift = np.zeros(len(self.members))

    def mean(self, amounts: Array, rows: Array | slice = slice(None)) -> float:
        """Return yuan a person of amounts by household."""
        return sum_of(self.weight[rows], amounts[rows]) / float(self.persons[rows].sum())

    def moved(self) -> Year:
        """Return the year with the factors of now."""
        y, own = self.year, self.level * np.exp(self.lift * self.lowness)
        pay = own * self.scale["wage"]
        return Year(
            wage=y.wage * pay,
            remitted=y.remitted * pay,
            business=y.business * own * self.scale["business"],
            support=y.support * own * self.scale["support"],
            interest=y.interest,
            dividend=y.dividend * self.scale["property"],
            posts=y.posts,
            transfer=y.transfer,
        )

    def sources(self, year: Year) -> dict[str, float]:
        """Return mean income by published source, yuan a person."""
        return {
            "wage": self.mean(year.wage + year.posts),
            "business": self.mean(year.business),
            "property": self.mean(year.interest + year.dividend),
            "transfer": self.mean(year.remitted + year.support + year.transfer),
        }

    def move_sources(self) -> None:
        """Move the factors of the sources towards their published means."""
        moved, goal = self.moved(), self.plan.targets["sources"]
        now = self.sources(moved)
        wanted = {"wage": "wage", "business": "business", "support": "transfer"}
        for source, name in wanted.items():
            fixed = {"wage": moved.posts, "support": moved.transfer + moved.remitted}.get(source)
            given = self.mean(fixed) if fixed is not None else 0.0
            have, want = now[name] - given, max(goal[source] - given, 50.0)
            self.scale[source] *= float(np.clip((want / max(have, 1.0)) ** 0.6, 0.7, 1.4))
        dividend, interest = self.mean(self.year.dividend), self.mean(self.year.interest)
        if dividend > 0.0:
            wanted_dividend = goal["property"] - interest
            self.scale["property"] = float(np.clip(wanted_dividend / dividend, 0.2, 4.0))

    def move_levels(self, last: bool) -> None:
        """Move every class of rows towards its published mean."""
        income, goal = self.moved().total, self.plan.targets
        registered = goal.get("registered_mean")
        if registered and self.registered.any():
            relocated = registered * facts.value("F0600") / facts.value("F0378")
            here = self.registered & self.site
            if here.any():
                self._towards(here, income, relocated)
            others = self.site & ~self.registered
            if others.any():
                self._towards(others, income, self.world.start_incomes.site_others * relocated)
            rest = self.registered & ~self.site
            wanted = registered * self.persons[self.registered].sum()
            wanted -= sum_of(self.weight[here], income[here])
            self._towards(rest, income, wanted / max(self.persons[rest].sum(), 1e-9))
        free = ~(self.registered | self.site) if registered else np.ones(len(income), dtype=bool)
        if goal.get("regions") and not last:
            for code, want in enumerate(goal["regions"]):
                whole = self.region == code
                self._fill(free & whole, whole, income, want)
        elif goal.get("mean"):
            self._fill(free, np.ones(len(income), dtype=bool), income, goal["mean"])
        if goal.get("quintiles"):
            observed = income / self.members
            factor = quintile_factor(observed, self.weight, self.members, goal["quintiles"])
            self.level[free] *= np.clip(factor[free], 0.5, 2.0) ** 0.6

    def _towards(self, rows: Array, income: Array, mean: float) -> None:
        now = self.mean(income, rows)
        self.level[rows] *= np.clip(mean / max(now, 1.0), 0.8, 1.25)

    def _fill(self, rows: Array, whole: Array, income: Array, mean: float) -> None:
        """Move ``rows`` so that the ``whole`` that they are part of has the mean."""
        if not rows.any() or not mean:
            return
        gap = mean * self.persons[whole].sum() - sum_of(self.weight[whole], income[whole])
        have = sum_of(self.weight[rows], income[rows])
        self.level[rows] *= np.clip(1.0 + gap / max(have, 1.0), 0.8, 1.25)

    def move_tails(self) -> None:
        """Move low incomes until as many as published are under the monitoring line."""
        at_risk = facts.value("F0563") / facts.value("F0541")
        self._move_tail(self.registered, at_risk)
        if not self.plan.targets.get("quintiles"):
            others = ~self.registered
            edge = facts.value("F0564") / (facts.value("F0809") - facts.value("F0541"))
            self._move_tail(others, self.world.start_incomes.edge_over_national * edge)

    def _move_tail(self, rows: Array, share: float) -> None:
        """Bisect on the lift of the lowest: a higher one puts fewer under the line."""
        if not rows.any():
            return
        low, high = LIFT
        line = self.world.lines.monitoring
        persons = self.persons[rows]
        for _ in range(12):
            middle = 0.5 * (low + high)
            self.lift[rows] = middle
            after = (self.moved().total - self.expenses)[rows] / self.members[rows]
            under = sum_of(persons, after < line) / persons.sum()
            low, high = (middle, high) if under > share else (low, middle)
        self.lift[rows] = 0.5 * (low + high)


def _apply(h: dict[str, Array], rake: _Rake, year: Year, moved: Year) -> None:
    """Move abilities, private support, usual income, the year and its months as income has."""
    own = np.log(rake.level) + rake.lift * rake.lowness
    h["wage_ability"][:] += own + np.log(rake.scale["wage"])
    h["own_ability"][:] += own + np.log(rake.scale["business"])
    support = h["family_support"] * np.exp(own) * rake.scale["support"]
    h["family_support"][:] = np.clip(np.rint(support), 0, 65535)
    h["year_wage"][:] = moved.wage + moved.posts
    h["year_business"][:] = moved.business
    h["year_property"][:] = moved.interest + moved.dividend
    h["year_transfer"][:] = moved.remitted + moved.support + moved.transfer
    change = (moved.total - year.total) / 12.0
    usual = h["usual_income"] + change
    h["usual_income"][:] = np.maximum(usual, 0.25 * h["usual_income"])
    history = h["income_history"] + np.rint(change / HISTORY_UNIT)[:, None]
    h["income_history"][:] = np.clip(history, -32767, 32767)


def _take_off_common_luck(world: World, drawn: Drawn, rake: _Rake) -> None:
    """Let prices start from their mean, and own ability be that of a year of usual weather.

    The margins are met by the year that was lived. If its prices and harvests were better than
    usual for all, abilities were set too low, and incomes would fall back with the luck.
    """
    hazards, cost = world.hazards, world.production.cost_share
    log_price = np.zeros(1) if drawn.log_price is None else drawn.log_price
    price = np.exp(log_price)[drawn.places["product"]]
    kept = 1.0 - drawn.places["weather_loss"]
    deep = drawn.counties["county_class"][drawn.places["county"]] == 0
    rate = hazards.weather_rate * np.where(deep, hazards.weather_deep_ratio, 1.0)
    usual = 1.0 - rate * hazards.weather_loss
    rows = drawn.places["stop"] - drawn.places["start"]
    own = np.add.reduceat(np.maximum(rake.year.business, 0.0), drawn.places["start"])
    weight = np.where(rows > 0, own, 0.0) * drawn.places["weight"]
    lived = sum_of(weight, kept * price - cost) / weight.sum()
    mean_price = sum_of(weight, price) / weight.sum()
    normal = sum_of(weight, usual * price / mean_price - cost) / weight.sum()
    drawn.households["own_ability"][:] += np.log(max(lived, 0.2) / max(normal, 0.2))
    log_price -= np.log(mean_price)


def _scale_industry(drawn: Drawn, rake: _Rake) -> None:
    """Give village industry the capital whose dividends are published as property income."""
    for name in ("industry_public", "industry_private"):
        drawn.places[name] *= rake.scale["property"]


def _close(world: World, h: dict[str, Array]) -> None:
    """Say who starts inside a spell of poverty, and close the month's accounts."""
    for name in ("month_income", "month_policy", "out_of_pocket"):
        h[name][:] = 0.0
    trailing = Households(h).income_per_person
    below = trailing < world.lines.absolute
    carried = h["spell"] == int(Spell.OUTSIDE)
    waiting = carried & (h["months_below"] > 0) & below  # fell under the line a month or two ago
    outside = (carried & ~below) | waiting
    h["months_below"][:] = np.where(below, np.maximum(h["months_below"], 1), 0)
    above = np.maximum(h["months_above"], 1)
    h["months_above"][:] = np.where(below & ~waiting, 0, above)
    h["spell"][:] = np.where(outside, int(Spell.OUTSIDE), int(Spell.INSIDE))


def choose_edge(plan: Blueprint, world: World, drawn: Drawn, rng: np.random.Generator) -> Array:
    """Return which households are on the edge list.

    They are unregistered, at or above the line and the nearest to it as far as the list sees
    (between the year's and usual income, with a small error: a list looks for lasting risk, not
    for one bad year), up to the quota of their class of counties.
    """
    h, places = drawn.households, Places(drawn.places)
    persons = places.by_household(places["weight"]) * h["members"]
    kind = drawn.counties["county_class"][places.by_household(places["county"])]
    income = Households(h).income_per_person
    free = (h["registration"] == int(Registration.NONE)) & (income >= world.lines.absolute)
    free &= (h["flags"] & int(Flag.DIBAO)) == 0  # what the register had missed gets no support
    usual = 12.0 * h["usual_income"] / h["members"]
    seen = np.log(np.maximum(0.5 * (income + usual), 1.0))
    seen += rng.normal(0.0, world.start_incomes.edge_noise, len(income))
    chosen = np.zeros(len(income), dtype=bool)
    for stratum in plan.strata:
        here = kind == COUNTY_CLASSES.index(stratum.name)
        rows = np.flatnonzero(free & here)
        rows = rows[np.argsort(seen[rows], kind="stable")]
        quota = stratum.numbers["edge_share"] * persons[here].sum()
        chosen[rows[np.cumsum(persons[rows]) <= quota]] = True
    return chosen


def groups(world: World, h: dict[str, Array]) -> Array:
    """Return the primary group of each household; the precedence is G1 > G3 > G2 > G4 > GX > G0."""
    registered = h["registration"] == int(Registration.REGISTERED)
    usual = 12.0 * h["usual_income"] / h["members"]
    away = h["migrant_informal"].astype(int) >= 1
    low = usual < world.start_incomes.low_paid * world.lines.national_median
    floor = ((h["flags"] & int(Flag.DIBAO)) != 0) & (
        (h["labour"] == 0) | ((h["disabled"] > 0) & (h["labour"] <= 1))
    )
    landless = ((h["flags"] & int(Flag.LANDLESS)) != 0) & ((h["flags"] & int(Flag.RELOCATED)) != 0)
    edge = h["registration"] == int(Registration.EDGE)
    return np.select(
        [floor, landless, edge, away & low, registered],
        [int(Group.G1), int(Group.G3), int(Group.G2), int(Group.G4), int(Group.GX)],
        int(Group.G0),
    )
