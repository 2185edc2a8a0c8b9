"""Companion sweeps become sections of the same page; what was not run says how to get it."""

import json
import shutil

import pandas as pd
import pytest

from povsim.report import write_report
from povsim.report.figures.leverage_map import base_point, beaten, leverage_arm
from povsim.report.results.study import read
from povsim.report.results.sweep import read_sweep
from povsim.report.results.trials import read_checks, trials
from povsim.report.sections.alternatives import table as alternatives
from povsim.report.sections.checks import check_sections
from povsim.report.sections.stress import rankings, turns
from povsim.words.glossary import Glossary


@pytest.fixture
def study(checked):
    return read(checked), read_checks(checked)


def test_without_checks_one_line_says_how_to_get_them(copied):
    text = write_report(copied, "en").read_text(encoding="utf-8")
    assert text.count("<code>povsim run checks=all</code>") == 2
    assert "No stress tests" in text


def test_a_check_that_was_not_finished_is_left_out(checked):
    assert set(read_checks(checked)) == {"structures", "stress", "sign_map", "uncertainties"}
    manifest = checked / "checks" / "stress" / "manifest.json"
    manifest.rename(checked / "kept.json")
    try:
        assert "stress" not in read_checks(checked)
        words = Glossary("en", read(checked).titles)
        sections = check_sections(read(checked), read_checks(checked), words)
        assert sections[0].missing
    finally:
        (checked / "kept.json").rename(manifest)


def test_a_check_of_another_study_is_left_out(checked, tmp_path):
    shutil.copytree(checked, tmp_path / "chk")
    file = tmp_path / "chk" / "checks" / "stress" / "manifest.json"
    foreign = json.loads(file.read_text(encoding="utf-8")) | {"parent": "another"}
    file.write_text(json.dumps(foreign), encoding="utf-8")
    assert set(read_checks(tmp_path / "chk")) == {"structures", "sign_map", "uncertainties"}


def test_paired_differences_at_points_are_those_of_the_sweep_s_own_table(sweeps):
    sweep = read_sweep(sweeps["sign_map"])
    measure = sweep.primary
    own = sweep.rows("direct_transfers", measure).set_index("point")
    found = sweep.paired(measure, "direct_transfers", sweep.baseline)
    for column in ("difference", "ci_low", "ci_high"):
        expected = own[column].reindex(found.index)
        pd.testing.assert_series_equal(found[column], expected, rtol=1e-6, atol=1e-9)


def test_leverage_is_the_arm_with_most_money_for_it_and_the_map_shows_its_own_numbers(study):
    results, checks = study
    assert leverage_arm(results) == "fiscal_leverage"
    use = next(u for u in results.timeline("fiscal_leverage") if u["share"] == 1.0)
    point = base_point(results, checks["sign_map"])
    assert point == [use["settings"][n] for n in ("additionality", "poor_job_share")]


def test_the_sign_map_counts_points_where_leverage_is_better(study):
    results, checks = study
    sweep = checks["sign_map"]
    less = sweep.paired("relapse_rate", "fiscal_leverage", "hold")["difference"]
    said = beaten(results, sweep, Glossary("en", results.titles))[0]
    assert f"at {int((less < 0).sum())} of 4 points" in said


def test_an_order_that_a_stress_turns_is_said(study):
    results, checks = study
    sweep = checks["stress"]
    points = list(sweep.design["point"])
    arms = {"hold": 0.02, "direct_transfers": 0.01, "fiscal_leverage": 0.04, "mixed": 0.03}
    turned = {**arms, "hold": 0.01, "direct_transfers": 0.02}
    rows = [
        {"measure": "relapse_rate", "world": point, "seed": seed, "scenario": arm,
         "value": value + 0.0001 * seed * (arm == "hold")}
        for point in points
        for seed in (1, 2)
        for arm, value in (turned if point == points[1] else arms).items()
    ]  # fmt: skip
    rest = sweep.annual[sweep.annual["measure"] != "relapse_rate"]
    sweep.__dict__["annual"] = pd.concat([rest, pd.DataFrame(rows)])
    names = list(sweep.design["stress"])
    assert turns(sweep, "relapse_rate", names[2]) == []
    assert turns(sweep, "relapse_rate", names[1]) == [("hold", "direct_transfers", True)]
    said = rankings(sweep, Glossary("en", results.titles))[0]
    assert "clearly overtakes" in said


def test_every_alternative_has_a_row_and_the_study_s_own_is_marked(study):
    results, checks = study
    sweep = checks["structures"]
    grid = alternatives(results, sweep, Glossary("en", results.titles))
    assert len(grid.lines) == len(sweep.design) == 3
    marked = [line.name for line in grid.lines if "★" in line.name]
    assert marked == ["no trap (concave) ★"]
    tried = trials(results, sweep)
    assert [c.text for c in grid.foot[0].cells] == [
        f"{int(t.holds.sum())} of {t.points}" for t in tried
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_check_has_its_figure_and_its_finding_on_the_page(checked, pages, language):
    text = pages("checked", checked, language)
    words = Glossary(language)
    for name in ("stress", "sign_map", "uncertainties", "structures"):
        assert f"<h2>{words.word(f'check_{name}')}</h2>" in text
        assert (checked / "figures" / f"{name}.svg").is_file()
    assert text.count('class="finding"') >= 6
