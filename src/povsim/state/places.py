"""Villages, relocation sites and counties: few rows, read by kernels and wrapped by agents."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import PlaceKind
from povsim.state.columns import PLACE_COLUMNS, county_columns
from povsim.state.table import Table

Array = NDArray[Any]


class Places(Table):
    """Villages and relocation sites; each is the slice ``start:stop`` of the households."""

    __slots__ = ()

    def __init__(self, data: Mapping[str, Array]) -> None:
        super().__init__("PlaceColumns", PLACE_COLUMNS, data)

    @property
    def rows(self) -> Array:
        """Households that are drawn for the place."""
        rows: Array = self["stop"] - self["start"]
        return rows

    def by_household(self, values: Array) -> Array:
        """Return values of places for each of their households, shape (households,)."""
        return np.repeat(values, self.rows)

    def of_rows(self, rows: Array) -> Array:
        """Return the place of each of these rows of households."""
        return np.searchsorted(self["stop"], rows, side="right")

    @property
    def is_site(self) -> Array:
        """Whether the place is a relocation site."""
        return np.asarray(self["kind"] != int(PlaceKind.VILLAGE))

    @property
    def industry_capital(self) -> Array:
        """Capital of village industry, public and private, yuan."""
        return np.asarray(self["industry_public"] + self["industry_private"])


class Counties(Table):
    """Counties, in the order that the places refer to, and the funds that they hold.

    Parameters
    ----------
    funds : Mapping[str, str]
        What each fund is, by its name; one that was not drawn is empty.
    """

    __slots__ = ()

    def __init__(
        self, data: Mapping[str, Array], funds: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        empty = {name: np.zeros(len(data["uid"])) for name in funds}
        super().__init__("CountyColumns", county_columns(funds), {**empty, **data})
