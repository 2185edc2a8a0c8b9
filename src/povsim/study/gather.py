"""Put the files of all runs into tables, a run at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from povsim.study.executors import Receipt
from povsim.study.panel import Panel
from povsim.study.runner import outcome_of
from povsim.study.spec import Outcome, RunSpec
from povsim.study.store import Store, csv_text

ANNUAL = ["run_id", "scenario", "world", "seed", "year", "group", "region", "measure", "value"]
LEDGER = ["run_id", "scenario", "seed", "year", "programme", "source", "use", "amount_yuan"]
FALLS = ["run_id", "scenario", "seed", "uid", "month", "kind", "cause", "group", "persons"]
NUMBERS = {"value": pa.float64(), "amount_yuan": pa.float64(), "persons": pa.float64()}
WHOLE = {"seed": pa.int64(), "year": pa.int64(), "month": pa.int64(), "uid": pa.int64()}
KINDS = ("relapse", "new_poverty")
ROWS_AT_ONCE = 250_000
"""Rows that are gathered before they are written."""


@dataclass
class Digest:
    """What is kept of a run while a study is put together; its tables stay on disk.

    Attributes
    ----------
    falls, first_falls : dict of str to ndarray, shape (months,)
        Persons who fell, by kind and month: all falls, and the first of each household.
    """

    run_id: str
    scenario: str
    world: str
    seed: int
    status: str = "ok"
    error: str = ""
    seconds: float = 0.0
    households: int = 0
    months: int = 0
    fiscal_cost_pv: float = 0.0
    spent_pv: float = 0.0
    group_rows: Mapping[str, int] = field(default_factory=dict)
    at_risk: Mapping[str, float] = field(default_factory=dict)
    falls: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    first_falls: dict[str, NDArray[np.float64]] = field(default_factory=dict)


def digest(outcome: Outcome) -> Digest:
    """Return what is kept of a run."""
    kept = Digest(
        **{
            name: getattr(outcome, name)
            for name in Digest.__dataclass_fields__
            if name not in ("falls", "first_falls")
        }
    )
    for kind in KINDS:
        rows = outcome.falls[outcome.falls["kind"] == kind]
        first = rows.drop_duplicates("uid")  # rows come in the order of months
        kept.falls[kind] = _by_month(rows, outcome.months)
        kept.first_falls[kind] = _by_month(first, outcome.months)
    return kept


def _by_month(rows: pd.DataFrame, months: int) -> NDArray[np.float64]:
    persons = rows["persons"].to_numpy(dtype=float)
    return np.bincount(rows["month"].to_numpy(dtype=int), persons, months)


def gather_runs(
    specs: Sequence[RunSpec],
    store: Store,
    receipts: Mapping[str, Receipt],
    folder: Path,
    everybody_only: bool = False,
) -> tuple[list[Digest], Panel]:
    """Write ``annual.parquet``, ``ledger.csv`` and ``falls.parquet`` in the order of the runs.

    Parameters
    ----------
    everybody_only : bool
        Whether the panel keeps numbers of the whole population only, for many runs.

    Returns
    -------
    digests : list of Digest
        One for each specification.
    panel : Panel
        Yearly numbers of the runs that ended well.
    """
    digests, panel = [], Panel()
    with (
        ParquetFile(folder / "annual.parquet", ANNUAL) as annual,
        ParquetFile(folder / "falls.parquet", FALLS) as falls,
        CsvFile(folder / "ledger.csv", LEDGER) as ledger,
    ):
        for spec in specs:
            outcome = outcome_of(spec, store, dict(receipts))
            digests.append(digest(outcome))
            if outcome.status != "ok":
                continue
            table = outcome.annual
            if everybody_only:
                table = table[(table["group"] == "all") & (table["region"] == "all")]
            panel.add(outcome.scenario, outcome.world, outcome.seed, table)
            whose = {name: getattr(outcome, name) for name in ("run_id", "scenario", "seed")}
            annual.add(outcome.annual, {**whose, "world": outcome.world})
            falls.add(outcome.falls, whose)
            ledger.add(outcome.ledger, whose)
    return digests, panel


class ParquetFile:
    """A Parquet file that is written a part at a time, and is there whole or not at all."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path, self.columns = path, list(columns)
        self.schema = pa.schema([(c, {**NUMBERS, **WHOLE}.get(c, pa.string())) for c in columns])
        self.part = path.with_name(f".{path.name}.part")
        self.waiting: list[pa.Table] = []

    def __enter__(self) -> "ParquetFile":
        self.writer = pq.ParquetWriter(self.part, self.schema)
        return self

    def add(self, table: pd.DataFrame, same: Mapping[str, Any]) -> None:
        """Add rows; ``same`` holds the columns that are the same in all of them."""
        rows = len(table)
        arrays = []
        for column in self.columns:
            kind = self.schema.field(column).type
            if column in same:
                arrays.append(pa.repeat(pa.scalar(same[column], kind), rows))
            else:
                arrays.append(pa.array(table[column]).cast(kind))
        self.waiting.append(pa.Table.from_arrays(arrays, schema=self.schema))
        if sum(len(t) for t in self.waiting) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self.waiting:
            self.writer.write_table(pa.concat_tables(self.waiting))
            self.waiting = []

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._flush()
        self.writer.close()
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)


class CsvFile:
    """A CSV file that is written a part at a time, and is there whole or not at all."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path, self.columns = path, list(columns)
        self.part = path.with_name(f".{path.name}.part")
        self.file: TextIO

    def __enter__(self) -> "CsvFile":
        self.file = self.part.open("w", encoding="utf-8", newline="")
        self.file.write(",".join(self.columns) + "\n")
        return self

    def add(self, table: pd.DataFrame, same: Mapping[str, Any]) -> None:
        """Add rows; ``same`` holds the columns that are the same in all of them."""
        self.file.write(csv_text(table.assign(**same)[self.columns], header=False))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)
