"""Rendered documents say what the declarations say."""

import re
import tomllib

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


def test_the_house_shows_every_room_on_its_floor():
    page = (DOCS / "architecture.md").read_text("utf-8").split("## Rooms")[1].split("## Walks")[0]
    shown = {}
    for floor, rooms in re.findall(r"^\| (\d+) \| (`[^|]*`) \|", page, re.M):
        shown.setdefault(int(floor), set()).update(re.findall(r"`(\w+)(?:/|\.py)`", rooms))
    settings = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))
    (floors,) = settings["tool"]["importlinter"]["contracts"]
    layers = [
        {name.removeprefix("povsim.") for name in line.split(" | ")} for line in floors["layers"]
    ]
    assert [shown[floor] for floor in sorted(shown, reverse=True)] == layers


def test_twenty_questions_and_more_are_answered_by_a_file_that_is_there():
    page = (DOCS / "architecture.md").read_text("utf-8").split("## Where is")[1]
    answers = re.findall(r"^\| [^|]*\? \| `([^`]+)` \|$", page, re.M)
    package = DOCS.parent / "src" / "povsim"
    assert len(answers) >= 20
    assert [name for name in answers if not (package / name).is_file()] == []
