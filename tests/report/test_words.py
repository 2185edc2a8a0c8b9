"""Every word that the report asks for is in the glossary, in both languages."""

import re
from pathlib import Path

import pytest

from povsim import report
from povsim.words.glossary import Glossary, entries
from povsim.words.typography import percent

FOLDER = Path(report.__file__).parent
TEXT = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [*FOLDER.rglob("*.py"), *(FOLDER / "templates").glob("*.j2")]
)


@pytest.mark.parametrize(("asked", "section"), [("word", "words"), ("sentence", "sentences")])
def test_what_is_asked_for_is_there(asked, section):
    keys = set(re.findall(rf'\b{asked}\(\s*["\']([\w]+)["\']', TEXT))
    assert len(keys) > 20
    assert keys <= set(entries()[section])


def test_both_languages_fill_the_same_places_of_a_sentence():
    for key, entry in entries()["sentences"].items():
        places = {lang: set(re.findall(r"{(\w+)}", entry[lang])) for lang in ("en", "zh")}
        assert places["en"] == places["zh"], key


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Costs (yuan): a, b; c"), ("zh", "Costs（yuan）：a、b；c")]
)
def test_texts_are_strung_together_as_each_language_does(language, told):
    words = Glossary(language)
    said = words.joined([words.joined(["a", "", "b"]), "c"], "clause")
    assert words.labelled(words.bracketed("Costs", "yuan"), said) == told


def test_a_share_is_written_as_percent_without_a_space_or_a_lost_sign():
    assert (percent(0.031), percent(-0.031, 1), percent(-0.0001)) == ("3%", "−3.1%", "0%")
