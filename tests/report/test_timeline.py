"""The timeline says when what is withdrawn, as the model does it."""

import numpy as np
import pytest

from povsim.config import compose
from povsim.report.glossary import Glossary
from povsim.report.tables import read
from povsim.report.timeline import strength, timeline_table
from povsim.study.provenance import timeline


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
    assert "Matched leverage 100 %" in names


def test_a_study_without_a_timeline_has_no_table(finished):
    results = read(finished.folder)
    old = {k: v for k, v in results.manifest.items() if k != "timeline"}
    results.manifest.clear()
    results.manifest.update(old)
    assert timeline_table(results, Glossary("en", results.titles)) is None
