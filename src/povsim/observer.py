"""Watch a run: a few numbers every month, every measure each December."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim.codes import CountyClass, Group, Region, Spell
from povsim.kernels import consumption
from povsim.yearbook import PANEL_ROWS, SUBSETS, Yearbook

if TYPE_CHECKING:
    from povsim.model import PovertyModel

Array = NDArray[Any]
DECEMBER = 11


class Observer:
    """Collect measures of a model; the month's few go to the model, for its data collector."""

    def __init__(self, model: PovertyModel) -> None:
        self.model = model
        self.rows: list[tuple[int, str, str, str, float]] = []
        rows = model.places.rows
        county = model.places["county"]
        self.region = model.counties["region"][county]
        self.county_class = model.counties["county_class"][county]
        self.rows_of_place = rows
        self.place_of = model.places.by_household(np.arange(len(rows), dtype=np.int32))
        self.weight = model.place_weight
        self.sales = np.zeros(len(model.places))
        self.panel: list[Array] | None = [] if len(model.households) <= PANEL_ROWS else None
        self.first_county_income: tuple[int, Array] | None = None
        self.separations = np.zeros(len(model.places))
        self.moves_before = 0.0
        self.first_fall = 0
        self.at_risk = self._persons_at_risk()

    def take(self, model: PovertyModel) -> None:
        """Take the month; in December take the year."""
        income = float(model.place_weight @ model.spent[:, consumption.INCOME])
        model.income_per_person = income / model.persons_represented
        model.falls_persons = 0.0
        if model.falls and model.falls[-1]["month"][0] == model.month:
            model.falls_persons = float(model.falls[-1]["persons"].sum())
        self.sales += model.spent[:, consumption.SALES]
        self.separations += model.filled_jobs[:, 2]
        if model.month_of_year == DECEMBER:
            yearbook = Yearbook(self)
            yearbook.write()
            self.first_fall = len(model.falls)
            self.at_risk = yearbook.outside
            self.sales[:] = 0.0
            self.separations[:] = 0.0
            self.moves_before = model.return_moves

    def _persons_at_risk(self) -> Array:
        """Return persons outside poverty at the start of a year, by subset and registration."""
        h = self.model.households
        rows = h["spell"] == int(Spell.OUTSIDE)
        place = np.repeat(np.arange(len(self.rows_of_place), dtype=np.int32), self.rows_of_place)
        return self.by_subset(
            h["group"][rows],
            h.is_registered[rows],
            place[rows],
            self.weight[place[rows]] * h["members"][rows],
        )

    def by_subset(self, group: Array, registered: Array, place: Array, persons: Array) -> Array:
        """Return persons summed by subset and by whether registered, shape (15, 2)."""
        out = np.zeros((len(SUBSETS), 2))
        columns = (
            (1, group, len(Group)),
            (8, self.region[place], len(Region)),
            (12, self.county_class[place], len(CountyClass)),
        )
        for standing in (0, 1):
            of = registered == bool(standing)
            weights = persons[of]
            out[0, standing] = weights.sum()
            for start, code, size in columns:
                out[start : start + size, standing] = np.bincount(code[of], weights, size)[:size]
        out[7, 1] = out[0, 1]
        return out

    def table(self) -> pd.DataFrame:
        """Return all yearly measures: ``year, group, region, measure, value``."""
        columns = ["year", "group", "region", "measure", "value"]
        return pd.DataFrame(self.rows, columns=columns)
