"""Equal cost by present value: the dial is found, or it is said why not."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from povsim.config import compose
from povsim.errors import RunsFailedError, UserError
from povsim.money.ledger import FISCAL_SOURCES
from povsim.study import RunSpec, run_one, run_study
from povsim.study.comparison.dial import MOST_STEPS, TOLERANCE, Dial, search

COSTS = {
    "proportional": (lambda x: 50.0 * x, 100.0),
    "with a fixed part": (lambda x: 40.0 + 25.0 * x, 100.0),
    "convex": (lambda x: math.expm1(2.0 * x), 100.0),
    "concave": (lambda x: 100.0 * math.sqrt(x), 170.0),
    "flat, then steep": (lambda x: 10.0 + 1000.0 * max(0.0, x - 3.0), 100.0),
    "steep, then flat": (lambda x: min(90.0 * x, 89.0 + x), 91.5),
    "steps as of quotas": (lambda x: 0.1 * round(500.0 * x), 100.0),
    "falling": (lambda x: 200.0 - 40.0 * x, 100.0),
}


@pytest.mark.parametrize("name", COSTS)
def test_a_dial_finds_the_cost(name):
    cost, target = COSTS[name]
    dial = Dial("transition_start") if name == "falling" else Dial()
    found = match("arm", dial, 1.0, cost, target)
    assert abs(cost(found.value) / target - 1.0) <= TOLERANCE
    assert abs(found.residual) <= TOLERANCE
    assert len(found.steps) <= MOST_STEPS
    found.check(target)


@pytest.mark.parametrize("slope", [1.0, -1.0], ids=["rising", "falling"])
@pytest.mark.parametrize("start", [10.0, 30.0, 31.0, 60.0])
def test_a_declared_start_comes_to_the_same_cost(slope, start):
    dial = Dial("transition_start", -24.0, 90.0, start)
    found = match("arm", dial, dial.first(), lambda x: 100.0 + slope * (x - 30.5), 100.0)
    assert abs(found.residual) <= TOLERANCE
    near = slope > 0.0 and abs(start - 30.5) < 5.0
    assert len(found.steps) <= (3 if near else 5)


@settings(max_examples=200)
@given(st.floats(0.05, 20.0), st.floats(0.2, 5.0), st.floats(0.0, 0.9))
def test_any_rising_cost_that_can_be_reached_is_reached(target, power, fixed):
    def cost(x):
        return fixed * target + x**power

    reached = fixed * target <= target <= cost(4.0)
    found = match("arm", Dial(), 1.0, cost, target)
    assert not reached or abs(found.residual) <= 0.005


@pytest.mark.parametrize(
    ("cost", "told"),
    [
        (lambda x: 100.0 + 0.0 * x, r"cost 50 to 50% of it, the nearest -50%"),
        (lambda x: 10.0 * x, r"cost 5 to 20% of it, the nearest -80% at 4"),
        (lambda x: 0.0 if x < 2.0 else 1000.0, r"cost 0 to 500% of it"),
    ],
    ids=["flat", "too weak", "jumps"],
)
def test_a_cost_that_cannot_be_reached_is_told_in_one_line(cost, told):
    with pytest.raises(UserError, match=told) as raised:
        match("arm", Dial(), 1.0, cost, 200.0).check(200.0)
    assert "experiment.dials.arm: no value of envelope from 0 to 4" in str(raised.value)
    assert "\n" not in str(raised.value)


def request(dials=None):
    words = ["households=600", "years=2", "seeds=2", "workers=1"]
    words += ["experiment.equal_cost=present_value", "experiment.reference=null"]
    composed = compose(words)
    return replace(composed, experiment={**composed.experiment, "dials": dials or {}})


def match(arm, dial, start, cost, target):
    """Turn one dial alone."""
    steps = search(arm, dial, start, target)
    value = next(steps)
    while True:
        try:
            value = steps.send(cost(value))
        except StopIteration as end:
            return end.value


def test_a_study_at_equal_present_value_keeps_the_path_and_is_equal(tmp_path):
    study = run_study(request(), tmp_path)
    assert max(abs(v) for v in study.cost_residual.values()) <= 0.005
    path = pd.read_csv(tmp_path / "matching.csv")
    last = path.groupby("arm")["residual"].agg(lambda r: r.abs().min())
    assert set(last.index) == set(study.cost_residual) - {study.experiment.baseline}
    assert last.max() <= 0.005
    np.testing.assert_allclose(
        path["cost"] / path["baseline_cost"] - 1, path["residual"], atol=1e-8
    )


@pytest.mark.parametrize(
    ("dials", "told"),
    [
        ({"fiscal_leverag": {"dial": "envelope"}}, "nearest: fiscal_leverage"),
        ({"fiscal_leverage": {"dial": "dibau.standard"}}, "dial=dibau.standard"),
        (
            {"fiscal_leverage": {"dial": "dibao.standart"}},
            "nearest: dibao.standard",
        ),
        ({"fiscal_leverage": {"low": 2, "high": 1}}, "low=2.0; allowed: less than 1.0"),
        ({"fiscal_leverage": {"high": 0.1}}, "widen its range"),
    ],
)
def test_a_dial_that_cannot_be_turned_is_told(dials, told):
    with pytest.raises(UserError, match=told):
        run_study(request(dials))


def test_a_run_that_fails_while_costs_are_matched_is_told(monkeypatch):
    from functools import partial

    from povsim.study.runs import bench
    from povsim.study.runs.runner import run_missing
    from tests.study import stubs

    monkeypatch.setattr(bench, "run_missing", partial(run_missing, runner=stubs.fails))
    with pytest.raises(RunsFailedError, match="a run failed: ValueError: no"):
        run_study(request())


def test_cost_holds_administration_interest_and_all_that_guarantees_lose():
    arm = next(s for s in request().scenarios if s.name == "fiscal_leverage")
    world = request().world
    undiscounted = replace(world, economy=replace(world.economy, discount_rate=0.0))
    done = run_one(RunSpec(undiscounted, arm, 1, 60))
    money = done.ledger
    paid = money["source"].isin([*FISCAL_SOURCES, "carried_over"]) & (money["use"] != "unspent")
    assert done.spent_pv == pytest.approx(money.loc[paid, "amount_yuan"].sum())
    by_use = money[paid].groupby("use")["amount_yuan"].sum()
    assert by_use["administration"] > 0.0
    assert by_use["interest"] > 0.0
    lost = money.loc[money["source"] == "guarantee_fund", "amount_yuan"].sum()
    put_in = money[paid & (money["programme"] == "matched_leverage")]
    assert 0.0 < lost <= put_in.loc[put_in["use"] == "fund_balance", "amount_yuan"].sum()


def test_costs_are_matched_again_when_seeds_are_added(monkeypatch):
    from functools import partial

    from povsim.study.runs import bench
    from povsim.study.runs.runner import run_missing
    from tests.study import stubs

    def dearer_with_every_seed(spec):
        done = stubs.outcome(
            spec, {"relapse_rate": 0.1 * (spec.seed % 2) * len(spec.scenario.name)}
        )
        each = 1.0 if spec.scenario.name == "hold" else 1.0 + 0.1 * spec.seed
        done.fiscal_cost_pv = each * spec.world.fiscal.envelope_per_registered_person
        return done

    monkeypatch.setattr(bench, "run_missing", partial(run_missing, runner=dearer_with_every_seed))
    found = run_study(replace(request(), precision=0.0001, max_seeds=6))
    assert max(abs(v) for v in found.cost_residual.values()) <= 0.005
    path = found.matching[found.matching["arm"] == "fiscal_leverage"]
    assert path["seeds"].unique().tolist() == [2, 6]
    assert path["step"].tolist() == list(range(len(path)))
    np.testing.assert_allclose(path["cost"] / path["baseline_cost"] - 1, path["residual"])
    assert found.manifest["timeline"].keys() == set(found.runs["scenario"])
    value = found.manifest["matched"]["fiscal_leverage"]["value"]
    assert value == pytest.approx(1.0 / 1.35, rel=0.005)


def test_the_timeline_is_the_turned_one(monkeypatch):
    from functools import partial

    from povsim.study.runs import bench
    from povsim.study.runs.runner import run_missing
    from tests.study import stubs

    def dearer_with_the_match(spec):
        done = stubs.outcome(spec)
        uses = {u.name: u for u in spec.scenario.programmes}
        leverage = uses.get("matched_leverage") if spec.scenario.name == "fiscal_leverage" else None
        done.fiscal_cost_pv = 0.5 + leverage.settings["match_ratio"] if leverage else 1.0
        return done

    monkeypatch.setattr(bench, "run_missing", partial(run_missing, runner=dearer_with_the_match))
    dial = {"dial": "matched_leverage.match_ratio", "low": 0.0, "high": 2.0}
    asked = request({"fiscal_leverage": dial})
    arms = asked.experiment["scenarios"]
    fixed = {name: {"dial": "none"} for name in arms if name not in ("fiscal_leverage", "hold")}
    found = run_study(
        replace(
            asked, experiment={**asked.experiment, "dials": {**asked.experiment["dials"], **fixed}}
        )
    )
    told = {u["programme"]: u for u in found.manifest["timeline"]["fiscal_leverage"]}
    assert told["matched_leverage"]["settings"]["match_ratio"] == pytest.approx(0.5, abs=0.005)
