"""Every rule of government changes what its card says, by what its card says."""

import numpy as np
import pytest

from povsim.codes import Flag, Registration
from povsim.config import compose
from povsim.model import PovertyModel
from povsim.programmes.rates import GAP, HEADCOUNT, PERSISTENCE
from povsim.programmes.scenario import ProgrammeUse
from tests.programmes.test_cards import all_money, card, envelope, is_poor, is_registered, under


def use(name, share=0.0, **settings):
    return ProgrammeUse(name, share=share, settings=settings)


def rates(*uses, months=0):
    model = under(*uses, months=months)
    return model.programmes.rates(model)


def shares(model):
    spenders = [p for p in model.programmes.programmes if p.discretionary]
    return {p.name: s for p, s in model.programmes._shares(spenders, model).items()}


def test_an_unregistered_household_below_the_edge_line_becomes_an_edge_household():
    model, p = under("edge_coverage"), card("edge_coverage")
    h = model.households
    before = h["registration"].copy()
    h["usual_income"][::10] *= 0.3
    low = (
        12 * h["usual_income"] / h["members"] < p.eligibility_factor * model.world.lines.monitoring
    )
    model.programmes.act(model)
    new = low & (before == Registration.NONE)
    np.testing.assert_array_equal(h["registration"][new], Registration.EDGE)
    np.testing.assert_array_equal(h["registration"][~new], before[~new])
    assert new.sum() > 5
    assert model.poor_by_place.sum() == is_poor(h).sum()


def test_an_edge_household_above_the_exit_line_leaves_the_list():
    model = under(use("edge_coverage", eligibility_factor=1.0, exit_factor=2.0))
    h = model.households
    h["registration"][:100] = Registration.EDGE
    income = 12 * h["usual_income"][:100] / h["members"][:100]
    model.programmes.act(model)
    left = h["registration"][:100] == Registration.NONE
    np.testing.assert_array_equal(left, income >= 2.0 * model.world.lines.monitoring)
    assert 0 < left.sum() < 100


def test_an_edge_household_out_of_reach_gets_no_cash():
    model = under(use("edge_coverage", reach=0.0, eligibility_factor=0), all_money("targeted_cash"))
    h = model.households
    h["registration"][:100] = Registration.EDGE
    h["usual_income"][:100] = 100
    model.step()
    assert (h["month_policy"][:100] == 0).all()
    assert h["month_policy"].max() > 0


def reviewed(**settings):
    model = under(use("register_review", tie_bonus=0, **settings), months=12)
    before = model.households["registration"].copy()
    model.programmes.act(model)
    return model, before


def test_the_poorest_of_a_village_are_listed_up_to_its_quota():
    model, before = reviewed(registered_reviewed=1, health_weight=0)
    h, places = model.households, model.places
    income = h["usual_income"] / h["members"]
    changed = 0
    for start, stop in zip(places["start"], places["stop"], strict=True):
        listed = is_poor(h)[start:stop]
        assert listed.sum() == (before[start:stop] != Registration.NONE).sum()
        if 0 < listed.sum() < len(listed):
            assert income[start:stop][listed].max() <= income[start:stop][~listed].min()
        changed += (h["registration"][start:stop] != before[start:stop]).sum()
    assert changed > 10


def test_registered_households_stay_listed_when_only_edge_households_are_reviewed():
    model, before = reviewed(quota_factor=2.0)
    registered = before == Registration.REGISTERED
    now = model.households["registration"]
    np.testing.assert_array_equal(now == Registration.REGISTERED, registered)


def test_a_frozen_register_does_not_change():
    model, before = reviewed(dynamic=0)
    np.testing.assert_array_equal(model.households["registration"], before)


def test_ties_bring_households_onto_the_list():
    lists = []
    for bonus in (0.0, 2.0):
        settings = {"registered_reviewed": 1, "tied_share": 0.3, "tie_bonus": bonus}
        model = under(use("register_review", **settings), months=13)
        h = model.households
        lists.append((h["usual_income"] / h["members"])[is_poor(h)].mean())
    assert lists[1] > lists[0]


def test_mobilisation_tires_with_what_was_mobilised_and_costs_its_square():
    model, p = under(use("mobilisation", intensity=2.0), months=12), card("mobilisation")
    np.testing.assert_allclose(model.counties["mobilised"], 2.0)
    expected = 1 + p.gain * 2.0 * np.exp(-p.fatigue * 2.0)
    now = model.programmes.rates(model)
    assert now.diligence == pytest.approx(expected)
    assert now.leakage == pytest.approx(1 / expected)
    table = model.ledger.table()
    assert table["amount_yuan"][table["programme"] == "mobilisation"].sum() == pytest.approx(
        p.cost * 4 * model.persons_represented, rel=1e-9
    )


