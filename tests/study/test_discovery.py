"""PRIM finds a box that was planted, and none in noise."""

import numpy as np
import pandas as pd
import pytest

from povsim.study.sweeps.discovery import prim, say


@pytest.fixture(scope="module")
def planted():
    rng = np.random.default_rng(1)
    x = pd.DataFrame(rng.random((3000, 3)), columns=["lever", "rate", "idle"])
    x["trap"] = rng.choice(["concave", "geographic", "s_shaped"], 3000)
    inside = (x["lever"] < 0.4) & (x["rate"] > 0.5) & (x["trap"] == "geographic")
    fails = np.where(inside, rng.random(3000) < 0.97, rng.random(3000) < 0.02)
    return x, fails.astype(bool)


def test_a_planted_box_is_found(planted):
    box = prim(*planted)
    assert set(box.limits) == {"lever", "rate", "trap"}
    assert box.limits["lever"][1] == pytest.approx(0.4, abs=0.05)
    assert box.limits["rate"][0] == pytest.approx(0.5, abs=0.05)
    assert box.limits["trap"] == ("geographic",)
    assert box.density > 0.85
    assert box.coverage > 0.7
    assert box.trajectory["mass"].is_monotonic_decreasing


def test_the_box_is_said_in_both_languages(planted):
    box = prim(*planted)
    names = {"lever": "Additionality", "trap": "Trap"}
    english, chinese = say(box, names), say(box, names, "zh")
    assert english.startswith("It fails when ")
    assert "Additionality is below 0." in english
    assert "Trap is geographic" in english
    assert chinese.startswith("当")
    assert "Additionality低于0." in chinese
    assert f"{100 * box.density:.0f}% of the runs inside fail" in english


def test_noise_has_no_box():
    rng = np.random.default_rng(2)
    x = pd.DataFrame(rng.random((800, 3)), columns=list("abc"))
    box = prim(x, rng.random(800) < 0.2)
    assert box is None or box.density < 0.5


@pytest.mark.parametrize("fails", [False, True])
def test_where_all_runs_end_alike_there_is_no_box(fails):
    x = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [5.0, 5.0, 5.0]})
    assert prim(x, [fails] * 3) is None


def test_a_number_of_outcomes_that_does_not_fit_is_told():
    with pytest.raises(ValueError, match="fails: 2 values for 1 rows"):
        prim(pd.DataFrame({"a": [1.0]}), [True, False])
