"""Count a December: what one pass of the census finds, by area, by part and by place."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.kernels import census
from povsim.params.declare import as_tuple
from povsim.yearbook.lines import lines_and_risks, national_median
from povsim.yearbook.parts import PlaceSums, add_up, by_area, by_subset
from povsim.yearbook.watch import Watch

Array = NDArray[Any]
AT = census.AT


@dataclass(frozen=True)
class Count:
    """The census of one December.

    Attributes
    ----------
    median : float
        National rural median of income a person, yuan a year.
    income, persons, cell_of : ndarray, shape (households,)
        Yearly income a person in yuan, persons represented, and cell.
    areas : ndarray, shape (areas, cells, statistics)
        Every statistic by area and cell, represented people.
    sums : ndarray, shape (parts, statistics)
        The same by part of the population, in the order of ``parts.PARTS``.
    place_sums : PlaceSums
    """

    median: float
    income: Array
    persons: Array
    cell_of: Array
    areas: Array
    sums: Array
    place_sums: PlaceSums

    def outside(self) -> Array:
        """Return persons outside poverty, by part and registration, shape (parts, 2)."""
        return add_up(self.areas[..., AT.outside])


def count_year(watch: Watch) -> Count:
    """Walk over all households once, and add up."""
    model = watch.model
    rows, width = len(model.households), len(AT)
    median = national_median(model)
    income, persons = np.empty(rows, np.float32), np.empty(rows, np.float32)
    cell_of = np.empty(rows, np.uint8)
    by_place = model.over_places(
        census.count,
        model.households.arrays,
        model.places.arrays,
        lines_and_risks(model, median),
        model.numbers.hazards,
        as_tuple(model.world.measurement),
        as_tuple(model.world.deprivation),
        model.world.consumption.school_cost,
        income,
        persons,
        cell_of,
        width=census.CELLS * width,
    )
    cells = by_place.reshape(-1, census.CELLS, width)
    place_sums = PlaceSums(
        *(
            cells[:, :, statistic].sum(axis=1) * model.place_weight
            for statistic in (AT.persons, AT.income, AT.floored)
        )
    )
    areas = by_area(by_place, watch.area_places, model.place_weight)
    areas = areas.reshape(-1, census.CELLS, width)
    return Count(median, income, persons, cell_of, areas, by_subset(areas), place_sums)