def test_routine_capacity_overtakes_mobilisation():
    routine = {"intensity": 0.0, "routine_gain": 0.5}
    tiring = {"fatigue": 0.4}
    for months, routine_leads in ((0, False), (60, True)):
        gains = [rates(use("mobilisation", **s), months=months).learning for s in (routine, tiring)]
        assert (gains[0] > gains[1]) == routine_leads


def test_mandated_industry_starts_at_once_and_voluntary_industry_with_time():
    p = card("mandatory_participation")
    mandated, free = (use("mandatory_participation", mandated_share=s) for s in (1.0, 0.0))
    assert rates(mandated).reaching("industry") == 1.0
    assert rates(free).reaching("industry") == 0.0
    assert rates(free).reaching("social") == 1.0
    later = rates(free, months=12).reaching("industry")
    assert later == pytest.approx(1 - np.exp(-1 / p.voluntary_years))
    assert rates(mandated).failure == pytest.approx(np.exp(p.misfit))
    assert rates(mandated).price.min() == pytest.approx(np.exp(-p.homogeneity))
    assert rates(free).failure == rates(free).price.min() == 1.0


def assessed(objective, **settings):
    settings = {"assessment_weight": 1.0, "quota": 1.0, "fill": 1.0, **settings}
    rule = use("cadre_objective", objective=objective, **settings)
    # a purse too small to serve everybody
    model = under(ProgrammeUse("targeted_cash", share=0.002), rule)
    h = model.households
    poor = np.flatnonzero(is_registered(h))
    h["usual_income"][poor] = np.linspace(1500, 9000, len(poor)) * h["members"][poor] / 12
    sources = ("wage", "business", "property", "transfer", "policy")
    for name in ("month_policy", *(f"year_{source}" for source in sources)):
        h[name][:] = 0.0
    income = 11 * h["usual_income"] / h["members"]  # nothing so far, eleven months to come
    model.rates = model.programmes.rates(model)
    model.programmes.act(model)
    return h, income, model.world.lines.absolute, h["month_policy"] > 0.01


def test_under_a_headcount_cash_goes_to_those_nearest_below_the_line():
    h, income, line, paid = assessed(HEADCOUNT)
    waiting = is_registered(h) & ~paid & (income < line)
    assert paid.any()
    assert waiting.any()
    assert income[paid].max() < line
    assert income[paid].min() >= income[waiting].max()


def test_under_a_gap_cash_goes_to_the_poorest():
    h, income, _, paid = assessed(GAP)
    assert paid.any()
    assert income[paid].max() <= income[is_registered(h) & ~paid].min()


def test_a_relative_line_moves_cash_up_the_distribution():
    _, low, _, paid_low = assessed(HEADCOUNT)
    _, high, _, paid_high = assessed(HEADCOUNT, relative=1)
    assert high[paid_high].mean() > low[paid_low].mean()


def test_under_persistence_cash_goes_to_those_without_assets_and_skill():
    h, _, _, paid = assessed(PERSISTENCE)
    listed = (h["flags"] & Flag.CASH_LIST) != 0
    for name in ("productive_assets", "skill"):
        assert h[name][paid].mean() < h[name][listed & ~paid].mean()


LINE, MONITORED = "lines.absolute=5500", "lines.monitoring=7000"
"""A line under which there are enough people for a small sample."""


@pytest.fixture(scope="module")
def under_objectives():
    """Mean of yearly measures of all, three seeds, by objective."""
    found = {}
    mix = (
        "+scenario.programmes.targeted_cash={share: 0.6}",
        "+scenario.programmes.direct_investment={share: 0.4}",
    )
    for objective in (HEADCOUNT, GAP):
        rule = f"+scenario.programmes.cadre_objective={{objective: {objective}}}"
        request = compose(
            [
                "scenario=entitlements_only",
                "size=classroom",
                "households=3000",
                LINE,
                MONITORED,
                *mix,
                rule,
            ]
        )
        years = []
        for seed in (1, 2, 3):
            model = PovertyModel(request.world, request.scenario, seed=seed)
            model.run_for(48)
            a = model.annual
            a = a[a["group"].eq("all") & a["region"].eq("all") & a["year"].ge(2022)]
            years.append(a.groupby("measure")["value"].mean())
        found[objective] = sum(years) / len(years)
    return found


