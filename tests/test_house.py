"""The house keeps its own rules."""

import ast
import subprocess
import sys
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import grimp
import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "povsim"
BIN = Path(sys.executable).parent
FRONT = "povsim"
"""The package itself: its lazy front names what users import and belongs to no floor."""
DOORS = {("povsim.model.poverty_model", "povsim.config"), ("povsim.study.page", "povsim.report")}
"""The two imports that go up: a model from overrides, and the page of a finished study."""


@cache
def imports():
    """Return which file imports which, those inside functions and for type checking too."""
    graph = grimp.build_graph(FRONT, exclude_type_checking_imports=False)
    return nx.DiGraph(
        (importer, imported)
        for importer in graph.modules - {FRONT}
        for imported in graph.find_modules_directly_imported_by(importer) - {FRONT}
    )


def circles(graph):
    """Return the circles of a graph, each as a chain that begins and ends alike."""
    tied = [graph.subgraph(c) for c in nx.strongly_connected_components(graph) if len(c) > 1]
    found = [nx.find_cycle(part) for part in tied]
    return [" -> ".join([chain[0][0], *(after for _, after in chain)]) for chain in found]


def test_no_files_import_each_other_in_a_circle():
    assert circles(imports()) == []


def test_but_for_two_doors_no_rooms_import_each_other_in_a_circle():
    rooms = nx.DiGraph()
    for importer, imported in imports().edges - DOORS:
        one, other = (name.split(".")[1] for name in (importer, imported))
        if one != other:
            rooms.add_edge(one, other)
    assert circles(rooms) == []


def test_the_doors_are_those_that_the_floors_know():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (floors,) = settings["contracts"]
    up = {tuple(line.split(" -> ")) for line in floors["ignore_imports"]}
    assert up - {(FRONT, f"{FRONT}.**")} == DOORS
    assert not settings.get("exclude_type_checking_imports", False)


def test_a_circle_is_seen():
    ring = ["a", "b", "c", "a"]
    assert len(circles(nx.DiGraph([*pairwise(ring), ("d", "a")]))) == 1


def test_few_modules_lie_loose_beside_the_rooms():
    loose = sorted(p.stem for p in PACKAGE.glob("*.py") if not p.stem.startswith("__"))
    assert len(loose) <= 7, loose


def files_named_in(path):
    """Yield the texts of a module that end like the name of a data file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (word for word in node.value.split("/") if word in data_files())


@cache
def data_files():
    """Return the folder of every data file that lies in the package, by name."""
    kinds = (".yaml", ".csv", ".j2")
    return {p.name: p.parent for p in PACKAGE.rglob("*") if p.suffix in kinds}


def test_a_room_reads_no_other_rooms_files():
    readers = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        for name in files_named_in(path)
        if path.relative_to(PACKAGE).parts[0] != data_files()[name].relative_to(PACKAGE).parts[0]
    }
    assert readers <= {("population/facts.py", "facts.csv")}


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports"],
        ["mypy"],
        ["ruff", "check", "src", "tests", "benchmarks"],
        ["ruff", "format", "--check", "src", "tests", "benchmarks"],
    ],
)
def test_the_house_is_in_order(command):
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_month_reads_on_one_screen_and_odd_tells_the_same_order():
    source = (ROOT / "src/povsim/model/poverty_model.py").read_text(encoding="utf-8")
    step = source.split("def step(self)")[1].split("@property")[0].splitlines()
    assert len(step) < 28
    called = [
        name
        for line in step
        for name in (
            "economy.advance",
            "programmes.rates",
            "bring_weather",
            "strike_households",
            "find_and_lose_jobs",
            "operate_industry",
            "produce_and_pay",
            "programmes.act",
            "spend_and_save",
            "invest(",
            "grow_and_wear",
            "record_welfare",
            "close_ledger",
            "observer.take",
        )
        if name in line
    ]
    odd = (ROOT / "docs/odd.md").read_text(encoding="utf-8").split("## 3.")[1]
    places = [odd.index("`" + name.rstrip("(")) for name in called]
    assert len(called) == 14
    assert places == sorted(places)


def test_no_file_outgrows_its_room():
    long = [p for p in (ROOT / "src").rglob("*.py") if len(p.read_text().splitlines()) > 450]
    assert not long
