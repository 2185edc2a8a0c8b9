"""A programme whose amount, share or reach is nil changes nothing, in any table."""

from functools import cache

import pandas as pd
import pytest

from povsim.config import compose
from povsim.model import PovertyModel
from povsim.programmes.scenario_files import build_scenario, load_cards

CARDS = load_cards()
WORLD = compose(["size=classroom", "households=600"]).world
BESIDE = {
    "resident_pension": {},
    "dibao": {},
    "medical_insurance": {},
    "public_posts": {},
    "targeted_cash": {"share": 0.5},
    "direct_investment": {"share": 0.3},
}
NULLS = {
    "affordability_rule": {"debt_limit": 10.0, "project_cut": 0.0},
    "audit": {"audit_probability": 0.0, "cost_per_check": 0.0},
    "business_income_guarantee": {"cover": 0.0},
    "cadre_objective": {"assessment_weight": 0.0, "shift": 0.0},
    "child_allowance": {"allowance": 0.0},
    "cooperation_cash": {"per_registered_person": 0.0},
    "county_pooling": {"pooled_share": 0.0},
    "data_platform": {"noise_cut": 0.0, "running_cost": 0.0},
    "delivery_guarantee": {"delay": 0.0, "probability": 0.7},
    "disability_allowance": {"allowance": 0.0},
    "edge_coverage": {"reach": 0.0, "eligibility_factor": 0.0},
    "education_aid": {"yearly_aid": 0.0, "child_skill_gain": 0.0},
    "fiscal_effort": {"effort_lost": 0.0},
    "help_teams": {"coverage_listed": 0.0, "coverage_other": 0.0},
    "income_insurance": {"take_up": 0.0},
    "land_kept_at_home": {"kept_share": 0.0},
    "land_lease": {"leased_share": 0.0},
    "land_quota_trading": {"sold_share": 0.0, "local_gain": 0.0},
    "land_shares": {"contributed_share": 0.0},
    "mandatory_participation": {"mandated_share": 0.0, "voluntary_years": 0.0},
    "mobilisation": {"intensity": 0.0, "routine_gain": 0.0, "routine_cost": 0.0},
    "programme_merger": {"industry": 0.0, "land": 0.0},
    "programme_waste": {"waste_factor": 1.0, "failure_factor": 1.0},
    "regional_units": {"extension": 0.0, "factor": 1.0},
    "register_review": {"dynamic": 0.0},
    "relending": {"supply_gain": 0.0, "relief": 0.0},
    "ring_fenced_floor": {"floor": 0.0},
    "responsibility": {"assessment_weight": 0.0},
    "supervision": {"leakage_prevented": 0.0, "cost": 0.0},
    "talent_exchange": {"posts_per_thousand": 0.0},
}
WITHOUT_NULL = {"medical_cover_rule", "medical_insurance", "public_posts"}
"""A rule on cover is nil where numbers are equal, up to rounding; bills uninsured are no null of
insurance. Posts that end at a quota of nil were held for the first month's search for work."""
OWN_NULL = {"resident_pension": {"benefit": 0.0}, "dibao": {"payment_share": 0.0}}


def tables(programmes):
    content = {"name": "mix", "title": {"en": "", "zh": ""}, "programmes": programmes}
    model = PovertyModel(WORLD, build_scenario(content, CARDS), seed=1)
    model.run_for(14)
    return model.annual, model.ledger.table(), model.fall_table()


@cache
def plain(without=""):
    return tables({k: v for k, v in BESIDE.items() if k != without})


def assert_same(found, expected):
    keys = ["year", "group", "region", "measure"]
    both = expected[0].merge(found[0], on=keys, suffixes=("", "_null"))
    assert len(both) == len(expected[0])
    pd.testing.assert_series_equal(
        both["value"], both["value_null"], check_names=False, check_exact=True
    )
    for a, b in zip(expected[1:], found[1:], strict=True):
        pd.testing.assert_frame_equal(a, b, check_exact=True)


SPENDERS = [n for n, c in CARDS.items() if c.kind == "discretionary" and n not in BESIDE]


@pytest.mark.parametrize("name", SPENDERS)
def test_a_programme_without_money_changes_nothing(name):
    assert_same(tables(BESIDE | {name: {"share": 0.0}}), plain())


@pytest.mark.parametrize("name", sorted(NULLS))
def test_a_rule_or_entitlement_at_its_null_changes_nothing(name):
    assert_same(tables(BESIDE | {name: NULLS[name]}), plain())


@pytest.mark.parametrize("name", sorted(OWN_NULL))
def test_a_standing_entitlement_at_its_null_is_as_if_it_were_not_there(name):
    assert_same(tables(BESIDE | {name: OWN_NULL[name]}), plain(name))


def test_every_card_has_a_null_or_says_why_not():
    named = {*SPENDERS, *NULLS, *OWN_NULL, *WITHOUT_NULL, *BESIDE, "universal_floor"}
    assert set(CARDS) == named
