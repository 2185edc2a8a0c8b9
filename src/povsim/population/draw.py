"""Draw a population: layout, people, jobs, incomes, wealth, and the columns of state."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import HISTORY_UNIT, Flag, PlaceKind, Registration, Spell
from povsim.errors.given import seed_number
from povsim.kernels import industry
from povsim.params import World
from povsim.params.declare import as_tuple
from povsim.params.start import StartIncomes, StartPlaces
from povsim.population import facts, structure
from povsim.population.blueprint import Blueprint, blueprint
from povsim.population.incomes import Incomes, settle, usual_target
from povsim.population.layout import Layout, class_code, lay_out
from povsim.population.people import draw_people
from povsim.population.work import draw_jobs
from povsim.rng import Stream
from povsim.state.columns import COUNTY_COLUMNS, HOUSEHOLD_COLUMNS, PLACE_COLUMNS, Column
from povsim.state.households import Households

Array = NDArray[Any]


@dataclass(frozen=True)
class Drawn:
    """Initial columns of the three tables, by name; mean income of 2020 by source, yuan/person.

    ``log_price`` are the log prices of products; a population that was only drawn, and has no
    past yet, has none and starts at normal prices.
    """

    households: dict[str, Array]
    places: dict[str, Array]
    counties: dict[str, Array]
    sources: dict[str, float]
    log_price: Array | None = None

    def copy(self) -> "Drawn":
        """Return a copy that shares no array with this one."""
        return Drawn(
            {name: column.copy() for name, column in self.households.items()},
            {name: column.copy() for name, column in self.places.items()},
            {name: column.copy() for name, column in self.counties.items()},
            dict(self.sources),
            None if self.log_price is None else self.log_price.copy(),
        )


def draw_population(world: World, seed: int) -> Drawn:
    """Draw people, jobs, incomes and wealth, in this order, from one generator.

    What is drawn has no past: incomes are those of a normal year, and nobody has been ill or out
    of work. :mod:`povsim.model.past` gives it one before a run starts.

    Parameters
    ----------
    world : World
        Names the population and the number of rows; its numbers set pay and production.
    seed : int
        The same seed gives the same population under every scenario.
    """
    rng = np.random.default_rng([seed_number(seed), int(Stream.INITIAL)])
    plan = blueprint(world.population, world.population_text)
    layout = lay_out(world.start_places, plan, world.households, rng)
    people = draw_people(world.start_people, plan, layout, rng)
    jobs = draw_jobs(world.start_work, plan, layout, people, rng)
    target = usual_target(world.start_incomes, plan, layout, people, jobs, rng)
    counties = _counties(world.start_places, plan, layout, people)
    places = _places(world, plan, layout, jobs, people, rng)
    h = _households(world, layout, people, jobs, rng)
    season = h["season_factor"].astype(float)
    raw, fixed = _structure(world, layout, people, jobs, h, places, counties, target, rng)
    incomes = settle(world, plan, layout, people, target, raw, fixed, season)
    _apply(world, h, people, raw, incomes, rng)
    _shock(world, h, rng)
    _count_post_workers(h)
    return Drawn(h, places, counties, incomes.sources)


def _empty(columns: tuple[Column, ...], rows: int) -> dict[str, Array]:
    return {
        c.name: np.zeros(rows if c.width == 1 else (rows, c.width), dtype=c.dtype) for c in columns
    }


def _around_one(spread: float, rows: int, rng: np.random.Generator) -> Array:
    """Draw lognormal factors with mean 1 and this log standard deviation."""
    return rng.lognormal(-0.5 * spread**2, spread, rows)


def _households(
    world: World,
    layout: Layout,
    people: dict[str, Array],
    jobs: dict[str, Array],
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Fill the columns that do not depend on income."""
    p, n = world.start_incomes, len(people["place"])
    h = _empty(HOUSEHOLD_COLUMNS, n)
    h["uid"][:] = np.arange(n)
    for name, values in {**people, **jobs}.items():
        if name in h:
            h[name][:] = values
    passing = world.production.season_volatility
    h["season_factor"][:] = np.exp(rng.normal(0.0, passing, n) - 0.5 * passing**2)
    h["wage_ability"][:] = rng.normal(0.0, p.ability_spread, n)
    h["own_ability"][:] = rng.normal(0.0, p.ability_spread, n)
    spread = p.capital_spread_before
    h["productive_assets"][:] = p.capital_before_raking * _around_one(spread, n, rng)
    return h


