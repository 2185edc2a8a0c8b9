"""Laws of every mix: money is kept, luck is kept, nothing is nothing."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from povsim.config import compose
from povsim.model import PovertyModel
from povsim.programmes.cards import load_card
from povsim.programmes.scenario_files import build_scenario, load_cards
from povsim.study.spec import RunSpec, run_one

CARDS = load_cards()
STATUTORY = ("resident_pension", "dibao", "medical_insurance", "public_posts")
LEVERS = [name for name in CARDS if name not in STATUTORY]
SMALL = compose(["size=classroom", "households=600"]).world


def scenario(programmes, name="mix"):
    content = {"name": name, "title": {"en": name, "zh": name}, "programmes": programmes}
    return build_scenario(content, CARDS)


def settings_of(name, share):
    return {"share": share} if load_card(name).kind == "discretionary" else {}


def statutory():
    return {name: {} for name in STATUTORY}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(LEVERS), min_size=1, max_size=10, unique=True), st.integers(0, 9))
def test_money_is_neither_made_nor_lost_in_random_mixes(names, seed):
    programmes = statutory() | {name: settings_of(name, 1.0 / len(names)) for name in names}
    model = PovertyModel(SMALL, scenario(programmes), seed=seed)
    model.run_for(14)  # the ledger raises if a yuan is missing
    for column in ("savings", "debt", "productive_assets", "land", "month_income"):
        assert np.isfinite(model.households[column]).all(), (column, names)
    assert (model.households.wage_workers <= model.households["labour"]).all(), names


def test_the_order_of_a_mix_changes_results_where_programmes_meet():
    """Dibao counts an allowance as income only if it was paid before."""
    one = {"child_allowance": {}, "dibao": {}}
    other = dict(reversed(one.items()))
    values = [run_one(RunSpec(SMALL, scenario(mix), 1, 24)).annual for mix in (one, other)]
    assert list(values[0]["measure"]) == list(values[1]["measure"])
    assert not np.allclose(values[0]["value"], values[1]["value"])


def test_only_what_is_in_the_mix_is_made():
    model = PovertyModel(SMALL, scenario(statutory()))
    assert [p.name for p in model.programmes.programmes] == list(STATUTORY)


def mean_income(outcome, group, year):
    a = outcome.annual
    rows = a[(a["measure"] == "mean_income") & (a["group"] == group) & (a["region"] == "all")]
    return float(rows[rows["year"] == year]["value"].iloc[0])


CLASSROOM = compose(["size=classroom"]).world


def outcome(overrides, months=48, seed=1):
    request = compose(["size=classroom", *overrides])
    return run_one(RunSpec(request.world, request.scenario, seed, months))


def test_a_cliff_at_the_right_date_costs_what_a_taper_costs():
    taper = outcome(["scenario=taper"])
    request = compose(["experiment=transition", "size=classroom"])
    arms = {s.name: s for s in request.scenarios}
    cliff = run_one(RunSpec(request.world, arms["cliff_same_cost"], 1, 48))
    assert cliff.fiscal_cost_pv == pytest.approx(taper.fiscal_cost_pv, rel=0.005)


def test_withdrawal_hurts_more_where_policy_is_more_of_income():
    hold, cliff = outcome(["scenario=hold"]), outcome(["scenario=cliff"])
    lost = {g: 1 - mean_income(cliff, g, 2024) / mean_income(hold, g, 2024) for g in ("G1", "G0")}
    assert lost["G1"] > lost["G0"] > -0.01


def test_floor_protection_households_do_not_gain_from_developmental_money():
    welfare = outcome(["scenario=welfare"])
    development = outcome(["scenario=development"])
    kept = outcome(["scenario=ring_fenced_development"])
    assert mean_income(development, "G1", 2024) < mean_income(kept, "G1", 2024)
    assert mean_income(kept, "G1", 2024) < mean_income(welfare, "G1", 2024)


def test_registered_and_edge_households_with_the_same_income_get_different_support():
    request = compose(["scenario=hold", "size=classroom"])
    model = PovertyModel(request.world, request.scenario, seed=1)
    model.run_for(12)
    h = model.households
    before = (h.year_income - h["year_policy"]) / h["members"]
    near = (before > 3000) & (before < 8000)
    registered = near & (h["registration"] == 1)
    others = near & (h["registration"] == 0)
    support = h["year_policy"] / h["members"]
    assert support[registered].mean() > support[others].mean() + 200
