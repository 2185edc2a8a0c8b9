"""Read the files of a finished study; what is missing or damaged is one line."""

import json
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from povsim.errors import DamagedError, Said, UserError, by_system, said
from povsim.machine.yaml_files import read_yaml
from povsim.study.runs.files import digests_of
from povsim.study.runs.tables import read_table

CHECKS = "checks"
"""Folder of a study that holds its companion sweeps."""


def damaged(path: Path, reason: object) -> DamagedError:
    """Return the mistake to raise for a file that cannot be used."""
    again = again_in(path.parent)
    return DamagedError(
        said("damaged", folder=path.parent, file=path.name, reason=reason, again=again)
    )


KINDS = {"search": ("mixes.csv", "marginal.csv"), "sweep": ("points.csv", "regret.csv")}
"""Files by which a folder is known whose manifest does not say what it holds."""


def kind_of(folder: Path) -> str:
    """Return what a folder holds: ``study``, ``sweep`` or ``search``."""
    try:
        manifest = read_json(folder / "manifest.json")
    except DamagedError:
        manifest = {}
    asked = manifest.get("asked")
    kind = str(asked.get("what", "")).partition(" ")[0] if isinstance(asked, dict) else ""
    if kind in (*KINDS, "study"):
        return kind
    there = (kind for kind, names in KINDS.items() if any((folder / n).exists() for n in names))
    return next(there, "study")


def need_files(folder: Path, names: Iterable[str], what: str) -> None:
    """Raise UserError if files of a finished study, sweep or search are missing."""
    missing = [name for name in names if not (folder / name).is_file()]
    if len(missing) == len(list(names)):
        rule = said("finished_with_missing", what=said(f"what_{what}"), names=missing)
        raise UserError("report", folder, rule)
    for name in missing:
        there = (folder / name).is_dir()
        raise damaged(folder / name, said("EISDIR" if there else "file_missing"))


def changed_files(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return the files that are no longer as the study wrote them; old ones do not say how."""
    written = manifest.get("files") or {}
    now = digests_of(folder, manifest, written)
    return [name for name, digest in written.items() if now.get(name) != digest]


def again_in(folder: Path) -> Said:
    """Return the command that writes the files in a folder again, if they say which it was."""
    home = folder.parent.parent if folder.parent.name == CHECKS else folder
    try:
        config = read_yaml(home / "config.yaml")
        words = [str(config.get("verb") or "run"), *map(str, config["overrides"] or [])]
        options = config.get("options") or {}
    except (UserError, KeyError, TypeError):
        return said("again")
    words = [word for word in words if not word.startswith("out=")]
    named = [str(word) for option in options.items() for word in option]
    return said("again_by", words=shlex.join(["povsim", *words, *named, "--out", str(home)]))


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
        with path.open("rb") as file:
            table = pd.read_parquet(file)
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
