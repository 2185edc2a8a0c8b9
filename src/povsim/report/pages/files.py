"""The file of a page, and what is said on it of the files it was made from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from povsim.errors import said
from povsim.report.faults import say
from povsim.report.results.reading import again_in, changed_files
from povsim.study.runs.store import write_atomically


def write_page(folder: Path, page: str) -> Path:
    """Write a page whole or not at all; return its path."""
    path = folder / "report.html"
    write_atomically(path, page.encode("utf-8", "backslashreplace"))
    return path


def changes(folder: Path, manifest: Mapping[str, Any], language: str) -> list[str]:
    """Return what a reader has to know of files that are not as the study wrote them.

    It is said on stderr, too: a table that was cut off may still be read.
    """
    names = changed_files(folder, manifest)
    if not names:
        return []
    key = "changed_one" if len(names) == 1 else "changed_several"
    told = said(key, folder=folder, names=names, again=again_in(folder))
    say(told, language)
    return [told.told(language)]
