"""Every account of the ledger has words and a colour."""

import pytest

from povsim.money.ledger import SOURCES, USES
from povsim.report.figures.bars import USE_COLOURS
from povsim.words.glossary import entries


@pytest.mark.parametrize("use", USES)
def test_a_use_has_words_and_a_colour(use):
    assert use in USE_COLOURS
    assert {"en", "zh"} <= set(entries()["uses"][use])


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_has_words(source):
    assert {"en", "zh"} <= set(entries()["sources"][source])
