"""Hazards of the first fall are those of the survival measures."""

import numpy as np
import pandas as pd
import pytest

from povsim import measures
from povsim.study.comparison.hazards import hazards
from povsim.study.runs.gather import digest
from povsim.study.runs.spec import Outcome
from povsim.study.runs.store import checked, encode, split


@pytest.fixture
def run():
    falls = pd.DataFrame(
        {
            "uid": [3, 5, 3, 8],
            "month": [2, 2, 20, 7],
            "kind": ["relapse"] * 4,
            "cause": ["illness"] * 4,
            "group": ["GX"] * 4,
            "persons": [2.0, 3.0, 2.0, 4.0],
        }
    )
    outcome = Outcome(
        "a", "hold", "w", 1, months=24, falls=falls, at_risk={"relapse": 20.0, "new_poverty": 0.0}
    )
    head, tables = split(checked(encode(outcome)))
    return digest(head, tables["falls"])


def test_hazards_agree_with_nelson_aalen_and_kaplan_meier(run):
    table = hazards([run])
    time, event = np.array([2.0, 2, 7, 30]), np.array([True, True, True, False])
    weight = np.array([2.0, 3, 4, 11])
    nelson = measures.nelson_aalen(time, event, weight).values
    kaplan = measures.kaplan_meier(time, event, weight).values
    at = table.set_index("month").loc[[2, 7]]
    np.testing.assert_allclose(at["cumulative_hazard"], nelson)
    np.testing.assert_allclose(1 - at["ever_fallen_share"], kaplan)


def test_a_second_fall_of_a_household_is_counted_but_no_first_fall(run):
    assert run.falls["relapse"].sum() == 11.0
    assert hazards([run])["fell_persons"].sum() == 9.0
