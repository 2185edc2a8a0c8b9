"""Vulnerability by branching futures."""

import numpy as np
import pytest

import povsim
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
    with pytest.raises(ValueError, match="futures=0: allowed is 1 or more"):
        branching_futures(model, futures=0)
