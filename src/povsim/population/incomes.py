"""Draw usual and observed income, by source, and rake them to the published margins.

Usual income is what a household's people, land and jobs yield in a normal year; observed income
is that of 2020, with the season that it was. Registered households are drawn around their own
mean with a narrow spread, as support left few of them near the line; others have the long lower
tail of rural China, much of which is one bad year.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from povsim.codes import Registration
from povsim.params import World
from povsim.params.start import StartIncomes
from povsim.population import facts
from povsim.population.blueprint import Blueprint
from povsim.population.layout import Layout
from povsim.population.structure import season_yield

Array = NDArray[Any]
SOURCES = ("wage", "business", "support")
STEPS = 80
LAST = 25
"""Steps of the rake, and how many at its end leave the regions alone, so that the quintiles are met."""  # noqa: E501


@dataclass(frozen=True)
class Incomes:
    """Incomes by row, yuan a household and year.

    Attributes
    ----------
    wage, business, support : ndarray
        Usual pay (near and away), own income, private transfers.
    observed : ndarray
        Income of 2020 from all sources.
    usual : ndarray
        Income of a normal year from all sources.
    sources : dict of str to float
        Mean income of 2020 by source, yuan a person.
    """

    wage: Array
    business: Array
    support: Array
    observed: Array
    usual: Array
    sources: dict[str, float]


def usual_target(
    p: StartIncomes,
    plan: Blueprint,
    layout: Layout,
    people: dict[str, Array],
    jobs: dict[str, Array],
    rng: np.random.Generator,
) -> Array:
    """Draw usual income per person, yuan, before raking."""
    place, members = people["place"], people["members"]
    stratum = layout.stratum[place]
    registered = people["registration"] == int(Registration.REGISTERED)
    waged = jobs["chances"].sum(axis=1) * people["labour"] + jobs["at_public_post"]
    traits = (
        p.workers_effect * people["labour"] / members
        + p.waged_effect * waged / members
        - p.members_effect * members
        + p.schooling_effect * (people["schooling"] - 7)
        + p.skill_effect * (people["skill"] - 1)
        + p.health_effect * (people["health"] - 0.85)
    )
    score = (traits - traits.mean()) / max(float(traits.std()), 1e-9)
    luck = rng.standard_normal(len(place))
    score = p.trait_share * score + np.sqrt(1.0 - p.trait_share**2) * luck
    mean = np.array([s.numbers["mean_income"] for s in plan.strata])[stratum]
    spread = np.array([s.numbers["income_spread"] for s in plan.strata])[stratum]
    spread = np.where(registered, p.registered_spread, spread)
    centre = np.where(registered, facts.value("F0379"), mean)
    income: Array = centre * np.exp(spread * score - 0.5 * spread**2)
    if "quintiles" in plan.targets:  # the survey's own low tail is asked for
        raised = soft_floor(income, p.registered_floor, p.floor_sharpness)
        return np.where(registered, raised, income)
    floor = np.where(registered, p.registered_floor, p.others_floor)
    return soft_floor(income, floor, p.floor_sharpness)


def sum_of(weights: Array, values: Array) -> float:
    """Return the weighted sum; a library's dot product wakes threads, which costs more."""
    return float((weights * values).sum())


def soft_floor(income: Array, floor: Array | float, sharpness: float) -> Array:
    """Return incomes raised smoothly towards ``floor`` where they are low."""
    raised: Array = (income**sharpness + np.power(floor, sharpness)) ** (1.0 / sharpness)
    return raised


