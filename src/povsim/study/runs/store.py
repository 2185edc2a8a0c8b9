"""Write and read runs, each under its content hash, whole or not at all."""

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from povsim.errors import UserError, by_system, said
from povsim.machine.yaml_texts import as_yaml
from povsim.study.runs.spec import Outcome, code_version

FLOAT = "%.10g"
LONGEST_PREFIX = 40
"""Characters of a file's name that stand in the name under which it is written first."""
SPECIAL = frozenset(',"\r\n')
"""Characters for which a text has to stand in quotes in a CSV file."""
FORMAT = 1
"""Number of the run file's form; a store in another form is refused."""
MARK = b"povsim-run-1\n"
TABLES = ("annual", "ledger", "falls")
DIGEST = hashlib.sha256().digest_size
LEFT_OVER = 3600.0
"""Seconds after which a half-written file is nobody's work any more."""
OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
ONE_READER = pa.ipc.IpcReadOptions(use_threads=False)
Tables = dict[str, pa.Table]


class Store:
    """Finished runs in a folder, one file a run, named by content hash.

    A file is written by the process that ran it, to a name of its own and then moved, so it is
    there whole or not at all; any number of processes can share a folder.

    Attributes
    ----------
    unreadable : list of str
        Names of files that could not be read; they were put aside with ``.unreadable`` behind
        their name, and their runs are run again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.unreadable: list[str] = []

    def open(self) -> "Store":
        """Make the folder, or check that its runs were made by this version.

        Raises
        ------
        UserError
            If it cannot be written, or holds runs of another version.
        """
        check_writable(self.folder)
        label = self.folder / "store.json"
        mine = {"format": FORMAT, "code_version": code_version()}
        if not label.exists():
            write_json(label, mine)
            return self
        theirs = _label(label)
        if theirs is None:  # damaged; a run's name tells its version, too
            write_json(label, mine)
        elif theirs != mine:
            made_by = said("version", code=theirs["code_version"], format=theirs["format"])
            this = said("version", code=code_version(), format=FORMAT)
            rule = said("same_version", mine=this, label=label, theirs=made_by)
            raise UserError("out", self.folder.parent, rule)
        for left in self.folder.glob(".*.part"):
            _remove_if_old(left)
        return self

    def path(self, run_id: str) -> Path:
        """Return where a run is, or will be."""
        return self.folder / f"{run_id}.run"

    def has(self, run_id: str) -> bool:
        """Say whether a run is there and whole; one that is not is put aside."""
        return self._body(run_id) is not None

    def save(self, outcome: Outcome) -> None:
        """Keep a run. Of a failed one the traceback is kept, so that it is run again."""
        trace = self.folder / f"{outcome.run_id}.traceback.txt"
        if outcome.trace:
            write_atomically(trace, outcome.trace.encode())
        else:
            write_atomically(self.path(outcome.run_id), encode(outcome))
            trace.unlink(missing_ok=True)

    def read(self, run_id: str) -> tuple[dict[str, Any], Tables] | None:
        """Return a run's plain values and its Arrow tables, or None if it is not there or whole."""
        body = self._body(run_id)
        if body is None:
            return None
        try:
            return split(body)
        except (ValueError, KeyError, TypeError, pa.ArrowException):
            self._put_aside(self.path(run_id))
            return None

    def load(self, run_id: str) -> Outcome | None:
        """Return a run, or None if it is not there or not whole; texts come as categories."""
        found = self.read(run_id)
        return None if found is None else _outcome(*found)

    def _body(self, run_id: str) -> bytes | None:
        """Return a run's bytes without their checksum, if they are there and agree with it."""
        path = self.path(run_id)
        try:
            return checked(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            self._put_aside(path)
            return None

    def _put_aside(self, path: Path) -> None:
        self.unreadable.append(path.name)
        path.replace(path.with_name(f"{path.name}.unreadable"))


def _label(path: Path) -> dict[str, Any] | None:
    """Return what a store says of itself, or None if that is damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: content[name] for name in ("format", "code_version")}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remove_if_old(part: Path) -> None:
    """Remove what a killed process left, and nothing that another one is writing now."""
    try:
        if time.time() - part.stat().st_mtime > LEFT_OVER:
            part.unlink()
    except FileNotFoundError:
        return


def encode(outcome: Outcome) -> bytes:
    """Return a run as bytes: a mark, a line of JSON, three Arrow tables, a SHA-256."""
    head = {f.name: getattr(outcome, f.name) for f in fields(outcome) if f.name not in TABLES}
    parts = [_arrow(getattr(outcome, name)) for name in TABLES]
    head["sizes"] = [len(part) for part in parts]
    body = b"".join([MARK, json.dumps(head).encode(), b"\n", *parts])
    return body + hashlib.sha256(body).digest()


def decode(data: bytes) -> Outcome:
    """Return the run in ``data``; text columns come as categories.

    Raises
    ------
    ValueError
        If a byte is missing or changed.
    """
    return _outcome(*split(checked(data)))


def checked(data: bytes) -> bytes:
    """Return what comes before the checksum, or raise ValueError if it does not agree."""
    body, digest = data[:-DIGEST], data[-DIGEST:]
    if not body.startswith(MARK) or hashlib.sha256(body).digest() != digest:
        raise ValueError("this is no whole run")
    return body


def split(body: bytes) -> tuple[dict[str, Any], Tables]:
    """Return the plain values and the tables of a run."""
    end = body.index(b"\n", len(MARK))
    head = json.loads(body[len(MARK) : end])
    at, tables = end + 1, {}
    for name, size in zip(TABLES, head.pop("sizes"), strict=True):
        part = pa.py_buffer(body).slice(at, size)
        with pa.ipc.open_stream(part, options=ONE_READER) as reader:
            tables[name] = reader.read_all()
        at += size
    return head, tables


def _outcome(head: dict[str, Any], tables: Tables) -> Outcome:
    frames = {name: table.to_pandas(use_threads=False) for name, table in tables.items()}
    return Outcome(**head, **frames)


def _arrow(table: pd.DataFrame) -> bytes:
    """Return a table as an Arrow stream, its texts as dictionaries."""
    columns = [_column(table[name]) for name in table]
    batch = pa.RecordBatch.from_arrays(columns, names=list(table))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=OPTIONS) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())


def _column(cells: "pd.Series[Any]") -> pa.Array:
    """Return numbers as they are and texts as a dictionary; far quicker than through pandas."""
    if isinstance(cells.dtype, np.dtype) and cells.dtype.kind != "O":
        return pa.array(cells.to_numpy())
    array = pa.array(cells.array, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        return array
    return array.cast(pa.string()).dictionary_encode()


def _umask() -> int:
    """Return the rights that this process takes from new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


UMASK = _umask()


def check_writable(folder: Path) -> None:
    """Raise UserError if results cannot be written into ``folder`` (made if missing)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        rule = said("writable_folder", reason=by_system(error))
        raise UserError("out", folder, rule) from None


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OSError
        With the name of the file, not with that under which it is written first.
    """
    try:
        _write_beside(path, data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write_beside(path: Path, data: bytes) -> None:
    """Write a file under a name of its own and move it to its place."""
    prefix = f".{path.name[:LONGEST_PREFIX]}."
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o666 & ~UMASK)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def make_room(path: Path) -> Path:
    """Put a folder that stands where a table belongs aside, and return the table's path."""
    if path.is_dir() and not path.is_symlink():
        path.replace(path.with_name(f"{path.name}.unreadable"))
    return path


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table with fixed number format, so that equal results are equal bytes."""
    write_atomically(make_room(path), csv_text(table).encode())


def csv_text(table: pd.DataFrame, header: bool = True) -> str:
    """Return a table as text with fixed number format.

    What pandas writes, several times as fast: a number is formatted once, a text once a name.
    """
    cells = [_as_text(table[name]) for name in table]
    if not cells or any(column is None for column in cells):
        return str(
            table.to_csv(index=False, header=header, float_format=FLOAT, lineterminator="\n")
        )
    lines = [",".join(_quoted(str(name)) for name in table)] if header else []
    lines += map(",".join, zip(*filter(None, cells), strict=True))
    return "".join(f"{line}\n" for line in lines)


def _as_text(column: "pd.Series[Any]") -> list[str] | None:
    """Return the cells of a column as a CSV file has them, or None if pandas has to do it."""
    kind = column.dtype.kind if isinstance(column.dtype, np.dtype) else ""
    if kind == "f":
        return [FLOAT % x if x == x else "" for x in column.tolist()]  # NaN is not itself
    if kind in ("i", "u", "b"):
        return list(map(str, column.tolist()))
    numbers, names = pd.factorize(column)
    if not all(isinstance(name, str) for name in names):
        return None
    texts = np.array([*map(_quoted, names), ""], dtype=object)  # what is missing has number -1
    return list(texts[numbers])


def _quoted(text: str) -> str:
    """Return a text as a cell, in quotes if it would be read as several."""
    return f'"{text.replace(chr(34), 2 * chr(34))}"' if SPECIAL & set(text) else text


def write_json(path: Path, content: object) -> None:
    """Write readable JSON; a name that is no Unicode is written as JSON writes such characters."""
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    write_atomically(make_room(path), text.encode("utf-8", "backslashreplace"))


def write_yaml(path: Path, content: Mapping[str, Any]) -> None:
    """Write readable YAML, its keys in the order given."""
    text = as_yaml(content)
    write_atomically(make_room(path), text.encode("utf-8", "backslashreplace"))
