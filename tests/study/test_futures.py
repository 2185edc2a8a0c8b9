"""Vulnerability by branching futures."""

import numpy as np
import pytest

import povsim
from povsim.cli import main
from povsim.study.futures import branching_futures


@pytest.fixture(scope="module")
def model():
    m = povsim.PovertyModel.from_config(["scenario=hold", "size=classroom"], seed=2)
    m.run_for(12)
    return m


def test_the_poorer_have_more_futures_in_which_they_fall(model):
    before = model.households["savings"].copy()
    table = branching_futures(model, futures=6, months=12)
    low = table["income"] < table["income"].median()
    assert table["chance"][low].mean() > 3 * table["chance"][~low].mean() > 0
    np.testing.assert_array_equal(model.households["savings"], before)


def test_futures_differ_in_luck_and_can_be_repeated(model):
    one, again = (branching_futures(model, futures=2, months=6)["chance"] for _ in range(2))
    np.testing.assert_array_equal(one, again)
    assert set(np.unique(one)) <= {0.0, 0.5, 1.0}
    assert 0 < one.mean() < 1


def test_no_futures_are_refused(model):
    with pytest.raises(ValueError, match="futures=0; allowed: a whole number, 1 or more"):
        branching_futures(model, futures=0)


def test_vulnerability_is_told_at_the_start_and_after_each_year():
    from povsim.config import compose
    from povsim.study import vulnerability

    request = compose(["scenario=hold", "size=classroom", "households=400"])
    table = vulnerability(request.world, request.scenarios[0], years=1, futures=4)
    assert set(table["year"]) == {0, 1}
    whole = table.set_index(["year", "group"])
    groups = whole.drop(index=["all", "registered"], level="group").loc[1]
    mean = np.average(groups["expected_poverty"], weights=groups["persons"])
    assert whole.loc[(1, "all"), "expected_poverty"] == pytest.approx(mean)
    assert 0 < mean < 0.5


def test_vulnerability_is_shown_on_the_command_line(capsys):
    small = ["households=300", "futures=2", "years=1"]
    assert main(["describe", "vulnerability", *small, "--language", "zh"]) == 0
    assert "脆弱线" in capsys.readouterr().out
    assert main(["describe", "vulnerability", "futures=none"]) == 2
