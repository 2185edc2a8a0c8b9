"""How sure a difference is agrees with textbooks."""

import numpy as np
import pytest
from scipy import stats

from povsim.config import compose
from povsim.study import run_study
from povsim.study.comparison.inference import bootstrap_interval, holm, seeds_needed


def test_holm_agrees_with_a_hand_calculation():
    """Four tests: 0.01 x 4; 0.02 x 3; 0.03 x 2 = 0.06; 0.05 x 1, raised to 0.06."""
    got = holm([0.02, 0.05, 0.01, np.nan, 0.03])
    assert got[[2, 0, 4, 1]] == pytest.approx([0.04, 0.06, 0.06, 0.06])
    assert np.isnan(got[3])
    assert holm([0.6, 0.7]).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("spread", [0.002, 0.01, 0.05])
def test_seeds_needed_is_the_smallest_number_that_is_enough(spread):
    def reach(n):
        return stats.t.ppf(0.975, n - 1) * spread / np.sqrt(n)

    n = seeds_needed(spread, 0.001)
    assert reach(n) <= 0.001
    assert n == 2 or reach(n - 1) > 0.001


def test_many_seeds_needed_are_those_of_the_normal_closed_form():
    assert seeds_needed(1.0, 0.01) == pytest.approx((1.959964 / 0.01) ** 2, rel=1e-3)


def test_bootstrap_and_t_agree_where_values_are_normal():
    x = np.random.default_rng(1).normal(3.0, 2.0, 400)
    t = stats.ttest_1samp(x, 0.0).confidence_interval(0.95)
    assert bootstrap_interval(x) == pytest.approx((t.low, t.high), abs=0.03)


def test_bootstrap_intervals_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(2)
    inside = [
        low <= 0.0 <= high
        for low, high in (bootstrap_interval(rng.normal(0, 1, 40), 400) for _ in range(400))
    ]
    assert np.mean(inside) == pytest.approx(0.94, abs=0.035)


def test_seeds_are_added_until_intervals_are_narrow_and_it_resumes(tmp_path):
    words = ["households=600", "years=2", "seeds=2", "workers=1", "experiment.reference=null"]
    words += ["experiment.outcomes=[relapse_rate]", "precision=0.006", "max_seeds=24"]
    first = run_study(compose(words), tmp_path)
    table = first.precision
    width = (table["ci_high"] - table["ci_low"]) / 2
    assert 2 < table["n_seeds"].min() <= 24
    assert width.max() <= 0.006 or table["n_seeds"].max() == 24
    runs = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "runs").glob("*.run")}
    again = run_study(compose(words), tmp_path)
    assert again.precision.equals(table)
    assert {p.name: p.stat().st_mtime_ns for p in (tmp_path / "runs").glob("*.run")} == runs


def test_no_more_than_the_most_seeds_are_added():
    words = ["households=300", "years=1", "seeds=2", "workers=1", "experiment.reference=null"]
    study = run_study(compose([*words, "precision=0.00001", "max_seeds=4"]))
    assert study.manifest["seeds"] == [1, 2, 3, 4]


def told(study, language="en"):
    return [note[language] for note in study.manifest["notes"]]


def test_precision_that_is_not_reached_is_said_with_the_seeds_that_would_do():
    words = ["households=300", "years=1", "seeds=2", "workers=1", "experiment.reference=null"]
    study = run_study(compose([*words, "precision=0.0001", "max_seeds=3"]))
    (note,) = told(study)
    needed = max(study.precision["seeds_needed"].dropna())
    assert note.startswith("The precision asked for (±0.01 points) is not reached with max_seeds=3")
    assert note.endswith(f"about {needed:,.0f} seeds would do.")


def test_precision_of_a_single_scenario_is_that_of_its_levels():
    words = ["scenario=hold", "households=300", "years=1", "seeds=2", "workers=1"]
    study = run_study(compose([*words, "precision=0.05", "max_seeds=6"]))
    (row,) = study.precision.to_dict("records")
    levels = study.annual.query("measure == 'relapse_rate' and group == 'all' and region == 'all'")
    assert row["baseline"] == ""
    assert row["difference"] == pytest.approx(levels["value"].mean())
    assert row["n_seeds"] == len(levels) == len(study.manifest["seeds"])
    assert "as was asked for (±5)" in told(study)[0]


def test_precision_of_no_share_is_said():
    words = ["households=300", "years=1", "seeds=2", "workers=1", "experiment.reference=null"]
    study = run_study(compose([*words, "precision=0.05", "experiment.outcomes=[mean_income]"]))
    assert told(study, "zh") == ["precision 只针对比例，而所列结果中没有比例，故未增加种子。"]
