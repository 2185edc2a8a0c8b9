"""Draw who lives in each household: members, ages, ability to work, schooling, standing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag, PlaceKind, Registration
from povsim.population import facts
from povsim.population.blueprint import Blueprint
from povsim.population.layout import Layout

Array = NDArray[Any]
SIZES = np.arange(1, 9)
BASE_SIZES = np.array([0.09, 0.21, 0.22, 0.22, 0.14, 0.08, 0.03, 0.01])
"""Shape of household sizes (assumption); it is tilted to the published mean of each standing."""
CHILD_SHARE = 0.19
"""Children in rural people (assumption, about the 2020 census)."""
DISABLED_SHARE = 0.045
DISABLED_REGISTERED = 0.12
"""Disabled or chronically ill among adults under 60: about 6 % of all people (2010), twice and
more among registered (assumption)."""
WORKING_ELDERS = 0.30
"""Elders who still work as full workers (assumption)."""


def tilt(mean: float) -> Array:
    """Return household-size shares with the wanted mean: the base, exponentially tilted."""
    low, high = -3.0, 3.0
    shares = BASE_SIZES
    for _ in range(60):
        middle = (low + high) / 2
        shares = BASE_SIZES * np.exp(middle * (SIZES - 3.5))
        shares = shares / shares.sum()
        low, high = (middle, high) if shares @ SIZES < mean else (low, middle)
    return shares


def draw_people(plan: Blueprint, layout: Layout, rng: np.random.Generator) -> dict[str, Array]:
    """Draw people's columns; keys are column names of the household table."""
    rows = layout.stop - layout.start
    place = np.repeat(np.arange(len(rows)), rows)
    stratum = layout.stratum[place]
    n = len(place)
    registered = _registered(plan, layout, place, rng)
    members = np.empty(n, dtype=np.int64)
    mean_size = np.array([s.numbers["household_size"] for s in plan.strata])
    for s in range(len(plan.strata)):
        for standing, mean in ((True, facts.value("F0542")), (False, None)):
            who = (stratum == s) & (registered == standing)
            share = registered[stratum == s].mean() if (stratum == s).any() else 0.0
            if mean is None:
                mean = (mean_size[s] - share * facts.value("F0542")) / max(1.0 - share, 1e-9)
            members[who] = rng.choice(SIZES, size=int(who.sum()), p=tilt(float(mean)))
    elders = _elders(members, rng)
    rest = members - elders
    children = rng.binomial(np.maximum(rest - (elders == 0), 0), CHILD_SHARE / 0.62)
    adults = rest - children
    disabled = rng.binomial(adults, np.where(registered, DISABLED_REGISTERED, DISABLED_SHARE))
    labour = adults - disabled + rng.binomial(elders, WORKING_ELDERS * (1 - 0.4 * registered))
    head_age = np.where(adults > 0, rng.normal(50, 9, n), rng.normal(69, 6, n))
    head_age = np.clip(np.round(head_age), 22, 95)
    number = {
        k: np.array([s.numbers[k] for s in plan.strata])[stratum]
        for k in ("schooling", "mandarin_share")
    }
    schooling = (
        number["schooling"] - 0.05 * (head_age - 50) - 0.8 * registered + rng.normal(0, 2.0, n)
    )
    health = 0.93 - 0.003 * (head_age - 50) - 0.12 * (disabled > 0) - 0.03 * registered
    flags = np.where(rng.random(n) < number["mandarin_share"], int(Flag.MANDARIN), 0)
    flags = flags | int(Flag.INSURED)
    site = layout.kind[place] != int(PlaceKind.VILLAGE)
    town = layout.kind[place] >= int(PlaceKind.TOWNSHIP_SITE)
    landless = site & (rng.random(n) < np.where(town, 0.8, 0.2))
    flags = (
        flags | np.where(site, int(Flag.RELOCATED), 0) | np.where(landless, int(Flag.LANDLESS), 0)
    )
    schooling = np.clip(np.round(schooling), 0, 16)
    return {
        "place": place,
        "members": members,
        "elders": elders,
        "children": children,
        "disabled": disabled,
        "labour": labour,
        "head_age": head_age,
        "schooling": schooling,
        "health": np.clip(health + rng.normal(0, 0.05, n), 0.3, 1.0),
        "skill": np.clip(1.0 + 0.03 * (schooling - 7.5) + rng.normal(0, 0.12, n), 0.4, 2.0),
        "motivation": np.clip(rng.normal(0.65, 0.10, n), 0.2, 1.0),
        "network": np.minimum(rng.poisson(1.5, n), 12),
        "integration": np.where(site, rng.uniform(0.3, 0.7, n), 0.0),
        "land": np.where(landless, 0.0, rng.gamma(3.0, 2.3, n)),
        "flags": flags,
        "registration": np.where(registered, int(Registration.REGISTERED), int(Registration.NONE)),
    }


def _registered(plan: Blueprint, layout: Layout, place: Array, rng: np.random.Generator) -> Array:
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
        odds = np.where(
            site, numbers["registered_at_sites"], np.where(layout.listed[here] == 1, 2.0, 1.0)
        )
        weight = layout.weight[here] * (layout.stop - layout.start)[here]
        persons = numbers["registered_share"] * numbers["household_size"] / facts.value("F0542")
        # villages take what sites leave, twice as much where listed
        at_sites = weight[site] @ odds[site] if site.any() else 0.0
        left = max(0.0, persons * weight.sum() - at_sites)
        scale = left / max(weight[~site] @ odds[~site], 1e-9)
        share = np.where(site, odds, np.minimum(odds * scale, 0.95))
        for p, part in zip(np.flatnonzero(here), share, strict=True):
            start, stop = layout.start[p], layout.stop[p]
            size = stop - start
            quota = int(np.floor(part * size + rng.random()))
            registered[start + rng.permutation(size)[:quota]] = True
    return registered


def _elders(members: Array, rng: np.random.Generator) -> Array:
    """Draw elders so that their share of people is the published one; small households are old."""
    weight = np.array([0, 1.9, 1.55, 0.95, 0.8, 0.8, 0.85, 0.9, 0.9])[members]
    share = facts.value("F0807") / 100.0
    chance = share * weight / (np.dot(members, weight) / members.sum())
    return np.minimum(rng.binomial(members, np.minimum(chance, 0.95)), 3)
