"""Warning sees what its signal allows, helps in time, and leaves no trace when it is absent."""

import numpy as np
import pytest
from scipy.stats import norm

from povsim.config import compose
from povsim.measures import signal
from povsim.model import PovertyModel


def model(months=0, share=0.2, **settings):
    text = ", ".join(f"{key}: {value}" for key, value in {"share": share, **settings}.items())
    request = compose(
        [
            "scenario=direct_transfers",
            "size=classroom",
            f"scenario.programmes.targeted_cash.share={1 - share}",
            f"+scenario.programmes.early_warning={{{text}}}",
        ]
    )
    made = PovertyModel(request.world, request.scenario, seed=2)
    for _ in range(months):
        made.step()
    return made


def warning(made):
    return next(p for p in made.programmes.programmes if p.name == "early_warning")


@pytest.mark.parametrize("strength", [0.0, 0.77, 1.81])
def test_scans_find_the_share_that_theory_says(strength):
    made = model(signal=strength, false_alarm_rate=0.1)
    programme, n = warning(made), len(made.households)
    risk = np.arange(n) % 2 == 0
    hits, alarms = 0.0, 0.0
    for month in range(40):
        made.month = month
        flagged = programme.flagged(made, risk)
        hits += flagged[risk].mean() / 40
        alarms += flagged[~risk].mean() / 40
    expected = norm.sf(norm.isf(0.1) - strength)
    error = 4 / np.sqrt(40 * n / 2) * 0.5
    assert hits == pytest.approx(expected, abs=error)
    assert alarms == pytest.approx(0.1, abs=error)


def test_the_signal_of_the_card_is_the_published_area_under_the_curve():
    assert signal.auc_of_signal(warning(model()).numbers.signal) == pytest.approx(0.706, abs=0.005)


def test_help_comes_once_a_case_and_costs_what_the_card_says():
    made = model(months=8, cause_specific=0, scan_months=0, officer_cost=0, scan_cost=0)
    h = made.households
    helped = (h["flags"] & 32768) != 0
    assert helped.any()
    assert (h["monitoring"][h["case"] > 0] > 0).all()
    assert (h["case"][h["monitoring"] > 0] > 0).all()


def test_slow_help_comes_later():
    quick, slow = (model(months=6, response_days=days) for days in (0, 180))
    assert sum(warning(quick).delays) >= 0
    assert len(warning(slow).delays) < len(warning(quick).delays)


def test_luck_is_the_same_with_and_without_warning():
    with_it, without = model(months=12), model(months=12, share=0.0)
    for name in ("lasting_shock", "season_factor"):
        np.testing.assert_array_equal(with_it.households[name], without.households[name])


def test_without_the_programme_nobody_is_monitored():
    request = compose(["scenario=direct_transfers", "size=classroom"])
    made = PovertyModel(request.world, request.scenario)
    made.run_for(3)
    assert not made.households["monitoring"].any()
    assert not made.households["case"].any()


def test_a_case_is_counted_once_when_it_is_entered():
    made = model(months=12)
    of_year = {m: v for *_, m, v in made.observer.rows}
    assert of_year["warning_cases"] > 0.0
    assert warning(made).new_cases == 0.0
    assert of_year["warning_officer_load"] > 0.0
