"""Watch a run: a few numbers every month, every measure each December."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from povsim.codes import CountyClass, Group, PlaceKind, Spell
from povsim.kernels import census, consumption, work
from povsim.yearbook.everybody import county_incomes
from povsim.yearbook.panel import PANEL_ROWS, Panel
from povsim.yearbook.parts import AREAS, add_up
from povsim.yearbook.yearbook import Yearbook

if TYPE_CHECKING:
    from povsim.model import PovertyModel

Array = NDArray[Any]
DECEMBER = 11
SITE = 2
"""Code of relocation sites among village types: other village, listed village, site."""


class Observer:
    """Collect measures of a model; the month's few go to the model, for its data collector."""

    def __init__(self, model: PovertyModel) -> None:
        self.model = model
        self.rows: list[tuple[int, str, str, str, float]] = []
        places, county = model.places, model.places["county"]
        self.region = model.counties["region"][county]
        self.county_class = model.counties["county_class"][county]
        self.area = self.region.astype(np.int64) * len(CountyClass) + self.county_class
        self.area_places = [np.flatnonzero(self.area == area) for area in range(AREAS)]
        site = places["kind"] != int(PlaceKind.VILLAGE)
        self.village_type = np.where(site, SITE, places["listed"]).astype(np.int64)
        self.place_of = places.by_household(np.arange(len(places), dtype=np.int32))
        rows = len(model.households)
        self.panel = Panel(rows) if rows <= PANEL_ROWS else None
        self.first_county_income: tuple[int, Array] | None = None
        self.moves_before, self.first_fall = 0.0, 0
        self.debt_before = self.debt()
        self.base_private = model.world.industry.base_private_investment * float(
            model.place_weight @ places.rows
        )
        self.at_risk = self._persons_at_risk()
        self._start_year()

    def _start_year(self) -> None:
        """Empty what is gathered month by month."""
        places = len(self.model.places)
        self.sales = np.zeros((places, 1 + len(Group)))
        self.separations = np.zeros_like(self.sales)
        self.displaced = 0.0

    def take(self, model: PovertyModel) -> None:
        """Take the month; in December take the year."""
        income = float(model.place_weight @ model.spent[:, consumption.INCOME])
        model.income_per_person = income / model.persons_represented
        model.falls_persons = 0.0
        if model.falls and model.falls[-1]["month"][0] == model.month:
            model.falls_persons = float(model.falls[-1]["persons"].sum())
        self.sales += model.spent[:, consumption.SALES :]
        self.separations += model.filled_jobs[:, work.SEPARATIONS :]
        due = float(model.place_weight @ model.private_investment_due)
        self.displaced += self.base_private / 12.0 - due
        if model.month_of_year == DECEMBER:
            self._take_year()

    def _take_year(self) -> None:
        """Count the year and record its measures, then set what the next year starts from."""
        model, yearbook = self.model, Yearbook(self)
        if self.panel is not None:
            self.panel.add(yearbook.count.income, model.world.lines.absolute)
        yearbook.write()
        self.first_fall = len(model.falls)
        fixed = model.cohort is None
        self.at_risk = yearbook.count.outside() if fixed else self._persons_at_risk()
        self.moves_before = model.return_moves
        self.debt_before = self.debt()
        if self.first_county_income is None:
            self.first_county_income = (model.year, county_incomes(self, yearbook.count))
        self._start_year()

    def debt(self) -> float:
        """Return what all counties owe, yuan."""
        return float(self.model.counties["debt"].sum())

    def events_by_area(self) -> tuple[Array, Array]:
        """Return the year's distress sales and separations by area: all, then by group."""
        weight = self.model.place_weight[:, None]
        both = (self.sales, self.separations * weight)
        sold, lost = (
            np.stack([part[own].sum(axis=0) for own in self.area_places]) for part in both
        )
        return sold, lost

    def _persons_at_risk(self) -> Array:
        """Return persons outside poverty at the start of a year, by subset and registration."""
        h = self.model.households
        rows = h["spell"] == int(Spell.OUTSIDE)
        cell = 2 * h["group"][rows].astype(np.int64) + self.model.registered_in_2020[rows]
        place = self.place_of[rows]
        persons = self.model.place_weight[place] * h["members"][rows]
        spot = self.area[place] * census.CELLS + cell
        cells = np.bincount(spot, persons, AREAS * census.CELLS)
        return add_up(cells.reshape(AREAS, census.CELLS))

    def table(self) -> pd.DataFrame:
        """Return all yearly measures: ``year, group, region, measure, value``."""
        columns = ["year", "group", "region", "measure", "value"]
        return pd.DataFrame(self.rows, columns=columns)
