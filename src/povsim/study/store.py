"""Write and read runs, each under its content hash, whole or not at all."""

import hashlib
import json
import os
import tempfile
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa

from povsim.errors import UserError
from povsim.study.spec import Outcome, code_version

FLOAT = "%.10g"
FORMAT = 1
"""Number of the run file's form; a store in another form is refused."""
MARK = b"povsim-run-1\n"
TABLES = ("annual", "ledger", "falls")
DIGEST = hashlib.sha256().digest_size


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
        try:
            theirs = json.loads(label.read_text(encoding="utf-8"))
            made_by = f"{theirs['code_version']}, format {theirs['format']}"
        except (OSError, ValueError, KeyError, TypeError):
            theirs, made_by = None, "a file that cannot be read"
        if theirs != mine:
            allowed = (
                f"a folder of runs made by this version ({code_version()}, format {FORMAT});"
                f" {label} says {made_by}; name another folder, or move that one's runs away"
            )
            raise UserError("out", str(self.folder.parent), allowed)
        for left in self.folder.glob(".*.part"):
            left.unlink(missing_ok=True)
        return self

    def path(self, run_id: str) -> Path:
        """Return where a run is, or will be."""
        return self.folder / f"{run_id}.run"

    def has(self, run_id: str) -> bool:
        """Say whether a run is there and whole; one that is not is put aside."""
        return self.path(run_id).exists() and self.load(run_id) is not None

    def save(self, outcome: Outcome) -> None:
        """Keep a run. Of a failed one the traceback is kept, so that it is run again."""
        if outcome.trace:
            path = self.folder / f"{outcome.run_id}.traceback.txt"
            write_atomically(path, outcome.trace.encode())
        else:
            write_atomically(self.path(outcome.run_id), encode(outcome))

    def load(self, run_id: str) -> Outcome | None:
        """Return a run, or None if it is not there or not whole."""
        path = self.path(run_id)
        try:
            return decode(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
            self.unreadable.append(path.name)
            path.replace(path.with_name(f"{path.name}.unreadable"))
            return None


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
    body, digest = data[:-DIGEST], data[-DIGEST:]
    if not body.startswith(MARK) or hashlib.sha256(body).digest() != digest:
        raise ValueError("this is no whole run")
    end = body.index(b"\n", len(MARK))
    head = json.loads(body[len(MARK) : end])
    at, tables = end + 1, {}
    for name, size in zip(TABLES, head.pop("sizes"), strict=True):
        with pa.ipc.open_stream(body[at : at + size]) as reader:
            tables[name] = reader.read_all().to_pandas()
        at += size
    return Outcome(**head, **tables)


def _arrow(table: pd.DataFrame) -> bytes:
    """Return a table as an Arrow stream, its texts as categories."""
    texts = [name for name in table if not pd.api.types.is_numeric_dtype(table[name])]
    arrow = pa.Table.from_pandas(
        table.astype(dict.fromkeys(texts, "category")), preserve_index=False
    )
    sink = BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, arrow.schema, options=options) as writer:
        writer.write_table(arrow)
    return sink.getvalue()


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
        raise UserError(
            "out", str(folder), f"a folder that can be written ({error.strerror})"
        ) from None


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o666 & ~UMASK)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table with fixed number format, so that equal results are equal bytes."""
    write_atomically(path, csv_text(table).encode())


def csv_text(table: pd.DataFrame, header: bool = True) -> str:
    """Return a table as text with fixed number format."""
    text = table.to_csv(index=False, header=header, float_format=FLOAT, lineterminator="\n")
    return str(text)


def write_json(path: Path, content: object) -> None:
    """Write readable JSON."""
    write_atomically(path, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())
