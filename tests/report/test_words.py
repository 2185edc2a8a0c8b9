"""Every word that the report asks for is in the glossary, in both languages."""

import re
from pathlib import Path

import pytest

from povsim import report
from povsim.words.glossary import entries

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