def bunching(objective):
    """Return listed households just over the line less those just below it, were pay to go on."""
    h, income, line, _ = assessed(objective)
    after = (income + 12 * h["month_policy"] / h["members"])[is_poor(h)]
    over, under_it = (line <= after) & (after < 1.1 * line), (0.9 * line <= after) & (after < line)
    return over.sum() - under_it.sum()


def test_a_headcount_bunches_people_just_over_the_line():
    assert bunching(HEADCOUNT) > bunching(GAP)


def test_a_gap_objective_lowers_depth_more_than_a_headcount(under_objectives):
    heads, gap = under_objectives[HEADCOUNT], under_objectives[GAP]
    assert gap["poverty_gap"] < heads["poverty_gap"]


def test_a_headcount_moves_money_to_cash_before_december():
    mix = (ProgrammeUse("targeted_cash", share=0.3), ProgrammeUse("direct_investment", share=0.6))
    p = card("cadre_objective")
    moved = 0.6 * p.assessment_weight * p.shift
    for months, expected in ((0, 0.0), (int(12 - p.run_up), moved)):
        model = under(*mix, "cadre_objective", months=months)
        found = shares(model)
        assert found["targeted_cash"] == pytest.approx(0.3 + expected)
        assert sum(found.values()) == pytest.approx(0.9)


def test_pooled_money_follows_return_within_limits_and_keeps_its_sum():
    mix = (ProgrammeUse("targeted_cash", share=0.5), ProgrammeUse("direct_investment", share=0.3))
    richer = [
        shares(under(*mix, use("county_pooling", capture=0.0, responsiveness=5.0, return_cash=r)))[
            "targeted_cash"
        ]
        for r in (0.0, 5.0)
    ]
    p = card("county_pooling")
    assert richer[0] < 0.5 < richer[1]
    low, high = 0.5 * (1 - p.limit), 0.3 * (1 + p.limit)
    assert richer[0] == pytest.approx(
        (1 - p.pooled_share) * 0.5 + p.pooled_share * 0.8 * low / (low + high)
    )
    captured = shares(under(*mix, use("county_pooling", capture=1.0, pooled_share=1.0)))
    assert captured["direct_investment"] == pytest.approx(0.8)


def test_merged_programmes_give_their_money_to_the_first_and_save_administration():
    mix = (
        ProgrammeUse("matched_leverage", share=0.3),
        ProgrammeUse("direct_investment", share=0.6),
    )
    model, p = under(*mix, "programme_merger", months=1), card("programme_merger")
    assert shares(model) == pytest.approx({"matched_leverage": 0.9, "direct_investment": 0.0})
    now, merged = model.programmes.rates(model), 0.6 / 0.9
    assert now.administration == pytest.approx(1 - p.administration_saved * merged)
    assert now.poor_share == pytest.approx(1 - (1 - p.poor_share_kept) * merged)


def test_an_audit_lowers_leakage_and_take_up():
    p, now = card("audit"), rates("audit")
    threat = p.audit_probability * (1 + p.penalty)
    assert now.leakage == pytest.approx(1 - p.fraud_share * (1 - np.exp(-p.deterrence * threat)))
    assert now.take_up == pytest.approx(np.exp(-p.chilling * threat))


def test_a_household_frightened_by_audits_does_not_come_forward_for_dibao():
    harsh = {"chilling": 5.0, "penalty": 10.0, "audit_probability": 1.0, "accuracy": 0.0}
    listed = []
    for uses in (("dibao",), (use("audit", **harsh), "dibao")):
        model = under(*uses, months=12)
        model.households["flags"][:] &= ~np.uint16(Flag.DIBAO)
        model.step()
        listed.append(((model.households["flags"] & Flag.DIBAO) != 0).sum())
    assert listed[0] > 5
    assert listed[1] == 0


def test_a_village_with_a_help_team_learns_management_and_loses_it_with_the_team():
    model = under(ProgrammeUse("help_teams", stop=12), months=12)
    p, without = card("help_teams"), under(months=12)
    places = model.places
    listed = (places["listed"] > 0) | places.is_site
    np.testing.assert_allclose(places["help_team"][listed], p.coverage_listed)
    assert (places["management"] > without.places["management"]).all()
    model.step()
    assert (places["help_team"] == 0).all()


def test_accountability_lets_less_money_wait_and_adds_paperwork():
    p = card("responsibility")
    both = rates("delivery_guarantee", "responsibility")
    waits = 1 - rates("delivery_guarantee").reaching("social")
    gain = 1 + p.delivery_gain * p.assessment_weight
    assert both.reaching("social") == pytest.approx(1 - waits / gain)
    assert both.administration == pytest.approx(1 + p.paperwork * p.assessment_weight)


