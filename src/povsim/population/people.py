"""Draw who lives in each household: members, ages, ability to work, schooling, standing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag, PlaceKind, Registration
from povsim.kernels.hazards import REFERENCE_AGE
from povsim.kernels.work import LARGEST_NETWORK
from povsim.params.start import StartPeople
from povsim.population import facts
from povsim.population.blueprint import Blueprint
from povsim.population.layout import Layout

Array = NDArray[Any]
SIZES = np.arange(1, 9)


def tilt(base: Array, mean: float) -> Array:
    """Return household-size shares with the wanted mean: the base, exponentially tilted."""
    low, high = -3.0, 3.0
    shares = base
    for _ in range(60):
        middle = (low + high) / 2
        shares = base * np.exp(middle * (SIZES - 3.5))
        shares = shares / shares.sum()
        low, high = (middle, high) if shares @ SIZES < mean else (low, middle)
    return shares


def draw_people(
    p: StartPeople, plan: Blueprint, layout: Layout, rng: np.random.Generator
) -> dict[str, Array]:
    """Draw people's columns; keys are column names of the household table."""
    rows = layout.stop - layout.start
    place = np.repeat(np.arange(len(rows)), rows)
    n = len(place)
    registered = _registered(p, plan, layout, place, rng)
    members = _members(p, plan, layout.stratum[place], registered, rng)
    elders = _elders(p, members, rng)
    rest = members - elders
    child_chance = p.child_share / p.child_places
    children = rng.binomial(np.maximum(rest - (elders == 0), 0), child_chance)
    adults = rest - children
    chance = np.where(registered, p.disabled_registered, p.disabled_share)
    disabled = rng.binomial(adults, chance)
    working = p.working_elders * (1 - p.idle_elders_registered * registered)
    labour = adults - disabled + rng.binomial(elders, working)
    usual_age = rng.normal(p.head_age, p.head_age_spread, n)
    old_age = rng.normal(p.elder_head_age, p.elder_age_spread, n)
    head_age = np.clip(np.round(np.where(adults > 0, usual_age, old_age)), 22, 95)
    standing = np.where(registered, int(Registration.REGISTERED), int(Registration.NONE))
    return {
        "place": place,
        "members": members,
        "elders": elders,
        "children": children,
        "disabled": disabled,
        "labour": labour,
        "head_age": head_age,
        "registration": standing,
        **_abilities(p, plan, layout, place, registered, head_age, disabled, rng),
    }


def _members(
    p: StartPeople, plan: Blueprint, stratum: Array, registered: Array, rng: np.random.Generator
) -> Array:
    """Draw sizes of households, so that both standings of a stratum have their mean."""
    base = np.array(
        [
            *(p.households_of_1, p.households_of_2, p.households_of_3, p.households_of_4),
            *(p.households_of_5, p.households_of_6, p.households_of_7, p.households_of_8),
        ]
    )
    of_registered = facts.value("F0542")
    members = np.empty(len(stratum), dtype=np.int64)
    for s, numbers in enumerate(own.numbers for own in plan.strata):
        here = stratum == s
        share = registered[here].mean() if here.any() else 0.0
        left = (numbers["household_size"] - share * of_registered) / max(1.0 - share, 1e-9)
        for who, mean in ((here & registered, of_registered), (here & ~registered, left)):
            shares = tilt(base, float(mean))
            members[who] = rng.choice(SIZES, size=int(who.sum()), p=shares)
    return members