def _structure(
    world: World,
    layout: Layout,
    people: dict[str, Array],
    jobs: dict[str, Array],
    h: dict[str, Array],
    places: dict[str, Array],
    counties: dict[str, Array],
    target: Array,
    rng: np.random.Generator,
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return raw income by source, and income that does not scale (posts, property, programmes)."""
    p, members = world.start_incomes, people["members"].astype(float)
    raw = _market(world, layout, people, jobs, h, places, counties)
    other = np.where((h["flags"] & int(Flag.LANDLESS)) != 0, p.landless_other_income, 1.0)
    private = rng.lognormal(p.private_support_shift, p.private_support_spread, len(members))
    raw["support"] = p.private_support * members * private * other
    raw["business"] = raw["output"] * other
    registered = people["registration"] == int(Registration.REGISTERED)
    dibao = _dibao(p, people, registered, target, h, layout, rng)
    pension = 12 * facts.value("F0736") * people["elders"]
    months = np.where(registered, p.savings_months_registered, p.savings_months)
    spread = p.savings_spread
    months = rng.lognormal(np.log(months) - 0.5 * spread**2, spread)
    h["savings"][:] = months * target * members / 12.0
    cash = p.cash_support * members * registered
    fixed = {
        "posts": 12 * world.start_work.post_pay * jobs["at_public_post"],
        "rent": _rent(world, layout, people, h["savings"].astype(float)),
        "transfer": pension + dibao + cash,
    }
    return raw, fixed


def _market(
    world: World,
    layout: Layout,
    people: dict[str, Array],
    jobs: dict[str, Array],
    h: dict[str, Array],
    places: dict[str, Array],
    counties: dict[str, Array],
) -> dict[str, Array]:
    """Return pay, its part from away, and own output of a normal year, yuan a household.

    Wages are those of the jobs that a household can expect, not of those that it holds: jobs come
    and go within a few years, and who has none today is not for that a better farmer.
    """
    place = people["place"]
    n = len(place)
    arrays = Households(h).arrays
    near, informal_pay, formal_pay = (np.empty(n) for _ in range(3))  # of one worker
    output = np.empty(n)
    work, production = as_tuple(world.work), as_tuple(world.production)
    level = counties["wage_level"][layout.county[place]]
    structure.worker_pay(arrays, level, work, near, informal_pay, formal_pay)
    local, shops, informal, formal = jobs["chances"].T * people["labour"]
    away = informal * informal_pay + formal * formal_pay
    pay = (local + shops) * near + away
    own_workers = people["labour"] - (local + shops + informal + formal) - jobs["at_public_post"]
    log_place = structure.log_productivity(
        places["productivity"], places["infrastructure"], production
    )
    free = np.maximum(own_workers, 0.0)
    structure.yearly_output(arrays, free, log_place[place], production, output)
    away_part = np.divide(away, pay, out=np.zeros(n), where=pay > 0)
    return {"wage": pay, "output": output, "away_part": away_part}


def _rent(world: World, layout: Layout, people: dict[str, Array], savings: Array) -> Array:
    """Return property income, yuan a household: interest, and dividends up to what is known."""
    members = people["members"].astype(float)
    interest = world.economy.deposit_rate * savings
    weight = layout.weight[people["place"]]
    mean_interest = np.dot(weight, interest) / np.dot(weight, members)
    published = blueprint(world.population, world.population_text).targets["sources"]["property"]
    return np.asarray(interest + max(published - mean_interest, 0.0) * members)


def _dibao(
    p: StartIncomes,
    people: dict[str, Array],
    registered: Array,
    target: Array,
    h: dict[str, Array],
    layout: Layout,
    rng: np.random.Generator,
) -> Array:
    """Choose dibao households, registered first without labour; return their yearly benefit."""
    members = people["members"].astype(float)
    weight = layout.weight[people["place"]] * members
    score = (
        np.log(np.maximum(target, 500.0))
        - p.dibao_no_labour * (people["labour"] == 0)
        - p.dibao_disabled * (people["disabled"] > 0)
    )
    score += rng.normal(0.0, p.dibao_noise, len(members))
    listed = np.zeros(len(members), dtype=bool)
    coverage = facts.value("F0732") / facts.value("F0541")
    ordinary = (facts.value("F0707") + facts.value("F0729") - facts.value("F0732")) / (
        facts.value("F0809") - facts.value("F0541")
    )
    for who, share in ((registered, coverage), (~registered, ordinary)):
        rows = np.flatnonzero(who)
        rows = rows[np.argsort(score[rows], kind="stable")]
        listed[rows[np.cumsum(weight[rows]) <= share * weight[who].sum()]] = True
    h["flags"][:] |= np.where(listed, int(Flag.DIBAO), 0).astype(h["flags"].dtype)
    withdrawn = p.dibao_withdrawal * p.dibao_assessed * target
    benefit = p.dibao_payment * np.maximum(facts.value("F0718") - withdrawn, 0.0) * members
    return np.where(listed, benefit, 0.0)


def _apply(
    world: World,
    h: dict[str, Array],
    people: dict[str, Array],
    raw: dict[str, Array],
    incomes: Incomes,
    rng: np.random.Generator,
) -> None:
    """Turn incomes into abilities, support, wealth, history and groups."""
    p, n = world.start_incomes, len(incomes.usual)
    members = people["members"].astype(float)
    factor = np.divide(incomes.wage, raw["wage"], out=np.full(n, np.nan), where=raw["wage"] > 0)
    own = incomes.business / np.maximum(raw["output"], 1.0)
    typical = np.nanmedian(factor)
    ratio = np.clip(np.where(np.isnan(factor), typical * own / np.median(own), factor), 0.05, 20)
    h["wage_ability"][:] += np.log(ratio)
    h["own_ability"][:] += np.log(np.maximum(own, 1e-3))
    # capital in proportion to own income; ability takes up the change, so that income stays
    old = h["productive_assets"].astype(float)
    ratio_drawn = _around_one(p.capital_spread, n, rng)
    new = np.maximum(p.capital_ratio * incomes.business * ratio_drawn, p.least_capital)
    h["productive_assets"][:] = new
    h["own_ability"][:] -= world.production.capital_elasticity * np.log(new / old)
    h["family_support"][:] = np.clip(np.rint(incomes.support / 12.0), 0, 65535)
    inherited = 1.0 - p.child_skill_share + p.child_skill_share * h["skill"]
    h["child_skill"][:] = np.clip(np.rint(100.0 * inherited), 0, 255)
    h["usual_income"][:] = incomes.usual / 12.0
    months = h["savings"] / np.maximum(h["usual_income"], 1.0)
    h["savings"][:] = np.clip(months, 0.2, 30) * h["usual_income"]
    indebted = rng.random(n) < p.indebted_share
    loans = rng.lognormal(np.log(p.debt_median), p.debt_spread, n)
    h["debt"][:] = np.where(indebted, loans, 0.0)
    school = people["children"] * world.consumption.school_cost
    monthly = np.round((incomes.observed - school) / 12.0 / HISTORY_UNIT)
    h["income_history"][:] = np.clip(monthly, -32767, 32767).astype(np.int16)[:, None]
    above = (
        h["income_history"].sum(axis=1, dtype=np.int64) * HISTORY_UNIT
        >= world.lines.absolute * members
    )
    h["months_above"][:] = np.where(above, 12, 0)
    h["spell"][:] = np.where(above, int(Spell.OUTSIDE), int(Spell.INSIDE))
    policy = np.where(h["flags"] & int(Flag.DIBAO), 1, 0)
    exits = (h["registration"] == int(Registration.REGISTERED)) & (policy == 1)
    h["flags"][:] |= np.where(exits, int(Flag.TRANSFER_EXIT), 0).astype(h["flags"].dtype)


def _shock(world: World, h: dict[str, Array], rng: np.random.Generator) -> None:
    """Draw lasting shocks at rest, after abilities are known, so that these do not undo them.

    Their mean effect on income is taken off, so that shocks spread incomes and do not raise them.
    """
    p = world.production
    spread = structure.stationary_spread(p.lasting_volatility, p.lasting_persistence)
    h["lasting_shock"][:] = rng.normal(0.0, spread, len(h["uid"]))
    for ability in ("wage_ability", "own_ability"):
        h[ability][:] -= 0.5 * spread**2


def _count_post_workers(h: dict[str, Array]) -> None:
    """Check that nobody has more workers in jobs than the household has."""
    jobs = ("at_local", "at_workshop", "migrant_informal", "migrant_formal", "at_public_post")
    busy = sum(h[name].astype(int) for name in jobs)
    if (busy > h["labour"]).any():
        raise RuntimeError("population: more workers in jobs than in households")


def _places(
    world: World,
    plan: Blueprint,
    layout: Layout,
    jobs: dict[str, Array],
    people: dict[str, Array],
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Fill the columns of villages and sites."""
    count, start = len(layout.start), world.start_places
    p = _empty(PLACE_COLUMNS, count)
    rows = layout.stop - layout.start
    number = {
        k: np.array([s.numbers[k] for s in plan.strata])[layout.stratum]
        for k in ("infrastructure", "services", "digital", "management", "industry_per_household")
    }
    site = layout.kind != int(PlaceKind.VILLAGE)
    town = layout.kind >= int(PlaceKind.TOWNSHIP_SITE)
    p["uid"][:] = np.arange(count)
    p["start"][:], p["stop"][:], p["county"][:] = layout.start, layout.stop, layout.county
    p["weight"][:] = layout.weight
    p["kind"][:], p["listed"][:] = layout.kind, layout.listed
    p["product"][:] = rng.integers(0, int(world.economy.products), count)
    p["productivity"][:] = rng.lognormal(0.0, start.productivity_spread, count)
    for name in ("infrastructure", "services", "digital"):
        works = number[name] + start.town_works * town + rng.normal(0, start.works_spread, count)
        p[name][:] = np.clip(works, 0.05, 1.0)
    management = number["management"] + rng.normal(0, start.management_spread, count)
    p["management"][:] = np.clip(management, 0.05, 0.95)
    more = np.where(site | (layout.listed == 1), 1.0, start.unlisted_industry)
    luck = _around_one(start.industry_spread, count, rng)
    public = number["industry_per_household"] * more * rows * luck
    p["industry_public"][:] = public
    p["industry_private"][:] = start.private_industry * public
    numbers = as_tuple(world.industry)
    capital = p["industry_public"] + p["industry_private"]
    yields = industry.productivity(p["management"], p["infrastructure"], np.ones(count), numbers)
    typical = industry.typical_capital(capital, rows, layout.weight, yields, numbers)
    yearly = industry.value_added(capital, rows, typical, yields, numbers)
    p["industry_jobs"][:] = industry.jobs_offered(
        yearly, np.full(count, 12.0 * world.work.local_wage), numbers
    )
    filled = np.bincount(people["place"], jobs["at_local"], count)
    # village industry has its part of the jobs that are filled; the rest is elsewhere
    p["local_jobs"][:] = np.maximum(
        world.start_work.local_jobs_offered * filled - p["industry_jobs"], 0.0
    )
    at_workshops = np.bincount(people["place"], jobs["at_workshop"], count)
    p["workshop_jobs"][:] = world.start_work.workshop_jobs_offered * at_workshops
    p["culture"][:] = np.where(site, start.site_culture, 0.0)
    living_cost = np.where(site, start.site_living_cost, 0.0)
    p["living_cost"][:] = np.where(town, start.town_living_cost, living_cost)
    p["poor_job_share"][:] = world.start_work.poor_jobs
    return p


def _counties(
    p: StartPlaces, plan: Blueprint, layout: Layout, people: dict[str, Array]
) -> dict[str, Array]:
    """Fill the columns of counties."""
    count = len(layout.region)
    c = _empty(COUNTY_COLUMNS, count)
    number = {
        k: np.array([s.numbers[k] for s in plan.strata])[layout.county_stratum]
        for k in ("wage_level", "own_revenue_per_person", "debt_to_revenue")
    }
    weight = layout.weight[people["place"]] * people["members"]
    persons = np.bincount(layout.county[people["place"]], weight, count)
    c["uid"][:] = np.arange(count)
    c["region"][:] = layout.region
    c["county_class"][:] = class_code(plan, layout.county_stratum)
    c["wage_level"][:] = number["wage_level"]
    c["own_revenue"][:] = number["own_revenue_per_person"] * persons
    c["debt"][:] = number["debt_to_revenue"] * c["own_revenue"]
    c["medical_fund"][:] = p.medical_reserve * persons
    return c
