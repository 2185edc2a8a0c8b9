"""Households: one row each, sorted by place."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import HISTORY_UNIT, Registration
from povsim.state.columns import HOUSEHOLD_COLUMNS
from povsim.state.table import Table

Array = NDArray[Any]


class Households(Table):
    """All households of a model; ``households["name"]`` is a stored or a computed column."""

    __slots__ = ()

    def __init__(self, data: Mapping[str, Array]) -> None:
        super().__init__("HouseholdColumns", HOUSEHOLD_COLUMNS, data)

    @property
    def trailing_income(self) -> Array:
        """Net income after rigid expenses of the last 12 months, yuan/household."""
        total: Array = self["income_history"].sum(axis=1, dtype=np.int64) * HISTORY_UNIT
        return total

    @property
    def income_per_person(self) -> Array:
        """Net income after rigid expenses of the last 12 months, yuan/person."""
        return self.trailing_income / self["members"]

    @property
    def year_income(self) -> Array:
        """Income since January from all sources, yuan/household."""
        return (
            self["year_wage"].astype(np.float64)
            + self["year_business"]
            + self["year_property"]
            + self["year_transfer"]
        )

    @property
    def wage_workers(self) -> Array:
        """Workers in any wage job, public posts included."""
        return (
            self["at_local"]
            + self["at_workshop"]
            + self["migrant_informal"]
            + self["migrant_formal"]
            + self["at_public_post"]
        )

    @property
    def own_workers(self) -> Array:
        """Workers on the own farm or business, or without work."""
        return self["labour"] - self.wage_workers

    @property
    def is_registered(self) -> Array:
        """Whether the household is a registered, lifted-out one."""
        return self["registration"] == int(Registration.REGISTERED)

    @property
    def net_wealth(self) -> Array:
        """Liquid assets less debt, yuan/household."""
        return self["savings"].astype(np.float64) - self["debt"]