def test_supervision_lets_listed_households_get_more_of_the_purse():
    model, p = under("supervision", all_money("targeted_cash"), months=1), card("supervision")
    cash, persons = card("targeted_cash"), model.persons_represented
    purse = envelope(model) - p.cost * persons / 12
    leaked = cash.leakage_share * (1 - p.leakage_prevented)
    paid = model.places.by_household(model.places["weight"]) @ model.households["month_policy"]
    assert paid == pytest.approx(purse * (1 - leaked - cash.administration_share), rel=1e-5)


@pytest.mark.parametrize("standing", [Registration.NONE, Registration.REGISTERED])
def test_a_household_with_a_bill_pays_what_the_rule_on_cover_leaves(standing):
    settings = {"reimbursement": 0.8, "deductible": 1000, "ceiling": 11_000}
    model = under(use("medical_cover_rule", **settings), "medical_insurance")
    model.rates = model.programmes.rates(model)
    h = model.households
    h["registration"][0] = standing
    h["out_of_pocket"][:] = 0
    h["out_of_pocket"][0] = 12_000
    own = 0.2 - (card("medical_cover_rule").registered_extra if standing else 0.0)
    model.programmes.act(model)
    assert h["out_of_pocket"][0] == pytest.approx(12_000 - 10_000 * (1 - own), rel=1e-6)
    assert model.rates.out_of_pocket_share[standing] == pytest.approx(own)


def test_a_county_at_its_limit_borrows_no_more_and_loses_projects():
    rule = use("affordability_rule", debt_limit=0.05)
    mix = ("dibao", ProgrammeUse("direct_investment", share=1.0))
    model = under(*mix, rule)
    model.counties["own_revenue"][:] = 1.0
    debt = model.counties["debt"].copy()
    model.counties["debt"][:] = 0.05
    assert shares(model)["direct_investment"] == pytest.approx(
        1 - card("affordability_rule").project_cut
    )
    model.step()
    assert debt.sum() > 0
    assert (model.counties["debt"] < 0.051).all()


def test_crash_projects_pay_in_the_last_months_and_leave_nothing():
    model, p = under(all_money("crash_projects"), months=9), card("crash_projects")
    h, capital = model.households, model.places.industry_capital.copy()
    assert (h["year_policy"] == 0).all()
    per_person = 10 * envelope(model) * (1 - p.administration_share - p.waste_share)
    persons = model.places.by_household(model.places["weight"]) * h["members"] * is_registered(h)
    model.step()
    expected = per_person / persons.sum() * h["members"] * is_registered(h)
    np.testing.assert_allclose(h["month_policy"], expected, rtol=1e-5)
    without = under(months=10).places.industry_capital
    np.testing.assert_allclose(model.places.industry_capital, without)
    assert len(capital) == len(without)


def test_a_county_that_lives_on_external_money_collects_less():
    model = under(all_money("targeted_cash"), "fiscal_effort")
    revenue = model.counties["own_revenue"].copy()
    for _ in range(13):
        model.step()
    central = model.ledger.year_total(2021, source="central")
    poor = model.treasury.by_county(model.poor_by_place)
    external = central * poor / poor.sum()
    expected = 1 - card("fiscal_effort").effort_lost * external / (external + revenue)
    np.testing.assert_allclose(model.counties["own_revenue"] / revenue, expected, rtol=1e-9)


def test_waste_multiplies_what_leaks():
    model, p = (
        under("programme_waste", all_money("targeted_cash"), months=1),
        card("programme_waste"),
    )
    cash = card("targeted_cash")
    paid = model.places.by_household(model.places["weight"]) @ model.households["month_policy"]
    kept = 1 - cash.leakage_share * p.waste_factor - cash.administration_share
    assert paid == pytest.approx(envelope(model) * kept, rel=1e-5)


@pytest.mark.parametrize("guarantee", [0.0, 1.0])
def test_the_guarantee_brings_money_at_once(guarantee):
    p = card("delivery_guarantee")
    rule = use("delivery_guarantee", guarantee=guarantee)
    model = under(rule, all_money("targeted_cash"), months=2)
    cash = card("targeted_cash")
    wait = 0.0 if guarantee else p.delay + 1 / p.probability - 1
    share = 1 / (1 + wait)
    paid = model.places.by_household(model.places["weight"]) @ model.households["month_policy"]
    on_hand = 1 + (1 - share)
    kept = 1 - cash.leakage_share - cash.administration_share
    assert paid == pytest.approx(envelope(model) * on_hand * share * kept, rel=1e-5)
