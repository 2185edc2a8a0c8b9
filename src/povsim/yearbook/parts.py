"""Parts of the population: areas, cells and subsets; what lies between and within them.

An area is a region and a county class, a cell a group and whether registered. Every published
group and region, and every group within a class, is a union of areas and cells.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from povsim.codes import CountyClass, Group, Region
from povsim.kernels import census

Array = NDArray[Any]
AT = census.AT
REGISTERED_CELLS = np.arange(census.CELLS) % 2
AREAS = len(Region) * len(CountyClass)
REGION_OF, CLASS_OF = np.divmod(np.arange(AREAS), len(CountyClass))
SUBSETS = (
    ("all", "all"),
    *((group.name, "all") for group in Group),
    ("registered", "all"),
    *(("all", region.name.lower()) for region in Region),
    *(("all", county_class.name.lower()) for county_class in CountyClass),
)
CROSSED = tuple(
    (group, county_class.name.lower())
    for county_class in CountyClass
    for group in (*(group.name for group in Group), "registered")
)
"""Groups within county classes."""
PARTS = (*SUBSETS, *CROSSED)
"""Every part of the population that tables name, in the order of all sums by part."""
ROWS = {part: row for row, part in enumerate(PARTS)}


class PlaceSums(NamedTuple):
    """Represented people and their money by place, each of shape (places,)."""

    persons: Array
    income: Array
    floored: Array


def row_of(group: str = "all", region: str = "all") -> int:
    """Return the row of a part in sums by part, by its names in the tables."""
    return ROWS[group, region]


def rows_of(codes: type[Group] | type[Region] | type[CountyClass]) -> list[int]:
    """Return the rows of all groups, of all regions or of all county classes."""
    names = [code.name for code in codes]
    if codes is Group:
        return [row_of(group=name) for name in names]
    return [row_of(region=name.lower()) for name in names]


def areas_of(region: str) -> Array:
    """Return which areas belong to a region or county class, by its name in the tables."""
    if region == "all":
        return np.full(AREAS, True)
    if region.upper() in Region.__members__:
        return np.asarray(int(Region[region.upper()]) == REGION_OF)
    return np.asarray(int(CountyClass[region.upper()]) == CLASS_OF)


def cells_of(group: str) -> Array:
    """Return which cells belong to a group, by its name in the tables."""
    if group == "all":
        return np.full(census.CELLS, True)
    if group == "registered":
        return REGISTERED_CELLS == 1
    return np.asarray(np.arange(census.CELLS) // 2 == int(Group[group]))


BELONGING = np.array(
    [np.outer(areas_of(region), cells_of(group)).ravel() for group, region in PARTS],
    dtype=np.float64,
)
"""Whether an area and cell belong to a part, shape (parts, areas * cells)."""


def by_area(by_place: Array, places: Sequence[Array], weight: Array) -> Array:
    """Return weighted sums over the places of each area, shape (areas, ...)."""
    return np.stack([np.einsum("p,p...->...", weight[own], by_place[own]) for own in places])


def by_subset(areas: Array) -> Array:
    """Add up areas and cells, shape (areas, cells, ...), by part, shape (parts, ...)."""
    flat = areas.reshape(AREAS * census.CELLS, -1)
    # not a matrix product of BLAS, whose order of addition may depend on its threads
    sums = np.einsum("sk,kn->sn", BELONGING, flat)
    return np.asarray(sums.reshape(len(BELONGING), *areas.shape[2:]))


def add_up(areas: Array) -> Array:
    """Add up areas and cells by part and whether registered, shape (parts, 2)."""
    return np.column_stack(
        [by_subset(np.where(standing == REGISTERED_CELLS, areas, 0.0)) for standing in (0, 1)]
    )


def theil(persons: float, income: float, entropy: float) -> float:
    """Return Theil's T from sums of persons, x and x ln x: E[x ln x] / mean - ln mean."""
    if income <= 0.0:
        return 0.0
    return float(entropy / income - np.log(income / persons))


def theil_between(parts: Array) -> float:
    """Return Theil's T between parts of everybody.

    Parameters
    ----------
    parts : ndarray, shape (parts, 2)
        Persons and income.
    """
    persons, income = parts[parts[:, 0] > 0.0].T
    share, people = income / income.sum(), persons / persons.sum()
    return float(share @ np.log(share / people))


def between_parts(
    sums: Array, by_place: PlaceSums, village_type: Array
) -> Iterator[tuple[str, float]]:
    """Yield Theil's T between groups, regions, county classes and village types.

    Parameters
    ----------
    sums : ndarray, shape (parts, statistics)
        Of every part.
    by_place : PlaceSums
        Represented persons and floored income of every place.
    village_type : ndarray, shape (places,)
        0 other village, 1 listed village, 2 relocation site.
    """
    both = sums[:, [AT.persons, AT.floored]]
    yield "theil_between_groups", theil_between(both[rows_of(Group)])
    yield "theil_between_regions", theil_between(both[rows_of(Region)])
    yield "theil_between_county_classes", theil_between(both[rows_of(CountyClass)])
    types = [np.bincount(village_type, part) for part in (by_place.persons, by_place.floored)]
    yield "theil_between_village_types", theil_between(np.column_stack(types))


def opportunity(areas: Array) -> float:
    """Return the mean log deviation between types of circumstances.

    The types are county class and standing in the register.
    """
    pair = areas[..., [AT.persons, AT.income]]
    types = np.array(
        [
            pair[int(code) == CLASS_OF][:, standing == REGISTERED_CELLS].sum(axis=(0, 1))
            for code in CountyClass
            for standing in (0, 1)
        ]
    )
    people, money = types[(types > 0.0).all(axis=1)].T
    mean, share = types[:, 1].sum() / types[:, 0].sum(), people / types[:, 0].sum()
    return float(share @ np.log(mean / (money / people)))
