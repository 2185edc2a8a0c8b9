"""The year's falls below the line and other events, by part of the population."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Cause, Group
from povsim.kernels import census
from povsim.yearbook.parts import REGISTERED_CELLS, areas_of, by_subset
from povsim.yearbook.watch import Watch

Array = NDArray[Any]
Values = Iterator[tuple[str, float]]


def falls_of_the_year(watch: Watch) -> tuple[Array, Array]:
    """Return persons who fell this year, unregistered and registered, shape (parts, causes)."""
    falls, causes = watch.model.flows.falls[watch.first_fall :], len(Cause)
    size = (len(watch.area_places), census.CELLS, causes)
    persons = np.zeros(size)
    if falls:
        joined = {key: np.concatenate([f[key] for f in falls]) for key in falls[0]}
        cell = 2 * joined["group"].astype(np.int64) + joined["registered"]
        spot = watch.area[joined["place"]] * census.CELLS + cell
        spot = spot * causes + joined["cause"]
        persons = np.bincount(spot, joined["persons"], persons.size).reshape(size)
    own = (REGISTERED_CELLS == 1)[None, :, None]
    return by_subset(np.where(own, 0.0, persons)), by_subset(np.where(own, persons, 0.0))


def of_falls(fell: Array, at_risk: Array) -> Values:
    """Yield yearly rates among those outside poverty at the start of the year.

    Parameters
    ----------
    fell, at_risk : ndarray, shape (2,)
        Persons of one part, unregistered and registered.
    """
    for name, standing in (("relapse_rate", 1), ("new_poverty_rate", 0)):
        if at_risk[standing] > 0.0:
            yield name, fell[standing] / at_risk[standing]
    yield "persons_fallen", fell.sum()


def of_causes(persons: Array) -> Values:
    """Yield the share of each cause in the year's falls; ``persons`` fell, shape (causes,)."""
    if persons.sum() > 0.0:
        for kind in Cause:
            yield f"falls_by_cause_{kind.name.lower()}", persons[kind] / persons.sum()


def of_events(
    group: str, region: str, events: tuple[Array, Array], t: Mapping[str, float]
) -> Values:
    """Yield distress sales and separations; places count them by group, not by register.

    Parameters
    ----------
    events : tuple of ndarray, shape (areas, 1 + groups)
        Sales and separations of all households of an area, then by group.
    t : Mapping
        Sums of the census of this part, by name.
    """
    if group == "registered":
        return
    own = 0 if group == "all" else 1 + int(Group[group])
    rates = (("distress_sale_rate", t["households"]), ("job_separation_rate", t["waged"]))
    for (name, base), counted in zip(rates, events, strict=True):
        yield name, float(counted[areas_of(region), own].sum()) / max(base, 1.0)
