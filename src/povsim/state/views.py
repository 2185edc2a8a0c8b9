"""Mesa agents over rows: villages, sites and counties always, households on demand."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from povsim.codes import HISTORY_UNIT, CountyClass, Group, PlaceKind, Region, Registration
from povsim.state.households import Households
from povsim.state.places import Counties, Places
from povsim.state.table import Table

Array = NDArray[Any]


class Household:
    """A light view of one household row, made when asked for.

    Attributes are the columns of the household table, stored or computed.
    """

    __slots__ = ("row", "table")

    def __init__(self, table: Households, row: int) -> None:
        self.table = table
        self.row = row

    def __getattr__(self, name: str) -> Any:
        """Return the value of a column in this row."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.table[name][self.row]

    def __repr__(self) -> str:
        """Name the household, its group and income."""
        group = Group(int(self.group)).name
        return f"Household(uid={self.uid}, group={group}, income={self.income_per_person:.0f})"

    @property
    def standing(self) -> str:
        """Standing in the register, as a word."""
        return Registration(int(self.registration)).name.lower()


class RowAgent(mesa.Agent):  # type: ignore[misc]
    """A Mesa agent whose state is one row of a table.

    Parameters
    ----------
    model : mesa.Model
    table : Table
        Table that holds the agent's state.
    row : int
        Its row.
    """

    def __init__(self, model: Any, table: Table, row: int) -> None:
        super().__init__(model)
        self.table = table
        self.row = row

    def value(self, name: str) -> Any:
        """Return the value of a column in this agent's row."""
        return self.table[name][self.row]


class Place(RowAgent):
    """A village or site: a slice of households, jobs, industry."""

    def __repr__(self) -> str:
        rows = self.rows.stop - self.rows.start
        income = f"mean_income={self.mean_income:.0f}"
        return f"{type(self).__name__}(uid={self.value('uid')}, households={rows}, {income})"

    @property
    def rows(self) -> slice:
        """Rows of the place's households."""
        return slice(int(self.value("start")), int(self.value("stop")))

    @property
    def households(self) -> list[Household]:
        """Households that live here."""
        table = self.model.households
        return [Household(table, row) for row in range(self.rows.start, self.rows.stop)]

    @property
    def mean_income(self) -> float:
        """Mean 12-month net income per person, yuan."""
        h = self.model.households
        members = h["members"][self.rows]
        history = h["income_history"][self.rows]
        return float(history.sum(dtype=np.int64) * HISTORY_UNIT / members.sum())

    @property
    def county(self) -> County:
        """County to which the place belongs."""
        agent: County = self.model.county_agents[int(self.value("county"))]
        return agent


class Village(Place):
    """A village, listed or not."""

    @property
    def listed(self) -> bool:
        """Whether the village was on the list of poor villages."""
        return bool(self.value("listed"))


class RelocationSite(Place):
    """A relocation site of village, township or county-town type."""

    @property
    def kind(self) -> PlaceKind:
        """Type of the site."""
        return PlaceKind(int(self.value("kind")))


class County(RowAgent):
    """A county with its class, region, budget and funds."""

    def __repr__(self) -> str:
        return f"County(uid={self.value('uid')}, {self.county_class.name}, {self.region.name})"

    @property
    def county_class(self) -> CountyClass:
        """Class of the county."""
        return CountyClass(int(self.value("county_class")))

    @property
    def region(self) -> Region:
        """Region of the county."""
        return Region(int(self.value("region")))

    @property
    def debt_to_revenue(self) -> float:
        """Debt over yearly own revenue."""
        revenue = float(self.value("own_revenue"))
        return float(self.value("debt")) / revenue if revenue > 0 else 0.0


def make_agents(
    model: Any, places: Places, counties: Counties
) -> tuple[list[Village], list[RelocationSite], list[County]]:
    """Make the agents of all villages, sites and counties, in row order."""
    county_agents = [County(model, counties, row) for row in range(len(counties))]
    villages: list[Village] = []
    sites: list[RelocationSite] = []
    for row, kind in enumerate(places["kind"]):
        if kind == int(PlaceKind.VILLAGE):
            villages.append(Village(model, places, row))
        else:
            sites.append(RelocationSite(model, places, row))
    return villages, sites, county_agents
