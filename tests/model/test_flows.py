"""What one part of a month leaves for another has one writer, and is read only when it is there."""

import ast
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

import povsim
from povsim.kernels import capability
from povsim.model import PovertyModel, accounts, phases
from povsim.params import World
from povsim.programmes.stage import Stage
from povsim.state.flows import declared_flows
from povsim.units import known
from tests.model.conftest import course

ROOT = Path(povsim.__file__).parent
DECLARED = declared_flows()


def flow_of(node):
    """Return the flow that an expression is, or is a part of; none if it is something else."""
    if isinstance(node, ast.Subscript):
        return flow_of(node.value)
    if isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "flows":
        return node.attr
    return None


def changed_by(node):
    """Yield the flows that a statement or a call changes."""
    if isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from map(flow_of, target.elts if isinstance(target, ast.Tuple) else [target])
    elif isinstance(node, ast.Call):
        yield from (k.value.value for k in node.keywords if k.arg == "into")
        if isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            yield flow_of(node.func.value)


def writers():
    """Return who changes each flow in a run: phases and functions, and classes of programmes."""
    found = defaultdict(set)
    for path in ROOT.rglob("*.py"):
        for top in ast.parse(path.read_text("utf-8")).body:
            parts = top.body if isinstance(top, ast.ClassDef) else [top]
            for part in (p for p in parts if isinstance(p, ast.FunctionDef)):
                if part.name == "__init__":
                    continue
                owner = part.name if top.name == "PovertyModel" else top.name
                for flow in {f for node in ast.walk(part) for f in changed_by(node)} & {*DECLARED}:
                    found[flow].add(owner)
    return found


def test_every_flow_is_changed_by_its_declared_writer_and_by_nobody_else():
    assert writers() == {name: set(flow.writer.split(", ")) for name, flow in DECLARED.items()}


def test_flows_have_the_shapes_and_units_that_are_declared(build):
    flows = build("hold", 2).flows
    places = len(flows.lost_share)
    for name, declared in DECLARED.items():
        assert known(declared.unit), name
        assert declared.meaning, name
        rows, _, width = declared.shape.partition(", ")
        if rows == "places":
            shape = (places, int(width)) if width else (places,)
            assert getattr(flows, name).shape == shape, name


def test_a_flow_cannot_be_read_before_the_pass_that_fills_it_has_run(build):
    model = build("hold", 1)
    with model.together():
        phases.find_and_lose_jobs(model)
        with pytest.raises(AttributeError, match="'filled_jobs' is filled by the pass over places"):
            _ = model.flows.filled_jobs
    assert model.flows.filled_jobs.sum() > 0.0


def test_sums_cannot_be_asked_for_while_a_pass_is_gathered(build):
    model = build("hold", 1)
    numbers = model.numbers.capability
    arrays = (model.households.arrays, model.places.arrays)
    with model.together(), pytest.raises(RuntimeError, match="use walk_places"):
        model.over_places(capability.grow_and_wear, *arrays, numbers, 0.0, width=0)


def test_asking_for_excess_supply_changes_nothing(build):
    model = PovertyModel(World(households=400), course("hold"), seed=3)
    np.testing.assert_array_equal(accounts.excess_supply(model), 0.0)
    assert model.flows.first_supply is None
    model.run_for(3)
    first = model.flows.first_supply
    one, again = accounts.excess_supply(model), accounts.excess_supply(model)
    np.testing.assert_array_equal(one, again)
    assert model.flows.first_supply is first


def test_a_model_has_all_that_the_stage_shows(build):
    model = build("hold", 1)
    shown = {*Stage.__annotations__, *(name for name in vars(Stage) if not name.startswith("_"))}
    assert {name for name in shown if not hasattr(model, name)} == set()
    assert {"flows", "programmes", "over_places"} <= shown


def test_a_branch_lives_under_another_seed_and_leaves_the_model_as_it_is(build):
    model = build("hold", 6)
    branch = model.branch(99)
    branch.run_for(2)
    assert (branch.seed, model.seed, model.month) == (99, 3, 6)
    assert branch.key != model.key
