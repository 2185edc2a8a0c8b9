"""Folders of results: one study at a time writes into one, and what it left can be copied."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from povsim.errors import UserError, said
from povsim.study.runs.identity import check_same
from povsim.study.runs.store import check_writable

LOCK = ".lock"


def output_folder(name: str, out: Path | None) -> Path:
    """Return the folder of results: the one named, or a new one that is never overwritten."""
    if out is not None:
        return out
    stamp = datetime.now(tz=UTC).strftime("%Y-%m-%dT%H-%M-%S")
    base = Path("outputs") / name
    folder, i = base / stamp, 1
    while folder.exists():
        folder, i = base / f"{stamp}-{i}", i + 1
    return folder


@contextmanager
def only_study_in(folder: Path, own: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Keep other studies from writing into a folder (made if missing) at the same time.

    The system holds the lock for this process and lets it go when the process ends, however that
    happens. On a file system without locks nothing is kept out.

    Parameters
    ----------
    own : Mapping, optional
        Identity of the study that is to be written.

    Raises
    ------
    UserError
        If another study is writing into it, or it holds a finished one that is not this one.
    """
    check_writable(folder)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError("out", folder, said("free_folder")) from None
    except NotImplementedError:
        pass  # a file system without locks: nobody can be kept out, and a study still runs
    try:
        if own is not None:
            check_same(folder, own)
        yield
    finally:
        lock.release()


def copy_files(home: Path, folder: Path) -> Path:
    """Copy the tables of a finished study, not its runs, into ``folder`` (made if missing)."""
    check_writable(folder)
    if folder.resolve() != home.resolve():
        manifest = home / "manifest.json"
        if manifest.is_file():
            check_same(folder, json.loads(manifest.read_text(encoding="utf-8")))
        for file in home.iterdir():
            if file.is_file() and not file.name.startswith("."):
                shutil.copyfile(file, folder / file.name)
    return folder
