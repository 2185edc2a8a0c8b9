"""What is watched of a model between two Decembers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import CountyClass, Group, PlaceKind, Spell
from povsim.kernels import census, consumption, work
from povsim.programmes.stage import Stage
from povsim.yearbook.panel import PANEL_ROWS, Panel
from povsim.yearbook.parts import AREAS, add_up

Array = NDArray[Any]
SITE = 2
"""Code of relocation sites among village types: other village, listed village, site."""


class Watch:
    """Where each place belongs, what the year began with, and its events so far.

    Attributes
    ----------
    area : ndarray, shape (places,)
        Region and county class of each place, as one code; ``area_places`` are its places.
    village_type : ndarray, shape (places,)
        0 other village, 1 listed village, 2 relocation site.
    place_of : ndarray, shape (households,)
        Place of each row.
    sales, separations : ndarray, shape (places, 1 + groups)
        Distress sales, and jobs lost, of the year: of all households, then by group.
    displaced : float
        Private investment that programmes displaced in the year, represented yuan.
    at_risk : ndarray, shape (parts, 2)
        Persons outside poverty when the year began, unregistered and registered.
    """

    def __init__(self, model: Stage) -> None:
        self.model = model
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
        self.at_risk = self.persons_at_risk()
        self.start_year()

    def start_year(self) -> None:
        """Empty what is gathered month by month."""
        places = len(self.model.places)
        self.sales = np.zeros((places, 1 + len(Group)))
        self.separations = np.zeros_like(self.sales)
        self.displaced = 0.0

    def gather(self) -> None:
        """Add the events of the month."""
        flows = self.model.flows
        self.sales += flows.spent[:, consumption.SALES :]
        self.separations += flows.filled_jobs[:, work.SEPARATIONS :]
        due = float(self.model.place_weight @ flows.private_investment_due)
        self.displaced += self.base_private / 12.0 - due

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

    def persons_at_risk(self) -> Array:
        """Return persons outside poverty at the start of a year, by subset and registration."""
        h = self.model.households
        rows = h["spell"] == int(Spell.OUTSIDE)
        cell = 2 * h["group"][rows].astype(np.int64) + self.model.registered_in_2020[rows]
        place = self.place_of[rows]
        persons = self.model.place_weight[place] * h["members"][rows]
        spot = self.area[place] * census.CELLS + cell
        cells = np.bincount(spot, persons, AREAS * census.CELLS)
        return add_up(cells.reshape(AREAS, census.CELLS))