def settle(
    world: World,
    plan: Blueprint,
    layout: Layout,
    people: dict[str, Array],
    target: Array,
    raw: dict[str, Array],
    fixed: dict[str, Array],
    season: Array,
) -> Incomes:
    """Split the target into sources and rake to the published margins.

    Parameters
    ----------
    target : ndarray
        Usual income, yuan/person.
    raw : dict of ndarray
        Structural pay, own income and private support before abilities, yuan/household.
    fixed : dict of ndarray
        Income that does not scale: posts (wage), property, programmes and pension (transfer).
    season : ndarray
        Season factor of 2020.
    """
    members = people["members"].astype(float)
    weight = layout.weight[people["place"]]
    persons = weight * members
    registered = people["registration"] == int(Registration.REGISTERED)
    yields = season_yield(season, world.production.cost_share)
    given = sum(fixed.values())
    scale = dict.fromkeys(SOURCES, 1.0)
    level = target.copy()
    goal = plan.targets
    remitted = world.work.remitted_share * raw["away_part"]
    parts: dict[str, Array] = {}
    least = world.start_incomes.least_market_share
    for step in range(STEPS):
        market = np.maximum(level * members - given, least * level * members)
        weighted = {s: scale[s] * raw[s] for s in SOURCES}
        total = np.maximum(sum(weighted.values()), 1e-9)
        parts = {s: weighted[s] / total * market for s in SOURCES}
        business = parts["business"] * yields
        observed = parts["wage"] + business + parts["support"] + given
        means = _means(weight, persons, parts, business, remitted, fixed)
        for source in SOURCES:
            want = goal["sources"][source]
            scale[source] *= (want / max(means[source], 1.0)) ** 0.7
        last = step >= STEPS - LAST
        level *= _rake(plan, layout, people, observed / members, persons, registered, last)
    rent = float(sum_of(weight, fixed["rent"]) / persons.sum())
    sources = {
        "wage": means["wage"],
        "business": means["business"],
        "property": rent,
        "transfer": means["support"],
    }
    return Incomes(**parts, observed=observed, usual=market + given, sources=sources)


def _means(
    weight: Array,
    persons: Array,
    parts: dict[str, Array],
    business: Array,
    remitted: Array,
    fixed: dict[str, Array],
) -> dict[str, float]:
    """Return mean income of 2020, yuan a person, by what moves it: pay sent home is a transfer."""
    of = {
        "wage": parts["wage"] * (1 - remitted) + fixed["posts"],
        "business": business,
        "support": parts["support"] + parts["wage"] * remitted + fixed["transfer"],
    }
    people_in = float(persons.sum())
    return {source: sum_of(weight, amounts) / people_in for source, amounts in of.items()}


def _rake(
    plan: Blueprint,
    layout: Layout,
    people: dict[str, Array],
    observed: Array,
    persons: Array,
    registered: Array,
    last: bool,
) -> Array:
    """Return the factor by which each row's income moves towards the published margins."""
    goal = plan.targets
    factor = np.ones(len(observed))
    if registered.any() and goal.get("registered_mean"):
        mean = sum_of(observed[registered], persons[registered]) / persons[registered].sum()
        factor[registered] *= goal["registered_mean"] / mean
    others = ~registered if goal.get("registered_mean") else np.ones(len(observed), dtype=bool)
    by_region = goal.get("regions")
    region = layout.region[layout.county[people["place"]]]
    if by_region and not last:
        for code, want in enumerate(by_region):
            here = others & (region == code)
            if want and here.any():
                whole = region == code
                gap = want * persons[whole].sum() - sum_of(observed[whole], persons[whole])
                factor[here] *= np.clip(1 + gap / sum_of(observed[here], persons[here]), 0.8, 1.25)
    elif goal.get("mean"):
        gap = goal["mean"] * persons.sum() - sum_of(observed, persons)
        factor[others] *= 1.0 + gap / sum_of(observed[others], persons[others])
    if goal.get("quintiles"):
        moved = observed * factor
        fifths = quintile_factor(
            moved, persons / people["members"], people["members"], goal["quintiles"]
        )
        factor[others] *= fifths[others]
    return factor**0.8


def quintile_factor(income: Array, households: Array, members: Array, goal: list[float]) -> Array:
    """Return a smooth factor, by rank, that moves quintile means towards ``goal``.

    Households are ranked by income per person and cut into fifths of households; a fifth's mean
    is over its persons. Log corrections at the fifths' middles are joined by straight lines in
    the normal score of the rank, which keeps the tails smooth and the order unchanged.
    """
    order = np.argsort(income, kind="stable")
    rank = np.cumsum(households[order]) - 0.5 * households[order]
    rank /= households.sum()
    fifth = np.minimum((rank * 5).astype(int), 4)
    persons = (households * members)[order]
    total = np.bincount(fifth, persons * income[order], 5)
    mean = total / np.bincount(fifth, persons, 5)
    correction = np.log(np.array(goal) / np.maximum(mean, 1.0))
    middles = ndtri((np.arange(5) + 0.5) / 5)
    factor = np.empty(len(income))
    factor[order] = np.exp(np.interp(ndtri(np.clip(rank, 1e-9, 1 - 1e-9)), middles, correction))
    return factor
