"""Rendered documents say what the declarations say."""

import re

import pytest

from povsim.cli.documents import _numbers, render, used_by
from povsim.machine import yaml_files

DOCS = yaml_files.own_folder() / "docs"


@pytest.mark.parametrize(
    "name", ["parameters.md", "evidence.md", "programmes.md", "state.md", "measures.md"]
)
def test_a_rendered_document_is_up_to_date(name):
    assert (DOCS / name).read_text("utf-8") == render()[name], "run: make docs"


def test_every_number_is_read_by_code():
    assert [key for key, _, _ in _numbers() if not used_by(key)] == []


def test_every_number_has_unit_range_source_and_meaning():
    for key, d, value in _numbers():
        assert d.unit, key
        assert d.source, key
        assert d.meaning, key
        assert d.low <= value <= d.high, key
        assert d.low < d.high, key


@pytest.mark.parametrize("page", [*sorted(DOCS.glob("*.md")), DOCS.parent / "README.md"])
def test_every_file_that_a_page_names_is_there(page):
    named = set(re.findall(r"`((?:[\w]+/)*\w+\.py)`", page.read_text("utf-8")))
    package = DOCS.parent / "src" / "povsim"
    gone = {n for n in named if not (package / n).is_file() and not (DOCS.parent / n).is_file()}
    assert gone == set()
