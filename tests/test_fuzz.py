"""Files of users, changed at random, are run or refused in one line (many: ``tests/fuzz.py``)."""

import random

import pytest

from tests.fuzz import one_design, one_file


@pytest.mark.parametrize("luck", range(8))
def test_a_changed_file_is_run_or_refused_in_one_line(luck, tmp_path):
    trial = one_file(random.Random(f"suite-{luck}"), tmp_path)
    assert not trial.fault, f"{trial.what}\n{trial.fault}"


@pytest.mark.parametrize("luck", range(4))
def test_a_changed_design_is_run_or_refused_in_one_line(luck, tmp_path):
    trial = one_design(random.Random(f"suite-{luck}"), tmp_path)
    assert not trial.fault, f"{trial.what}\n{trial.fault}"
