"""No file of the study knows a file that knows it."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import povsim

SOURCES = Path(povsim.__file__).parent
UP = {"povsim.study.page": "povsim.report", "povsim.model.poverty_model": "povsim.config"}
"""The two conveniences that reach up, each from one file."""


def name_of(path):
    words = path.relative_to(SOURCES.parent).with_suffix("").parts
    return ".".join(words[:-1] if words[-1] == "__init__" else words)


FILES = {name_of(path): path for path in SOURCES.rglob("*.py")}


def imported(path):
    """Yield the modules that a file imports, in functions and for type checking too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in FILES else node.module for name in inner)


def test_no_files_of_the_study_stand_in_a_circle():
    rooms = ("povsim.study.", "povsim.report")
    graph = {
        name: {other for other in imported(path) if other in FILES and other.startswith(rooms)}
        for name, path in FILES.items()
        if name.startswith(rooms)
    }
    TopologicalSorter(graph).prepare()  # raises if there is a circle


def test_only_two_files_reach_up_to_the_boundary_and_to_the_page():
    found = {}
    for name, path in FILES.items():
        if name.startswith(("povsim.study", "povsim.model", "povsim.programmes", "povsim.words")):
            for other in imported(path):
                if other.startswith(("povsim.report", "povsim.config", "povsim.cli")):
                    found[name] = other
    assert found == UP
