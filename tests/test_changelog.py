"""The changelog tells each change once, and the version is the same wherever it stands."""

import re
from pathlib import Path

import povsim

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CHANGELOG.md").read_text("utf-8")
TYPES = ("added", "changed", "fixed", "results")
ALIKE = 40
"""Characters with which two entries begin alike only if they are two versions of one."""


def entries():
    """Return the entries of the changelog, each on one line."""
    return [" ".join(entry.split()) for entry in re.split(r"(?m)^- ", TEXT)[1:]]


def test_no_entry_stands_twice():
    starts = [entry[:ALIKE] for entry in entries()]
    assert [start for start in starts if starts.count(start) > 1] == []


def test_what_is_not_released_is_a_file_of_a_known_type():
    files = [p for p in (ROOT / "changelog.d").iterdir() if p.name != "README.md"]
    for path in files:
        assert re.fullmatch(rf"\+[a-z0-9-]+\.({'|'.join(TYPES)})\.md", path.name), path.name
        assert path.read_text("utf-8").strip(), path.name


def test_the_version_is_the_last_release_and_that_of_the_citation():
    released = re.findall(r"(?m)^## (\S+) \(\d{4}-\d\d-\d\d\)$", TEXT)
    assert released[0] == povsim.__version__
    assert f"version: {povsim.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
