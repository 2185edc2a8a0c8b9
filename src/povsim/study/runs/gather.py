"""Put the files of all runs into tables, a run at a time."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from povsim.study.runs.executors import Receipt
from povsim.study.runs.panel import Panel, numbered
from povsim.study.runs.runner import found_of, outcome_of
from povsim.study.runs.spec import AMOUNTS, WHOLE, Outcome, RunSpec
from povsim.study.runs.store import Store, csv_text, make_room

ANNUAL = ["run_id", "scenario", "world", "seed", "year", "group", "region", "measure", "value"]
LEDGER = ["run_id", "scenario", "seed", "year", "programme", "source", "use", "amount_yuan"]
FALLS = ["run_id", "scenario", "seed", "uid", "month", "kind", "cause", "group", "persons"]
NUMBERS = dict.fromkeys(AMOUNTS, pa.float64()) | dict.fromkeys((*WHOLE, "seed"), pa.int64())
KINDS = ("relapse", "new_poverty")
EVERYBODY = {"group": "all", "region": "all"}
NOBODY = np.empty(0, dtype=np.intp)
TEXT = pa.dictionary(pa.int32(), pa.string())
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


def digest(head: Mapping[str, Any], falls: pa.Table) -> Digest:
    """Return what is kept of a run, from its plain values and its falls."""
    plain = {k: v for k, v in head.items() if k in Digest.__dataclass_fields__}
    kept = Digest(**plain)
    kind, kinds = numbered(falls["kind"])
    uid, month, persons = (falls[name].to_numpy() for name in ("uid", "month", "persons"))
    for name in KINDS:
        rows = np.flatnonzero(kind == kinds.index(name)) if name in kinds else NOBODY
        first = rows[np.unique(uid[rows], return_index=True)[1]]  # rows come by month
        kept.falls[name] = np.bincount(month[rows], persons[rows], kept.months)
        kept.first_falls[name] = np.bincount(month[first], persons[first], kept.months)
    return kept


def _digest_of_failure(outcome: Outcome) -> Digest:
    kept = Digest(
        outcome.run_id, outcome.scenario, outcome.world, outcome.seed, "failed", outcome.error
    )
    kept.seconds, kept.months = outcome.seconds, outcome.months
    return kept


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
    only = EVERYBODY if everybody_only else {}
    with (
        ParquetFile(folder / "annual.parquet", ANNUAL) as annual,
        ParquetFile(folder / "falls.parquet", FALLS) as falls,
        CsvFile(folder / "ledger.csv", LEDGER) as ledger,
    ):
        for spec in specs:
            found = found_of(spec, store, receipts)
            if found is None:
                digests.append(_digest_of_failure(outcome_of(spec, store, receipts)))
                continue
            head, tables = found
            digests.append(digest(head, tables["falls"]))
            panel.add(head["scenario"], head["world"], head["seed"], tables["annual"], only)
            whose = {name: head[name] for name in ("run_id", "scenario", "seed")}
            annual.add(tables["annual"], {**whose, "world": head["world"]})
            falls.add(tables["falls"], whose)
            ledger.add(tables["ledger"], whose)
    return digests, panel


class TableFile(ABC):
    """A file of many runs that is written a part at a time, and is there whole or not at all."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path, self.columns = path, list(columns)
        self.schema = pa.schema([(c, NUMBERS.get(c, TEXT)) for c in columns])
        self.part = path.with_name(f".{path.name}.part")
        self.waiting: list[pa.Table] = []
        self.rows = 0

    def add(self, table: pa.Table, same: Mapping[str, Any]) -> None:
        """Add rows; ``same`` holds the columns that are the same in all of them."""
        rows = len(table)
        arrays = []
        for column in self.columns:
            kind = self.schema.field(column).type
            if column in same:
                arrays.append(_repeated(same[column], kind, rows))
            else:
                arrays.append(table[column].cast(kind))
        self.waiting.append(pa.Table.from_arrays(arrays, schema=self.schema))
        self.rows += rows
        if self.rows >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self.waiting:
            self.write(pa.concat_tables(self.waiting).unify_dictionaries())
            self.waiting, self.rows = [], 0

    @abstractmethod
    def write(self, table: pa.Table) -> None:
        """Write some rows."""

    @abstractmethod
    def close(self) -> None:
        """Close the file."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._flush()
            self.close()
            if kind is None:
                self.part.replace(make_room(self.path))
        finally:
            self.part.unlink(missing_ok=True)


def _repeated(value: Any, kind: pa.DataType, rows: int) -> pa.Array:
    """Return a column that holds one value; a text is kept once."""
    if kind != TEXT:
        return pa.repeat(pa.scalar(value, kind), rows)
    numbers = pa.array(np.zeros(rows, dtype=np.int32))
    return pa.DictionaryArray.from_arrays(numbers, pa.array([value], pa.string()))


class ParquetFile(TableFile):
    """A Parquet file; its texts are read as texts."""

    def __enter__(self) -> Self:
        self.file = self.part.open("wb")  # the library does not take every name of a folder
        self.writer = pq.ParquetWriter(self.file, self.schema, store_schema=False)
        return self

    def write(self, table: pa.Table) -> None:
        """Write some rows."""
        self.writer.write_table(table)

    def close(self) -> None:
        """Close the file."""
        self.writer.close()
        self.file.close()


class CsvFile(TableFile):
    """A CSV file with fixed number format."""

    def __enter__(self) -> Self:
        self.file = self.part.open("w", encoding="utf-8", newline="")
        self.file.write(",".join(self.columns) + "\n")
        return self

    def write(self, table: pa.Table) -> None:
        """Write some rows."""
        self.file.write(csv_text(table.to_pandas(), header=False))

    def close(self) -> None:
        """Close the file."""
        self.file.close()
