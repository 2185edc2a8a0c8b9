"""The page of a search says each thing once, and does not rank what cannot be told apart."""

import pandas as pd
import pytest

from povsim.report import write_search_report


@pytest.fixture
def text(searched, pages):
    return pages("searched", searched, "en")


def lead(text):
    return text.split('class="lead">')[1].split("</p>")[0]


def test_a_mix_that_is_best_at_both_is_said_once(text):
    said = lead(text)
    assert "One mix has both" in said
    assert said.count("targeted cash 90%") == 1


def test_an_effect_whose_interval_holds_zero_is_not_called_the_best(text):
    said = lead(text)
    assert "It is unclear where" in said
    assert "of 2 programmes, 0 have an effect that can be told from zero" in said


def test_a_clear_effect_is_called_the_best(searched, tmp_path):
    for file in searched.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    table = pd.read_csv(tmp_path / "marginal.csv").assign(ci_low=5.0, ci_high=90.0)
    table.to_csv(tmp_path / "marginal.csv", index=False)
    said = lead(write_search_report(tmp_path, "en").read_text(encoding="utf-8"))
    assert "would do most in “targeted cash”: 60.0 falls averted" in said


def test_names_of_mixes_do_not_break_and_keys_are_set_as_code(text):
    assert "mix\u00a01" in text
    assert "<code>programmes.matched_leverage.waste_share</code>" in text
    assert "`" not in text
