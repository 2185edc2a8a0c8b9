"""Warning sees what its signal allows, helps in time, and leaves no trace when it is absent."""

import numpy as np
import pytest
from scipy.stats import norm

from povsim.config import compose
from povsim.measures import signal
from povsim.model import PovertyModel

LINES = ["lines.absolute=6000", "lines.monitoring=8000"]
"""Lines under which there are enough falls to judge a signal on a small sample."""


def model(months=0, share=0.2, seed=2, lines=(), **settings):
    text = ", ".join(f"{key}: {value}" for key, value in {"share": share, **settings}.items())
    request = compose(
        [
            "scenario=direct_transfers",
            "size=classroom",
            f"scenario.programmes.targeted_cash.share={1 - share}",
            f"+scenario.programmes.early_warning={{{text}}}",
            *lines,
        ]
    )
    made = PovertyModel(request.world, request.scenario, seed=seed)
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


def found(made, measure):
    a = made.annual
    rows = a[(a["measure"] == measure) & (a["group"] == "all") & (a["region"] == "all")]
    return rows.set_index("year")["value"]


def test_slow_help_comes_later():
    quick, slow = (
        found(model(months=12, response_days=days), "warning_delay_days")[2021] for days in (0, 180)
    )
    assert quick >= 15
    assert slow >= quick + 90


def test_less_capacity_lengthens_the_measured_delay():
    delays = [
        found(model(months=24, capacity=room), "warning_delay_days")[2022] for room in (1000.0, 0.5)
    ]
    assert delays[1] > delays[0] + 60


def test_clues_over_capacity_wait_with_the_poorest_first():
    made = model(months=3, capacity=0.5)
    programme, h = warning(made), made.households
    assert len(programme.queue.rows) > 20
    made.step()
    trailing = h.income_per_person
    opened = h["case"] == 2  # opened this month, a month older at its end
    assert opened.any()
    assert trailing[opened].mean() < 0.8 * trailing[programme.queue.rows].mean()


def test_those_whom_a_short_purse_leaves_out_are_seen_to_wait():
    made = model(months=12, share=0.0)
    assert found(made, "warning_waiting_share")[2021] == 1.0
    assert found(made, "warning_delay_days")[2021] > 45


def test_the_confusion_matrix_adds_up_to_those_outside_poverty():
    made = model(months=12)
    programme = warning(made)
    outside = made.persons[programme.record.outside].sum()
    for _ in range(12):
        made.step()
    assert sum(programme.record.matrix) == pytest.approx(outside)
    m = programme.record.matrix
    rate = found(made, "warning_true_positive_rate")[2022]
    assert rate == pytest.approx(m.hits / (m.hits + m.misses))


@pytest.mark.parametrize("seed", [2, 3])
def test_a_blind_scan_finds_no_more_than_chance(seed):
    risk_seen, blind = (
        found(model(months=36, seed=seed, lines=LINES, signal=d), "warning_auc").mean()
        for d in (1.81, 0.0)
    )
    assert blind == pytest.approx(0.5, abs=0.1)
    assert risk_seen > blind + 0.15


def test_officers_with_many_open_cases_notice_less():
    made = model()
    warning(made).act(made)
    fresh = warning(made).noticing(made).mean()
    made.households["case"][:] = 1
    assert warning(made).noticing(made).mean() < 0.5 * fresh


def test_longer_delay_lets_more_fall():
    fallen = [
        sum(
            found(model(months=36, seed=s, response_days=days), "persons_fallen").sum()
            for s in (1, 2, 3, 4)
        )
        for days in (0, 365)
    ]
    assert fallen[1] > fallen[0]


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
