"""What a sweep says before it starts."""

import pytest

from povsim.cli.sweep import lasting, starting
from povsim.config.plans import compose_sweep
from povsim.study.runs.executors import Executor
from povsim.study.runs.outlook import Outlook, expected, look_ahead
from povsim.study.runs.spec import RunSpec
from povsim.study.runs.store import Store

WORDS = ["experiment.scenarios=[hold,cliff]", "experiment.hypotheses=[]", "households=300"]
WORDS += ["vary=[hazards.illness_rate]", "design=lhs", "n=3", "seeds=2", "years=1"]


@pytest.fixture(scope="module")
def planned():
    return compose_sweep([*WORDS, "workers=2"])


@pytest.fixture(scope="module")
def specs(planned):
    request, plan = planned
    arms = [
        list(plan.place(row, plan.label(i)).values())[:2]
        for i, row in enumerate(plan.design.to_dict("records"))
    ]
    return [RunSpec(*arm, seed, 12) for point in arms for seed in request.seeds for arm in point]


def test_runs_are_counted_and_some_made_first(specs, tmp_path):
    store = Store(tmp_path / "runs").open()
    outlook, receipts = look_ahead(specs, store, Executor("processes", 2))
    assert (outlook.total, outlook.left) == (12, 9)
    assert len(receipts) == 3 and all(store.has(run_id) for run_id in receipts)
    again, _ = look_ahead(specs, store, Executor("processes", 2))
    assert (again.total, again.left) == (12, 6)


def test_loading_the_model_counts_once_and_a_population_once_a_batch():
    assert expected([9.0, 2.0, 1.0], left=8, per_batch=4, workers=2) == pytest.approx(7.0 + 5.0)
    assert expected([3.0], left=1, per_batch=1, workers=1) == pytest.approx(3.0)
    assert expected([3.0, 1.0], left=0, per_batch=1, workers=1) == 0.0


@pytest.mark.parametrize(
    ("language", "counted", "left", "done"),
    [
        ("en", "3 points × 2 arms × 2 seeds = 12 runs", "9 still to run", "nothing left to run"),
        ("zh", "3个设计点×2个方案×2个种子＝12次运行", "尚余9次", "均已完成，无需再运行"),
    ],
)
def test_what_is_to_run_is_said(language, counted, left, done):
    request, plan = compose_sweep([*WORDS, "workers=2", f"language={language}"])
    told = starting(request, plan, Outlook(12, 9, 300.0))
    assert told.startswith(counted) and left in told
    assert lasting(300.0, language) in told
    assert starting(request, plan, Outlook(12, 0, 0.0)).endswith(done)


def test_times_are_said_in_their_unit():
    assert [lasting(s, "en") for s in (0.2, 90, 600, 9000)] == ["1 s", "90 s", "10 min", "2 h"]
    assert lasting(600, "zh") == "10 分钟"
