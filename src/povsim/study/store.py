"""Write and read runs, each under its content hash, whole or not at all."""

import json
import os
import pickle
import tempfile
from pathlib import Path

import pandas as pd

from povsim.errors import UserError
from povsim.study.spec import Outcome

FLOAT = "%.10g"


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
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def save_run(folder: Path, outcome: Outcome) -> None:
    """Store a finished run under its hash; the traceback of a failed one beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    if outcome.trace:
        write_atomically(folder / f"{outcome.run_id}.traceback.txt", outcome.trace.encode())
    else:
        write_atomically(folder / f"{outcome.run_id}.pickle", pickle.dumps(outcome, protocol=5))


def load_run(folder: Path, run_id: str) -> Outcome | None:
    """Return a stored run, or None if it is not there or cannot be read."""
    path = folder / f"{run_id}.pickle"
    try:
        with path.open("rb") as file:
            outcome = pickle.load(file)  # our own file, named by its content hash
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError):
        return None
    return outcome if isinstance(outcome, Outcome) else None


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table with fixed number format, so that equal results are equal bytes."""
    text = table.to_csv(index=False, float_format=FLOAT, lineterminator="\n")
    write_atomically(path, text.encode())


def write_json(path: Path, content: object) -> None:
    """Write readable JSON."""
    write_atomically(path, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def write_parquet(path: Path, table: pd.DataFrame) -> None:
    """Write a Parquet file."""
    temporary = path.with_name(f".{path.name}.part")
    table.to_parquet(temporary, index=False)
    temporary.replace(path)
