"""Regret and satisficing keep their identities."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from povsim.study.sweeps.regret import minimax_regret, regret, satisficing, wilson

outcomes = arrays(float, (3, 5), elements=st.floats(-100, 100))


@given(outcomes, arrays(float, 5, elements=st.floats(-50, 50)))
def test_the_best_has_no_regret_and_a_luckier_future_changes_none(values, shift):
    table = pd.DataFrame(values)
    found = regret(table)
    assert (found.min(axis=0) == 0).all()
    np.testing.assert_allclose(regret(table + shift), found, atol=1e-9)
    np.testing.assert_allclose(regret(-table, lower_is_better=False), found)


def test_minimax_regret_prefers_the_middle_course():
    table = pd.DataFrame({"calm": [1.0, 3.0, 2.0], "crisis": [9.0, 4.0, 5.0]}, ["a", "b", "c"])
    assert minimax_regret(table).to_dict() == {"c": 1.0, "b": 2.0, "a": 5.0}


def test_satisficing_counts_futures_that_keep_every_limit():
    relapse = pd.DataFrame([[0.01, 0.03, 0.01], [0.03, 0.03, 0.01]], ["a", "b"])
    income = pd.DataFrame([[10.0, 10.0, 5.0], [10.0, 10.0, 10.0]], ["a", "b"])
    limits = {"relapse": ("<=", 0.02), "income": (">=", 8.0)}
    found = satisficing({"relapse": relapse, "income": income}, limits).set_index("policy")
    assert found["share"].to_dict() == pytest.approx({"a": 1 / 3, "b": 1 / 3})
    assert (found["ci_low"] < found["share"]).all()


def test_wilsons_interval_has_its_published_value():
    """Newcombe (1998), method 3: 81 of 263."""
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
