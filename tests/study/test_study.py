"""Studies pair, count, resume and never hide a failure."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from povsim.config import compose
from povsim.errors import UserError
from povsim.study import Experiment, RunSpec, run_many, run_one, run_study
from povsim.study.comparison.effects import EFFECTS, effects
from povsim.study.comparison.study import ANNUAL, LEDGER, RUNS
from povsim.study.runs.spec import Outcome
from tests.study.conftest import TINY

FILES = (
    "effects.csv",
    "annual.parquet",
    "ledger.csv",
    "runs.csv",
    "verdicts.csv",
    "config.yaml",
    "manifest.json",
)


def test_a_study_leaves_its_files_with_their_columns(finished):
    assert finished.failed == 0
    assert all((finished.folder / name).is_file() for name in FILES)
    for name, columns in (("effects.csv", EFFECTS), ("runs.csv", RUNS), ("ledger.csv", LEDGER)):
        assert list(pd.read_csv(finished.folder / name).columns) == columns
    assert list(pd.read_parquet(finished.folder / "annual.parquet").columns) == ANNUAL


def test_the_baseline_differs_from_itself_by_exactly_zero(finished):
    own = finished.effects.query("scenario == 'hold'")
    own = own[~own["measure"].isin(["cost_per_relapse_averted", "cost_per_gap_yuan"])]
    assert (own["difference"] == 0).all()
    several = own[own["n_seeds"] > 1]
    assert (several["std_error"] == 0).all()


def test_arms_cost_the_same_within_half_a_per_cent(finished):
    assert finished.cost_residual
    assert max(abs(v) for v in finished.cost_residual.values()) < 0.005


def test_every_difference_has_an_interval(finished):
    main = finished.effects[finished.effects["measure"].isin(finished.experiment.outcomes)]
    once = main["n_seeds"] == 1  # a group that a county class has in one of the seeds only
    assert (main[once]["group"] != "all").all()
    assert (main[once]["region"] != "all").all()
    several = main[~once]
    assert several["ci_low"].notna().all()
    assert (several["ci_low"] <= several["difference"]).all()


def test_intervals_are_students():
    values = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [1.5, 1.0, 2.0]})
    rows = [
        {
            "measure": "m",
            "group": "all",
            "region": "all",
            "year": 2021,
            "scenario": s,
            "seed": i,
            "value": values[s][i],
        }
        for s in values
        for i in range(3)
    ]
    got = effects(pd.DataFrame(rows), "b", ["a"]).iloc[0]
    want = stats.ttest_rel(values["a"], values["b"]).confidence_interval(0.95)
    assert (got["ci_low"], got["ci_high"]) == pytest.approx((want.low, want.high))


def test_two_workers_give_the_bytes_of_one(finished, tmp_path):
    request = compose([*TINY[:-1], "workers=2"])
    again = run_study(request, tmp_path / "two")
    for name in ("effects.csv", "ledger.csv", "verdicts.csv"):
        assert (finished.folder / name).read_bytes() == (again.folder / name).read_bytes()
    pd.testing.assert_frame_equal(finished.annual, again.annual)


def test_a_killed_study_resumes_without_running_again(finished):
    specs = [RunSpec(compose(TINY).world, s, 1, 24) for s in compose(TINY).scenarios]

    def never(spec):
        raise AssertionError("ran again")

    found = run_many(specs, folder=finished.folder / "runs", runner=never)
    assert [o.status for o in found] == ["ok"] * len(specs)


def test_a_failed_run_is_a_row_and_the_others_finish(tmp_path):
    request = compose(["households=300", "years=1", "seeds=1", "workers=1"])
    specs = [RunSpec(request.world, s, 1, 12) for s in request.scenarios[:2]]
    broken = RunSpec(request.world, request.scenarios[0], -5, 12)
    outcomes = run_many([specs[0], broken, specs[1]], folder=tmp_path)
    assert [o.status for o in outcomes] == ["ok", "failed", "ok"]
    assert outcomes[1].error.startswith("UserError: seed=-5")
    assert (tmp_path / f"{broken.run_id()}.traceback.txt").is_file()


def test_everything_that_matters_changes_the_hash():
    base = compose(TINY)
    spec = RunSpec(base.world, base.scenario, 1, 24)
    other = compose([*TINY, "hazards.illness_rate=0.06"])
    hashes = {
        spec.run_id(),
        RunSpec(base.world, base.scenario, 2, 24).run_id(),
        RunSpec(base.world, base.scenario, 1, 36).run_id(),
        RunSpec(base.world, base.scenarios[1], 1, 24).run_id(),
        RunSpec(other.world, base.scenario, 1, 24).run_id(),
        RunSpec(base.world, replace(base.scenario, name="another_arm"), 1, 24).run_id(),
    }
    assert len(hashes) == 6


def test_one_run_is_a_plain_function():
    request = compose(["scenario=hold", "households=300", "years=1"])
    outcome = run_one(RunSpec(request.world, request.scenario, 1, 12))
    assert isinstance(outcome, Outcome)
    assert np.isfinite(outcome.fiscal_cost_pv)


def test_a_hypothesis_without_a_sign_is_told():
    text = {
        "title": {"en": "t"},
        "question": {"en": "q"},
        "baseline": "hold",
        "scenarios": ["hold"],
        "hypotheses": [
            {
                "id": "x",
                "statement": {},
                "measure": "gini",
                "scenario": "hold",
                "versus": "hold",
                "year": 1,
                "expected": "up",
                "falsifier": "",
            }
        ],
    }
    with pytest.raises(UserError, match="expected=up; allowed: <, >, ="):
        Experiment.from_mapping("x", text)


def test_a_folder_that_cannot_be_written_is_refused_before_anything_runs(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("here")
    with pytest.raises(UserError, match="can be written"):
        run_study(compose(TINY), blocked / "out")
