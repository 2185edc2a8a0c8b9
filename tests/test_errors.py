"""A user's mistake is one line that says what is right."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from povsim.errors import LONGEST_LIST, UserError, nearest


def test_a_mistake_names_key_value_choices_and_the_nearest():
    mistake = UserError("size", "dask", ["classroom", "desk", "study"])
    assert str(mistake) == "size=dask: allowed are classroom, desk, study; nearest is desk"


def test_nothing_near_is_not_guessed():
    assert "nearest" not in str(UserError("size", "qqq", ["classroom", "desk"]))


def test_a_long_list_is_cut_but_the_nearest_is_named():
    names = [f"name_{i}" for i in range(10, 60)]
    message = str(UserError("key", "name_5", names))
    assert message.count(",") == LONGEST_LIST
    assert "and 38 more" in message
    assert message.endswith(f"nearest is {nearest('name_5', names)[0]}")


@given(st.text(), st.text(), st.text())
def test_a_mistake_is_always_one_line(key, found, rule):
    assert len(str(UserError(key, found, rule)).splitlines()) <= 1


def test_a_mistake_survives_the_way_between_processes():
    mistake = UserError("years", 0, "1 or more")
    assert str(pickle.loads(pickle.dumps(mistake))) == "years=0: allowed is 1 or more"
