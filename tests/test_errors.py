"""A user's mistake is one line that says what is right."""

import ast
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import povsim
from povsim.codes import LANGUAGES
from povsim.errors import LONGEST_LIST, UserError, nearest, said, texts

SOURCE = Path(povsim.__file__).parent


def test_a_mistake_names_key_value_choices_and_the_nearest():
    mistake = UserError("size", "dask", ["classroom", "desk", "study"])
    assert str(mistake) == "size=dask; allowed: classroom, desk, study; nearest: desk"


def test_nothing_near_is_not_guessed():
    assert "nearest" not in str(UserError("size", "qqq", ["classroom", "desk"]))


def test_a_long_list_is_cut_but_the_nearest_is_named():
    names = [f"name_{i}" for i in range(10, 60)]
    message = str(UserError("key", "name_5", names))
    assert message.count(",") == LONGEST_LIST
    assert "and 38 more" in message
    assert message.endswith(f"nearest: {nearest('name_5', names)[0]}")


@given(st.text(), st.text(), st.text())
def test_a_mistake_is_always_one_line(key, found, rule):
    assert len(str(UserError(key, found, rule)).splitlines()) <= 1


def test_a_mistake_survives_the_way_between_processes():
    mistake = UserError("years", 0, "1 or more")
    assert str(pickle.loads(pickle.dumps(mistake))) == "years=0; allowed: 1 or more"


def test_a_mistake_is_told_in_chinese():
    mistake = UserError("size", "dask", ["classroom", "desk", "study"])
    assert mistake.told("zh") == "size=dask；可用：classroom、desk、study；最接近：desk"
    inside = UserError("years", 0, said("whole_from_to", low=1, high=60)).at(said("arm", name="a"))
    assert inside.told("zh") == "方案 a：years=0；允许：1至60的整数"
    assert str(inside) == "arm a: years=0; allowed: a whole number, 1 to 60"


def test_a_mistake_keeps_its_languages_between_processes():
    mistake = UserError("years", 0, said("at_least", low=1), said("experiment", name="odd"))
    assert pickle.loads(pickle.dumps(mistake)).told("zh") == mistake.told("zh")


def parts_of(text):
    """Return the names of what is filled into a text."""
    return {part for _, part, _, _ in Formatter().parse(text) if part}


@pytest.mark.parametrize("name", texts())
def test_a_text_says_the_same_parts_in_both_languages(name):
    entry = texts()[name]
    assert set(entry) == set(LANGUAGES)
    parts = {
        lang: {part for _, part, _, _ in Formatter().parse(text) if part}
        for lang, text in entry.items()
    }
    assert parts["en"] == parts["zh"]


def calls_of_errors():
    """Yield the file and the calls that make an error or name one of its texts."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield path, node


def test_no_mistake_is_told_in_words_of_one_language():
    sentence = re.compile(r"[A-Za-z]{2,}[ ,:;]+[A-Za-z]{2,}")
    for path, call in calls_of_errors():
        if call.func.id in ("UserError", "RunsFailedError"):
            given = [part for part in ast.walk(call) if isinstance(part, ast.Constant)]
            literal = [part.value for part in given if isinstance(part.value, str)]
            assert not any(map(sentence.search, literal)), (path.name, literal)


def test_every_text_that_is_asked_for_is_there():
    for path, call in calls_of_errors():
        if call.func.id == "said" and isinstance(call.args[0], ast.Constant):
            needed = parts_of(texts()[call.args[0].value]["en"])
            given = {keyword.arg for keyword in call.keywords}
            assert None in given or needed <= given, (path.name, call.args[0].value)
