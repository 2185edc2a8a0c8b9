"""Read the files of a finished study; what is missing or damaged is one line."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from povsim.errors import UserError, by_system, said
from povsim.study.runs.tables import read_table


def damaged(path: Path, reason: object) -> UserError:
    """Return the mistake to raise for a file that cannot be used."""
    return UserError(said("damaged", folder=path.parent, file=path.name, reason=reason))


def need_files(folder: Path, names: Iterable[str], what: str) -> None:
    """Raise UserError if files of a finished study, sweep or search are missing."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        rule = said("finished_with_missing", what=said(f"what_{what}"), names=missing)
        raise UserError("report", folder, rule)


def read_json(path: Path, keys: Iterable[str] = ()) -> dict[str, Any]:
    """Return the mapping in a JSON file that has at least ``keys``."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise damaged(path, said("file_missing")) from None
    except (OSError, ValueError) as error:
        raise damaged(path, _reason(error)) from None
    if not isinstance(content, dict):
        raise damaged(path, said("mapping_needed"))
    _need(path, keys, content)
    return content


def read_csv(path: Path, columns: Iterable[str] = (), texts: Iterable[str] = ()) -> pd.DataFrame:
    """Return the table in a CSV file that has at least ``columns``.

    Parameters
    ----------
    texts : iterable of str
        Columns of texts beside those that are texts in every table.
    """
    try:
        table = read_table(path, texts)
    except FileNotFoundError:
        raise damaged(path, said("file_missing")) from None
    except (OSError, ValueError) as error:
        raise damaged(path, _reason(error)) from None
    _need(path, columns, table)
    return table


def read_parquet(path: Path, columns: list[str]) -> pd.DataFrame:
    """Return the table in a Parquet file that has at least ``columns``."""
    try:
        table = pd.read_parquet(path)
    except FileNotFoundError:
        raise damaged(path, said("file_missing")) from None
    except (OSError, ValueError, pa.ArrowException) as error:
        raise damaged(path, _reason(error)) from None
    _need(path, columns, table)
    return table


def _need(path: Path, wanted: Iterable[str], there: Iterable[Any]) -> None:
    missing = [name for name in wanted if name not in there]
    if missing:
        raise damaged(path, said("without", names=missing[:3]))


def _reason(error: Exception) -> object:
    if isinstance(error, OSError) and error.errno:
        return by_system(error)
    return (str(error).strip() or type(error).__name__).splitlines()[0]
