"""Laws of every mix: money is kept, luck is kept, nothing is nothing."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from povsim.config import compose
from povsim.model import PovertyModel
from povsim.programmes.cards import load_card
from povsim.programmes.scenario_files import build_scenario, load_cards
from povsim.study.runs.spec import RunSpec, run_one

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


def of(outcome, measure, group="G1", year=2024):
    a = outcome.annual
    rows = a[a["measure"].eq(measure) & a["group"].eq(group) & a["region"].eq("all")]
    return float(rows[rows["year"] == year]["value"].iloc[0])


@pytest.fixture(scope="module")
def floors():
    names = ("welfare", "development", "ring_fenced_development")
    return {name: outcome([f"scenario={name}"]) for name in names}


def test_development_lowers_the_income_of_the_floor_unless_it_is_fenced(floors):
    welfare, development, kept = floors.values()
    lost = of(welfare, "mean_income") - of(development, "mean_income")
    left = of(welfare, "mean_income") - of(kept, "mean_income")
    assert lost > 0.0
    assert left < 0.25 * lost


def test_a_fenced_floor_lets_no_more_of_g1_into_poverty_than_welfare(floors):
    welfare, development, kept = floors.values()
    rate = "absolute_poverty_rate"
    assert of(kept, rate) <= of(welfare, rate) + 0.01
    assert of(kept, rate) <= of(development, rate)


def test_floor_protection_households_gain_from_development_by_dividends_and_jobs_of_kin(floors):
    """Beyond transfers, which fall, only property, wages and prices of own products may add."""
    welfare, development, _ = floors.values()

    def gain(measure):
        return of(development, measure) - of(welfare, measure)

    explained = gain("income_property") + gain("income_wage") + gain("income_business")
    assert gain("mean_income") <= explained + 0.005 * of(welfare, "mean_income")
    assert gain("income_transfer") < 0.0
    assert abs(gain("income_business")) < 0.03 * of(welfare, "income_business")


def test_registered_and_edge_households_with_the_same_income_get_different_support():
    """While nothing extends support, the register alone sets two alike apart."""
    request = compose(["scenario=hold", "size=classroom", "households=6000"])
    model = PovertyModel(request.world, request.scenario, seed=1)
    model.run_for(12)
    h = model.households
    before = (h.year_income - h["year_policy"]) / h["members"]
    near = (before > 3000) & (before < 8000)
    cash = (h["year_policy"] / h["members"])[near]
    standing = h["registration"][near]
    assert (standing == 2).sum() > 15
    assert cash[standing == 1].mean() > cash[standing == 2].mean() + 200


def test_nobody_on_the_edge_is_on_the_cash_list_until_a_rule_extends_it():
    listed = []
    for rule in ([], ["+scenario.programmes.edge_coverage={eligibility_factor: 0}"]):
        request = compose(["scenario=hold", "size=classroom", "households=6000", *rule])
        model = PovertyModel(request.world, request.scenario, seed=1)
        model.run_for(2)
        h = model.households
        listed.append(int(((h["registration"] == 2) & ((h["flags"] & 256) != 0)).sum()))
    assert listed[0] == 0
    assert listed[1] > 15


def test_within_the_register_withdrawal_costs_more_the_more_of_income_is_policy():
    worlds = []
    for name in ("hold", "cliff"):
        request = compose([f"scenario={name}", "size=classroom", "households=6000"])
        model = PovertyModel(request.world, request.scenario, seed=1)
        model.run_for(36)  # to the cliff of January 2024
        h = model.households
        share = (h["year_policy"] / np.maximum(h.year_income, 1.0))[h.is_registered]
        model.run_for(12)
        worlds.append((share, (h.year_income / h["members"])[h.is_registered]))
    (share, held), (_, withdrawn) = worlds
    third = np.digitize(share, np.quantile(share, [1 / 3, 2 / 3]))
    lost = [1.0 - withdrawn[third == k].sum() / held[third == k].sum() for k in range(3)]
    assert lost[0] < lost[1] < lost[2]
