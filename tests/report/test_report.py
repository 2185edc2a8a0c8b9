"""The report says what the tables say, in both languages."""

import os
import re
from concurrent.futures.process import BrokenProcessPool

import pandas as pd
import pytest

from povsim.machine.processes import one_beside
from povsim.measures.catalogue import measures
from povsim.report import write_report
from povsim.report.pages.figures import draw_all
from povsim.report.results.study import read
from povsim.report.sections.provenance import notes
from povsim.words.glossary import Glossary, entries

NAMES = [
    "relapse_rate",
    "ever_relapsed_share",
    "new_poverty_rate",
    "absolute_poverty_rate",
    "consumption_poverty_rate",
    "poverty_gap",
    "squared_poverty_gap",
    "watts",
    "relative_poverty_rate_40",
    "relative_poverty_rate_50",
    "relative_poverty_rate_60",
    "multidimensional_headcount",
    "multidimensional_m0",
    "gini",
    "theil",
    "theil_between_regions",
    "s80_s20",
    "relative_deprivation",
    "vulnerability_rate",
    "mean_income",
    "median_income",
    "income_wage",
    "income_business",
    "income_property",
    "income_transfer",
    "policy_income_share",
    "mean_consumption",
    "mean_productive_assets",
    "mean_savings",
    "distress_sale_rate",
    "catastrophic_health_rate",
    "employment_rate",
    "job_separation_rate",
    "mean_skill",
    "mean_motivation",
    "mean_integration",
    "return_move_rate",
    "monitored_share",
    "warning_true_positive_rate",
    "warning_false_positive_rate",
    "warning_delay_days",
    "fiscal_cost",
    "private_investment",
    "leverage_ratio",
    "medical_fund_balance",
    "guarantee_losses",
    "debt_to_revenue",
    "cost_per_relapse_averted",
]


def test_the_glossary_has_every_word_in_both_languages():
    for section, words in entries().items():
        for key, entry in words.items():
            assert entry.get("en"), f"{section}.{key}"
            assert entry.get("zh"), f"{section}.{key}"
    assert set(NAMES) <= set(measures())


def test_every_measure_of_a_run_is_in_the_glossary(finished):
    assert set(finished.annual["measure"]) <= set(measures())


@pytest.fixture(scope="module", params=["en", "zh"])
def page(request, finished):
    return request.param, write_report(finished.folder, request.param).read_text(encoding="utf-8")


def test_the_page_says_in_which_language_it_is(page):
    language, text = page
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in text


def test_the_page_shows_the_numbers_of_the_tables(page, finished):
    language, text = page
    words = Glossary(language)
    results = read(finished.folder)
    row = results.effect("mean_income", "direct_transfers", results.years[-1])
    assert words.difference("mean_income", row["difference"]) in text
    base = results.effect("relapse_rate", "hold", results.years[-1])
    assert words.value("relapse_rate", base["value"]) in text


def test_differences_of_shares_are_percentage_points_never_per_cent():
    assert Glossary("en").difference("relapse_rate", -0.0123) == "−1.23 pp"
    assert Glossary("zh").difference("relapse_rate", 0.01) == "+1.00个百分点"
    assert Glossary("en").interval("relapse_rate", -0.01, 0.02) == "−1.00 … +2.00 pp"
    assert Glossary("en").value("relapse_rate", 0.0123) == "1.23%"


def test_a_measure_that_was_not_run_is_left_out_and_said(copied):
    table = pd.read_csv(copied / "effects.csv")
    table[table["measure"] != "gini"].to_csv(copied / "effects.csv", index=False)
    text = write_report(copied, "en").read_text(encoding="utf-8")
    assert re.search(r"Not measured in this run:[^<]*Gini coefficient", text)


def test_what_was_asked_for_and_not_reached_is_said_on_the_page(finished):
    results = read(finished.folder)
    said = {"en": "Nothing comes of these", "zh": "下列安排不起作用"}
    results.manifest["notes"] = [said]
    for language in ("en", "zh"):
        assert notes(results.manifest, Glossary(language, results.titles)) == [said[language]]
    page = (write_report(finished.folder, "en", results=results)).read_text(encoding="utf-8")
    assert f"<li>{said['en']}</li>" in page


def test_figures_fall_back_to_english_without_a_chinese_font(finished, monkeypatch):
    from povsim.report.figures import fonts

    monkeypatch.setattr(fonts, "chinese_font", lambda: None)
    assert fonts.drawing_language("zh") == "en"
    text = write_report(finished.folder, "zh").read_text(encoding="utf-8")
    assert entries()["words"]["font_note"]["zh"] in text


def test_a_process_beside_draws_the_same(finished, tmp_path):
    results = read(finished.folder)
    alone = draw_all(results, tmp_path / "alone", "en")
    with one_beside() as beside:
        together = draw_all(results, tmp_path / "together", "en", beside)
    assert list(together.items()) == list(alone.items())
    for file in (tmp_path / "alone").iterdir():
        assert file.read_bytes() == (tmp_path / "together" / file.name).read_bytes()


def test_a_process_beside_that_died_leaves_no_figure_out(finished, tmp_path):
    with one_beside() as beside:
        with pytest.raises(BrokenProcessPool):
            beside.submit(os._exit, 1).result()
        drawn = draw_all(read(finished.folder), tmp_path, "en", beside)
    assert "trajectories" in drawn and (tmp_path / "trajectories.svg").is_file()
