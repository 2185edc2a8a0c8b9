"""The page of state names the modules that change a column, and no run shows another."""

import ast
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest

import povsim
from povsim.cli.column_writers import writers, written_by
from povsim.config import compose
from povsim.model import PovertyModel, phases
from povsim.programmes.scenario_files import build_scenario, load_cards

PACKAGE = Path(povsim.__file__).parent
HELPERS = ("kernels", "money", "programmes")
"""Rooms whose modules a kernel or a programme may call to change a column."""


def written(line, before=""):
    source = f"def act(h, places, model, rows, name, amount):\n    {before or 'pass'}\n    {line}\n"
    return written_by({"m.py": source})["m.py"]


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("h.skill[rows] = amount", ""),
        ("h['skill'][rows] += amount", ""),
        ("model.households['skill'][:] = amount", ""),
        ("skill[:] = amount", "skill = model.households['skill']"),
        ("skill += amount", "skill = model.households.arrays.skill"),
        ("skill[0] -= amount", "other, skill = rows, h.skill"),
        ("np.maximum(amount, 0.0, out=table['skill'])", "table = model.households"),
        ("for one in ('skill',): h[one][rows] *= amount", ""),
        ("h[f'sk{amount}'][rows] = amount", ""),
        ("raised[rows] = amount", "raised = rows if amount else h.skill"),
    ],
)
def test_a_change_of_a_column_is_seen_however_it_is_written(line, before):
    assert written(line, before) == {("households", "skill")}


@pytest.mark.parametrize(
    "line",
    [
        "amount = h.skill[rows]",
        "amount = h.skill + 1",
        "model.skill[rows] = amount",
        "out = h.skill",
    ],
)
def test_what_changes_no_column_is_not_taken_for_a_change(line):
    assert written(line) == set()


def test_a_column_of_the_same_name_in_another_table_is_told_apart():
    assert written("model.counties['debt'][:] += amount") == {("counties", "debt")}
    assert written("h.debt[rows] = amount") == {("households", "debt")}


def test_who_hands_a_column_on_to_be_changed_is_its_writer():
    modules = {
        "lift.py": "def lift(stock, by):\n    stock += by",
        "raise.py": "def raised(index, by):\n    lift(index, by)",
        "build.py": "def build(model, name):\n    stock = model.places[name]\n    stock += 1",
        "teach.py": "def act(h):\n    raised(h.skill, by=1)",
        "roads.py": "def act(model):\n    build(model, 'infrastructure')",
    }
    assert written_by(modules) == {
        "lift.py": set(),
        "raise.py": set(),
        "build.py": set(),
        "teach.py": {("households", "skill")},
        "roads.py": {("places", "infrastructure")},
    }


@cache
def called_from(path):
    """Return a module and all that it imports from the rooms of helpers, by path."""
    found, waiting = set(), [path]
    while waiting:
        one = waiting.pop()
        if one in found or not (PACKAGE / one).exists():
            continue
        found.add(one)
        for node in ast.walk(ast.parse((PACKAGE / one).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("povsim."):
                base = node.module.removeprefix("povsim.").replace(".", "/")
                names = [f"{base}.py", *(f"{base}/{alias.name}.py" for alias in node.names)]
                waiting += [name for name in names if name.startswith(HELPERS)]
    return found


def path_of(module):
    return module.removeprefix("povsim.").replace(".", "/") + ".py"


def kernel_in(call):
    """Return the kernel that a call of places runs: bound to its arguments, or inside a lambda."""
    if isinstance(call, partial):
        return call.func
    (kernel,) = [c.cell_contents for c in call.__closure__ if hasattr(c.cell_contents, "py_func")]
    return kernel


class Watch:
    """See which columns change while a module is at work; the innermost has changed them."""

    def __init__(self, model):
        self.tables = {t: getattr(model, t) for t in ("households", "places", "counties")}
        self.at_work, self.seen = ["model/poverty_model.py"], set()
        self.last = self._now()

    def _now(self):
        return {(t, c): table[c].copy() for t, table in self.tables.items() for c in table}

    def mark(self):
        """Put what changed since the last mark down to who is at work."""
        now = self._now()
        changed = {key for key, old in self.last.items() if not np.array_equal(old, now[key])}
        self.seen |= {(self.at_work[-1], key) for key in changed}
        self.last = now

    @contextmanager
    def work_of(self, path):
        self.mark()
        self.at_work.append(path)
        yield
        self.mark()
        self.at_work.pop()

    def over(self, function, path):
        def watched(*arguments, **named):
            with self.work_of(path):
                return function(*arguments, **named)

        return watched


@pytest.fixture(scope="module")
def seen():
    """Run everything that government may do at once; return who changed which column."""
    cards = load_cards()
    spenders = [name for name, card in cards.items() if card.kind == "discretionary"]
    uses = {n: {"share": 1 / len(spenders)} if n in spenders else {} for n in cards}
    world = compose(["size=classroom", "households=400", "behaviour/motivation=aspiration"]).world
    content = {"name": "all", "title": {"en": "", "zh": ""}, "programmes": uses}
    model = PovertyModel(world, build_scenario(content, cards), seed=1)
    watch = Watch(model)

    def run(block, calls):
        for call in calls:
            with watch.work_of(path_of(kernel_in(call).py_func.__module__)):
                call(*block)

    def run_one(runner, call):
        run((0, runner.places), [call])

    for whole in (model.programmes, *model.programmes.programmes):
        path = path_of(type(whole).__module__)
        for hook in {"rates", "modify", "allot", "act", "wind_down"} & set(dir(whole)):
            setattr(whole, hook, watch.over(getattr(whole, hook), path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("povsim.kernels.places._run", run)
        patch.setattr(type(model.runner), "__call__", run_one)
        for name, phase in vars(phases).items():
            if getattr(phase, "__module__", "") == phases.__name__:
                patch.setattr(phases, name, watch.over(phase, "model/phases.py"))
        model.run_for(14)
    return watch.seen


def test_no_module_changes_a_column_that_the_page_of_state_does_not_name_it_for(seen):
    told = writers()
    untold = {
        (path, column) for path, column in seen if not called_from(path) & set(told.get(column, ()))
    }
    assert untold == set()
    assert len(seen) > 120  # the watch sees


def test_the_model_changes_nothing_between_its_phases_and_programmes(seen):
    assert {column for path, column in seen if path == "model/poverty_model.py"} == set()
