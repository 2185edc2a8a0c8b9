"""Lay out counties, villages and sites, and place the rows of households in them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import PlaceKind
from povsim.params.start import StartPlaces
from povsim.population.blueprint import COUNTY_CLASSES, Blueprint, Stratum

Array = NDArray[Any]
PLACES_PER_COUNTY = 25
KINDS = (PlaceKind.VILLAGE_SITE, PlaceKind.TOWNSHIP_SITE, PlaceKind.COUNTY_TOWN_SITE)


@dataclass(frozen=True)
class Layout:
    """Places and counties, in row order.

    Attributes
    ----------
    stratum, county, kind, listed, weight : ndarray, shape (places,)
    start, stop : ndarray, shape (places,)
    county_stratum, region : ndarray, shape (counties,)
    """

    stratum: Array
    county: Array
    kind: Array
    listed: Array
    weight: Array
    start: Array
    stop: Array
    county_stratum: Array
    region: Array


def rows_per_place(rows: int) -> int:
    """Return households a place: 200 in large runs, fewer in small ones, so that places vary."""
    return int(np.clip(rows // 400, 25, 200))


def apportion(total: int, shares: Array, least: int = 1) -> Array:
    """Return whole numbers that sum to ``total`` by largest remainders, each at least ``least``."""
    shares = np.asarray(shares, dtype=float)
    wanted = shares / shares.sum() * total
    counts = np.where(shares > 0, np.maximum(np.floor(wanted), least), 0).astype(int)
    order = np.argsort(-(wanted - np.floor(wanted)), kind="stable")
    i = 0
    while counts.sum() < total:
        j = order[i % len(order)]
        counts[j] += 1 if shares[j] > 0 else 0
        i += 1
    while counts.sum() > total and (counts > least).any():
        counts[np.argmax(counts - wanted)] -= 1
    return counts


def lay_out(p: StartPlaces, plan: Blueprint, rows: int, rng: np.random.Generator) -> Layout:
    """Lay out places for ``rows`` households.

    Each place is one stratum's; sites and villages are drawn by the stratum's shares, rows that
    are oversampled carry less weight. Weights are equal within a place.
    """
    size = min(rows_per_place(rows), rows)
    places = max(1, rows // size)
    per_stratum = apportion(places, np.array([s.rows for s in plan.strata]))
    parts = [
        _stratum_places(p, plan, s, stratum, int(n))
        for s, (stratum, n) in enumerate(zip(plan.strata, per_stratum, strict=True))
        if n > 0
    ]
    kinds = np.concatenate([kind for kind, _, _ in parts])
    stratum_of = np.concatenate([np.full(len(kind), s) for kind, _, s in parts])
    share = np.concatenate([share for _, share, _ in parts])
    sizes = apportion(rows, np.ones(len(kinds)))
    stop = np.cumsum(sizes)
    listed = _listed(plan, stratum_of, kinds, rng)
    county, county_stratum, region = _counties(plan, stratum_of)
    weight = share * plan.households / sizes
    return Layout(
        stratum_of, county, kinds, listed, weight, stop - sizes, stop, county_stratum, region
    )


def _stratum_places(
    p: StartPlaces, plan: Blueprint, index: int, stratum: Stratum, count: int
) -> tuple[Array, Array, int]:
    """Return kind and share of all households of each place of a stratum."""
    at_sites = stratum.numbers["relocated_share"]
    sites = 0
    if at_sites > 0 and count > 1:
        sites = min(max(1, round(count * min(at_sites * plan.site_rows, 0.5))), count - 1)
    shares = np.array([p.village_sites, p.township_sites, p.county_town_sites])
    least = 1 if sites >= len(KINDS) else 0
    by_kind = apportion(sites, shares, least) if sites else np.zeros(len(KINDS), int)
    kinds = np.concatenate(
        [np.full(count - sites, int(PlaceKind.VILLAGE))]
        + [np.full(n, int(k)) for k, n in zip(KINDS, by_kind, strict=True)]
    ).astype(np.uint8)
    site = kinds != int(PlaceKind.VILLAGE)
    site_share = at_sites if sites else 0.0
    share = np.where(site, site_share / max(sites, 1), (1.0 - site_share) / max(count - sites, 1))
    return kinds, share * stratum.households, index


def _listed(plan: Blueprint, stratum_of: Array, kinds: Array, rng: np.random.Generator) -> Array:
    """Return which villages were on the list of poor villages."""
    chance = np.array([s.numbers["listed_share"] for s in plan.strata])[stratum_of]
    listed = np.zeros(len(kinds), dtype=np.uint8)
    for s in range(len(plan.strata)):
        villages = np.flatnonzero((stratum_of == s) & (kinds == int(PlaceKind.VILLAGE)))
        if len(villages):
            chosen = rng.permutation(villages)[: round(len(villages) * chance[villages[0]])]
            listed[chosen] = 1
    return listed


def _counties(plan: Blueprint, stratum_of: Array) -> tuple[Array, Array, Array]:
    """Group the places of each stratum into counties and give these a region."""
    county = np.zeros(len(stratum_of), dtype=np.int32)
    county_stratum: list[int] = []
    region: list[int] = []
    for s, stratum in enumerate(plan.strata):
        members = np.flatnonzero(stratum_of == s)
        if len(members) == 0:
            continue
        wanted = sum(share > 0 for share in stratum.regions)
        counties = min(max(wanted, len(members) // PLACES_PER_COUNTY, 1), len(members))
        # interleave, so that every county has its part of villages and sites
        county[members] = len(county_stratum) + np.arange(len(members)) % counties
        by_region = apportion(counties, np.array(stratum.regions))
        codes = np.repeat(np.arange(len(stratum.regions)), by_region)[:counties]
        county_stratum.extend([s] * counties)
        region.extend(codes.tolist())
    return county, np.array(county_stratum), np.array(region, dtype=np.uint8)


def class_code(plan: Blueprint, stratum: Array) -> Array:
    """Return the county class code of strata."""
    codes = np.array([COUNTY_CLASSES.index(s.name) for s in plan.strata], dtype=np.uint8)
    return np.asarray(codes[stratum])
