"""The timeline says when what is withdrawn, as the model does it."""

import numpy as np
import pytest

from povsim.config import compose
from povsim.report.results.study import read
from povsim.report.sections.timeline import strength, timeline_table
from povsim.report.sections.timeline import timeline as draw_timeline
from povsim.study.runs.provenance import timeline
from povsim.words.glossary import Glossary


def dated(scenario):
    return {use["programme"]: use for use in timeline(compose([f"scenario={scenario}"]).scenario)}


def test_a_taper_is_told_with_calendar_dates():
    cash = dated("taper")["targeted_cash"]
    assert (cash["shape"], cash["change_start"], cash["change_end"]) == (
        "linear",
        "2022-01",
        "2025-01",
    )
    assert cash["floor"] == 0.0
    assert cash["announced"]
    assert cash["share"] == pytest.approx(0.3)


def test_a_programme_that_is_held_has_no_dates_of_change():
    pension = dated("taper")["resident_pension"]
    assert (pension["shape"], pension["change_start"], pension["floor"]) == ("hold", None, 1.0)


@pytest.mark.parametrize("scenario", ["taper", "cliff", "step_down", "s_curve", "hold"])
def test_the_drawn_strength_is_the_model_s(scenario):
    use = next(u for u in compose([f"scenario={scenario}"]).scenario.programmes if u.share > 0)
    told = next(u for u in dated(scenario).values() if u["programme"] == use.name)
    months = np.arange(120)
    own = [use.transition.strength(m) for m in months]
    assert strength(told, months) == pytest.approx(own)


def test_a_change_turned_to_before_the_run_is_drawn():
    use = {**dated("taper")["targeted_cash"], "change_start": "2020-07", "change_end": "2021-07"}
    left = strength(use, np.array([0, 3, 6]))
    assert 1.0 > left[0] > left[1] > left[2]


def test_a_stop_ends_a_programme():
    use = {**dated("hold")["targeted_cash"], "stop": "2022-01"}
    assert list(strength(use, np.array([11, 12]))) == [1.0, 0.0]


def test_what_all_arms_share_stands_once_and_the_rest_by_arm(finished):
    results = read(finished.folder)
    grid = timeline_table(results, Glossary("en", results.titles))
    blocks = [line.of for line in grid.lines if line.of]
    assert blocks[0] == "All arms"
    assert len(blocks) == 1 + len(results.arms)
    names = [line.name for line in grid.lines]
    assert sum("Resident basic pension" in name for name in names) == 1
    assert "Matched leverage 100%" in names


@pytest.mark.parametrize(
    ("dial", "told"),
    [
        ("envelope", "(envelope × 1.25 for equal cost)"),
        ("dibao.standard", "(dibao.standard = 1.25 for equal cost)"),
    ],
)
def test_what_was_turned_for_equal_cost_stands_at_the_arm(dial, told, finished):
    results = read(finished.folder)
    results.manifest["matched"] = {"fiscal_leverage": {"dial": dial, "value": 1.25}}
    grid = timeline_table(results, Glossary("en", results.titles))
    assert [told in line.of for line in grid.lines if "Fiscal leverage" in line.of] == [True]
    names = [line.name for line in grid.lines]
    share = "125%" if dial == "envelope" else "100%"
    assert f"Matched leverage {share}" in names


def test_an_arm_that_differs_in_its_envelope_only_has_a_row(finished):
    results = read(finished.folder)
    results.manifest["timeline"] = dict.fromkeys(results.arms, results.timeline("hold")[-1:])
    results.manifest["matched"] = {"mixed": {"dial": "dibao.standard", "value": 2.0}}
    grid = timeline_table(results, Glossary("en", results.titles))
    assert [line.of for line in grid.lines][1:] == [
        "Half and half (dibao.standard = 2 for equal cost)"
    ]


def test_the_turned_envelope_is_drawn_as_run(finished):
    results = read(finished.folder)
    results.manifest["timeline"]["mixed"][-1]["stop"] = "2022-01"
    results.manifest["matched"] = {"fiscal_leverage": {"dial": "envelope", "value": 1.25}}
    figure, text = draw_timeline(results, Glossary("en", results.titles))
    assert figure.axes[0].get_ylim() == (0.0, 125.0)
    assert "Fiscal leverage 125%" in text


def test_a_study_without_a_timeline_has_no_table(finished):
    results = read(finished.folder)
    old = {k: v for k, v in results.manifest.items() if k != "timeline"}
    results.manifest.clear()
    results.manifest.update(old)
    assert timeline_table(results, Glossary("en", results.titles)) is None