def _abilities(
    p: StartPeople,
    plan: Blueprint,
    layout: Layout,
    place: Array,
    registered: Array,
    head_age: Array,
    disabled: Array,
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Draw schooling, language, land, health, skill, motivation and ties."""
    n = len(place)
    usual, mandarin = (
        np.array([s.numbers[name] for s in plan.strata])[layout.stratum[place]]
        for name in ("schooling", "mandarin_share")
    )
    older = head_age - REFERENCE_AGE
    schooling = usual - p.schooling_by_age * older - p.schooling_gap * registered
    schooling = np.clip(np.round(schooling + rng.normal(0, p.schooling_spread, n)), 0, 16)
    health = p.health_at_50 - p.health_by_age * older - p.health_disabled * (disabled > 0)
    health = health - p.health_registered * registered
    speaks = rng.random(n) < mandarin
    site = layout.kind[place] != int(PlaceKind.VILLAGE)
    town = layout.kind[place] >= int(PlaceKind.TOWNSHIP_SITE)
    landless_share = np.where(town, p.landless_in_towns, p.landless_in_villages)
    landless = site & (rng.random(n) < landless_share)
    flags = np.full(n, int(Flag.INSURED))
    for flag, has in ((Flag.MANDARIN, speaks), (Flag.RELOCATED, site), (Flag.LANDLESS, landless)):
        flags |= np.where(has, int(flag), 0)
    skill = 1.0 + p.skill_by_schooling * (schooling - p.skill_schooling)
    reach = p.site_integration_range
    low, high = p.site_integration - reach, p.site_integration + reach
    return {
        "schooling": schooling,
        "flags": flags,
        "health": np.clip(health + rng.normal(0, p.health_spread, n), 0.3, 1.0),
        "skill": np.clip(skill + rng.normal(0, p.skill_spread, n), 0.4, 2.0),
        "motivation": np.clip(rng.normal(p.motivation_mean, p.motivation_spread, n), 0.2, 1.0),
        "network": np.minimum(rng.poisson(p.kin_away, n), LARGEST_NETWORK),
        "integration": np.where(site, rng.uniform(low, high, n), 0.0),
        "land": np.where(landless, 0.0, rng.gamma(p.land_shape, p.land_scale, n)),
    }


def _registered(
    p: StartPeople, plan: Blueprint, layout: Layout, place: Array, rng: np.random.Generator
) -> Array:
    """Return which households are registered: more in listed villages, most at sites.

    The share of persons is the stratum's; quotas are filled place by place, so that the count is
    met and not left to chance.
    """
    registered = np.zeros(len(place), dtype=bool)
    for s, stratum in enumerate(plan.strata):
        numbers = stratum.numbers
        here = layout.stratum == s
        if not here.any():
            continue
        site = layout.kind[here] != int(PlaceKind.VILLAGE)
        in_village = np.where(layout.listed[here] == 1, p.registered_in_listed, 1.0)
        odds = np.where(site, numbers["registered_at_sites"], in_village)
        weight = layout.weight[here] * (layout.stop - layout.start)[here]
        persons = numbers["registered_share"] * numbers["household_size"] / facts.value("F0542")
        # villages take what sites leave, more where listed
        at_sites = weight[site] @ odds[site] if site.any() else 0.0
        left = max(0.0, persons * weight.sum() - at_sites)
        scale = left / max(weight[~site] @ odds[~site], 1e-9)
        share = np.where(site, odds, np.minimum(odds * scale, 0.95))
        for place_there, part in zip(np.flatnonzero(here), share, strict=True):
            start, stop = layout.start[place_there], layout.stop[place_there]
            size = stop - start
            quota = int(np.floor(part * size + rng.random()))
            registered[start + rng.permutation(size)[:quota]] = True
    return registered


def _elders(p: StartPeople, members: Array, rng: np.random.Generator) -> Array:
    """Draw elders so that their share of people is the published one; small households are old."""
    by_size = (
        *(0.0, p.elders_of_1, p.elders_of_2, p.elders_of_3, p.elders_of_4),
        *(p.elders_of_5, p.elders_of_6, p.elders_of_7, p.elders_of_8),
    )
    weight = np.array(by_size)[members]
    share = facts.value("F0807") / 100.0
    chance = share * weight / (np.dot(members, weight) / members.sum())
    return np.minimum(rng.binomial(members, np.minimum(chance, 0.95)), 3)
