"""Read the files of a finished study; what is missing or damaged is one line."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from povsim.errors import UserError

REMEDY = "the command that made it, with the same --out, writes it again"


def damaged(path: Path, reason: object) -> UserError:
    """Return the mistake to raise for a file that cannot be used."""
    return UserError(f"report={path.parent}: {path.name} is damaged ({reason}); {REMEDY}")


def need_files(folder: Path, names: Iterable[str], what: str) -> None:
    """Raise UserError if files of a finished study, sweep or search are missing."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        allowed = f"the folder of a finished {what} (missing: {', '.join(missing)})"
        raise UserError("report", str(folder), allowed)


def read_json(path: Path, keys: Iterable[str] = ()) -> dict[str, Any]:
    """Return the mapping in a JSON file that has at least ``keys``."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise damaged(path, "missing") from None
    except (OSError, ValueError) as error:
        raise damaged(path, _first_line(error)) from None
    if not isinstance(content, dict):
        raise damaged(path, "a mapping is needed")
    _need(path, keys, content)
    return content


def read_csv(path: Path, columns: Iterable[str] = (), **options: Any) -> pd.DataFrame:
    """Return the table in a CSV file that has at least ``columns``."""
    try:
        table = pd.read_csv(path, **options)
    except FileNotFoundError:
        raise damaged(path, "missing") from None
    except (OSError, ValueError) as error:
        raise damaged(path, _first_line(error)) from None
    _need(path, columns, table)
    return table


def read_parquet(path: Path, columns: list[str]) -> pd.DataFrame:
    """Return the table in a Parquet file that has at least ``columns``."""
    try:
        table = pd.read_parquet(path)
    except FileNotFoundError:
        raise damaged(path, "missing") from None
    except (OSError, ValueError, pa.ArrowException) as error:
        raise damaged(path, _first_line(error)) from None
    _need(path, columns, table)
    return table


def _need(path: Path, wanted: Iterable[str], there: Iterable[Any]) -> None:
    missing = [name for name in wanted if name not in there]
    if missing:
        raise damaged(path, f"without {', '.join(missing[:3])}")


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
