"""Yearly numbers of many runs as one matrix: a row a run, a column a number."""

from collections.abc import Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Array = NDArray[np.float64]
KEYS = ["measure", "group", "region", "year"]
Key = tuple[str, str, str, int]
MOST_NAMES = 4096
"""Different names that a key may have; four of them fit into one whole number."""


class Panel:
    """Yearly numbers by run, eight bytes each; numbers that a run lacks are NaN.

    Attributes
    ----------
    runs : list of (scenario, world, seed)
        One for each row.
    """

    def __init__(self) -> None:
        self.runs: list[tuple[str, str, int]] = []
        self._columns: dict[Key, int] = {}
        self._rows: list[Array] = []
        self._names: list[dict[Any, int]] = [{} for _ in KEYS]
        self._codes = np.empty(0, dtype=np.int64)  # in order, and the column of each
        self._places = np.empty(0, dtype=np.intp)

    @classmethod
    def from_frame(cls, annual: pd.DataFrame) -> "Panel":
        """Return the panel of a tidy frame: ``scenario, seed`` (and ``world``), keys, ``value``."""
        panel = cls()
        if "world" not in annual:
            annual = annual.assign(world="")
        by = annual.groupby(["scenario", "world", "seed"], observed=True, sort=False)
        for (scenario, world, seed), rows in by:
            panel.add(str(scenario), str(world), int(str(seed)), rows)
        return panel

    def add(
        self,
        scenario: str,
        world: str,
        seed: int,
        annual: pd.DataFrame | pa.Table,
        only: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Add the yearly table of a run, or ``only`` its rows with some texts in some columns."""
        if only and isinstance(annual, pa.Table):
            conditions = [pc.equal(annual[name], text) for name, text in only.items()]
            annual = annual.filter(reduce(pc.and_, conditions))
        place = self._places_of(annual)
        row = np.full(len(self._columns), np.nan)
        row[place] = np.asarray(annual["value"], dtype=float)
        self.runs.append((scenario, world, int(seed)))
        self._rows.append(row)

    def _places_of(self, annual: pd.DataFrame | pa.Table) -> NDArray[np.intp]:
        """Return the column of each row of a table.

        Names are numbered, and the numbers of a row are put together into one, which is looked
        up; rows differ from run to run, so tables cannot be looked up as a whole. New columns
        come in the order of rows.
        """
        code = np.zeros(len(annual), dtype=np.int64)
        for own, name in zip(self._names, KEYS, strict=True):
            numbers, names = numbered(annual[name])
            known = np.array([own.setdefault(n, len(own)) for n in names], dtype=np.int64)
            code = code * MOST_NAMES + known[numbers]
        at = np.searchsorted(self._codes, code)
        if len(self._codes):
            new = code[self._codes[np.minimum(at, len(self._codes) - 1)] != code]
        else:
            new = code
        if len(new):
            self._learn(list(dict.fromkeys(new.tolist())))
            at = np.searchsorted(self._codes, code)
        return self._places[at]

    def _learn(self, codes: list[int]) -> None:
        """Give new numbers columns behind those that are there."""
        for code in codes:
            self._columns[self._key(code)] = len(self._columns)
        every = np.append(self._codes, np.array(codes, dtype=np.int64))
        places = np.append(self._places, np.arange(len(self._places), len(every)))
        order = np.argsort(every)
        self._codes, self._places = every[order], places[order]

    def _key(self, code: int) -> Key:
        """Return the names that a number stands for."""
        parts: list[Any] = []
        for own in reversed(self._names):
            code, number = divmod(code, MOST_NAMES)
            parts.append(list(own)[number])
        year, region, group, measure = parts
        return (measure, group, region, int(year))

    def keys(self) -> pd.DataFrame:
        """Return measure, group, region and year of each column."""
        return pd.DataFrame(list(self._columns), columns=KEYS)

    def rows(self, scenario: str, world: str | None = None) -> dict[int, int]:
        """Return the row of each seed of a scenario, seeds in order."""
        found = {
            seed: i
            for i, (name, where, seed) in enumerate(self.runs)
            if name == scenario and world in (None, where)
        }
        return dict(sorted(found.items()))

    def matrix(self, rows: Sequence[int]) -> Array:
        """Return numbers of some rows, shape (rows, columns)."""
        out = np.full((len(rows), len(self._columns)), np.nan)
        for i, row in enumerate(rows):
            out[i, : len(self._rows[row])] = self._rows[row]
        return out

    def series(
        self,
        scenario: str,
        measure: str,
        year: int,
        group: str = "all",
        region: str = "all",
        world: str | None = None,
    ) -> "pd.Series[float]":
        """Return one number by seed."""
        column = self._columns.get((measure, group, region, int(year)))
        if column is None:
            return pd.Series(dtype=float)
        values = {s: self._value(i, column) for s, i in self.rows(scenario, world).items()}
        return pd.Series(values, dtype=float).dropna()

    def values(self, measure: str, year: int, group: str = "all", region: str = "all") -> Array:
        """Return one number of every run, in the order of ``runs``."""
        column = self._columns.get((measure, group, region, int(year)))
        if column is None:
            return np.full(len(self.runs), np.nan)
        return np.array([self._value(i, column) for i in range(len(self.runs))])

    def _value(self, row: int, column: int) -> float:
        values = self._rows[row]
        return float(values[column]) if column < len(values) else float("nan")

    def years(self) -> list[int]:
        """Return the calendar years, in order."""
        return sorted({key[3] for key in self._columns})

    def scenarios(self) -> list[str]:
        """Return the scenarios, in the order of the runs."""
        return list(dict.fromkeys(name for name, _, _ in self.runs))


def numbered(column: "pd.Series[Any] | pa.ChunkedArray") -> tuple[NDArray[Any], list[Any]]:
    """Return a column as numbers, and the values that they stand for."""
    if isinstance(column, pa.ChunkedArray):
        whole = column.combine_chunks()
        if pa.types.is_dictionary(whole.type):
            return np.asarray(whole.indices), whole.dictionary.to_pylist()
        column = pd.Series(np.asarray(whole))
    elif isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), list(column.cat.categories)
    numbers, values = pd.factorize(column)
    return numbers, list(values)


def as_panel(table: "Panel | pd.DataFrame") -> Panel:
    """Return a panel, made of a tidy frame if need be."""
    return table if isinstance(table, Panel) else Panel.from_frame(table)
