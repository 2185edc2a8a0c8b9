"""Every programme gives what its card says, to whom its card says."""

import numpy as np
import pytest

from povsim.codes import Flag, Registration
from povsim.model import PovertyModel
from povsim.params import World
from povsim.params.economy import Economy, Fiscal, Registers
from povsim.programmes.cards import load_card
from povsim.programmes.scenario import ProgrammeUse, Scenario

STILL = World(
    population="classroom",
    households=500,
    economy=Economy(growth=0.0, growth_volatility=0.0),
    registers=Registers(score_noise=0.0),
    fiscal=Fiscal(delivery=1.0),
)
CHECKED = (
    "resident_pension",
    "dibao",
    "medical_insurance",
    "public_posts",
    "targeted_cash",
    "direct_investment",
    "matched_leverage",
)


def card(name, **settings):
    return load_card(name).values(settings)


def under(*uses, months=0, world=STILL):
    uses = [ProgrammeUse(u) if isinstance(u, str) else u for u in uses]
    model = PovertyModel(world, Scenario("test", {}, tuple(uses)), seed=5)
    for _ in range(months):
        model.step()
    return model


def all_money(name, **settings):
    return ProgrammeUse(name, share=1.0, settings=settings)


def envelope(model):
    fiscal, h = model.world.fiscal, model.households
    persons = model.places.by_household(model.places["weight"]) * h["members"]
    registered = persons[h["registration"] == Registration.REGISTERED].sum()
    yearly = fiscal.envelope_per_registered_person * registered
    return (yearly + fiscal.entitlements_per_person * persons.sum()) / 12


def is_poor(h):
    return h["registration"] != Registration.NONE


def is_registered(h):
    """Whom special support reaches while no rule extends it to edge households."""
    return h["registration"] == Registration.REGISTERED


def test_a_pensioner_gets_the_monthly_benefit():
    h = under("resident_pension", months=1).households
    np.testing.assert_allclose(
        h["month_policy"], card("resident_pension").benefit * h["elders"], rtol=1e-6
    )
    assert 0.1 < (h["elders"] > 0).mean() < 0.9


def test_pensions_grow_with_the_economy():
    growing = World(population="classroom", households=500)
    model = under("resident_pension", months=24, world=growing)
    h, level = model.households, model.economy.level
    assert level > 1.03
    np.testing.assert_allclose(
        h["month_policy"], card("resident_pension").benefit * level * h["elders"], rtol=1e-5
    )


def test_a_listed_household_under_dibao_gets_the_paid_part_of_its_gap():
    h = under("dibao", months=1).households
    p, listed = card("dibao"), (h["flags"] & Flag.DIBAO) != 0
    earned = np.maximum(h["month_income"] - h["month_policy"], 0)
    gap = p.standard * h["members"] / 12 - p.effective_withdrawal * earned
    expected = np.where(listed, p.payment_share * np.maximum(gap, 0), 0)
    np.testing.assert_allclose(h["month_policy"], expected, atol=0.01)
    assert listed.sum() > 5


@pytest.mark.parametrize("income", [0.0, -3000.0])
def test_a_listed_household_with_nothing_gets_the_most_that_dibao_pays(income):
    model, p = under("dibao"), card("dibao")
    h = model.households
    h["flags"][0] |= Flag.DIBAO
    h["month_income"][0] = income
    model.programmes.act(model)
    most = p.payment_share * p.standard / 12 * h["members"][0]
    assert h["month_policy"][0] == pytest.approx(most, rel=1e-6)


def test_a_household_that_is_no_longer_poor_leaves_dibao_at_the_review():
    model, p = under("dibao", months=12), card("dibao")
    h = model.households
    h["flags"][:] |= np.uint16(Flag.DIBAO)
    h["registration"][:] = Registration.NONE
    h["labour"][:] = 1
    own = p.standard * p.exit_threshold * np.where(np.arange(len(h)) < 250, 0.99, 1.01)
    benefit = p.payment_share * np.maximum(p.standard - p.effective_withdrawal * own, 0.0)
    h["usual_income"][:] = h["members"] * (own + benefit) / 12
    model.programmes.act(model)
    np.testing.assert_array_equal((h["flags"] & Flag.DIBAO) != 0, np.arange(len(h)) < 250)


def test_a_household_with_a_post_earns_its_wage():
    paid, unpaid = under("public_posts"), under()
    p, h = card("public_posts"), paid.households
    for model in (paid, unpaid):
        model.households["at_public_post"][:] = 0
        model.step()
    wage = p.monthly_pay * h["at_public_post"].astype(float)
    np.testing.assert_allclose(h["month_policy"], wage)
    np.testing.assert_allclose(h["year_wage"] - unpaid.households["year_wage"], wage, atol=0.01)
    assert (h["month_policy"] > 0).any()


def with_vacant_posts():
    model = under("public_posts")
    h = model.households
    h["at_public_post"][:] = 0
    jobs = h["at_local"] + h["at_workshop"] + h["migrant_informal"] + h["migrant_formal"]
    free = is_poor(h) & (h["labour"] > jobs)
    model.programmes.act(model)
    return model, free


def test_posts_go_to_registered_and_edge_households_with_a_free_worker_up_to_the_quota():
    model, free = with_vacant_posts()
    h = model.households
    registered = h["members"][h["registration"] == Registration.REGISTERED].sum()
    quota = card("public_posts").posts_per_registered_person * registered
    posts = h["at_public_post"]
    assert set(posts) == {0, 1}
    assert 0.8 * quota < posts.sum() <= quota + 0.5
    assert free[posts > 0].all()


def test_the_lowest_income_of_a_place_gets_its_post_first():
    model, free = with_vacant_posts()
    h, places = model.households, model.places
    need = h["usual_income"] / h["members"]
    compared = 0
    for start, stop in zip(places["start"], places["stop"], strict=True):
        chosen = h["at_public_post"][start:stop] > 0
        passed_over = free[start:stop] & ~chosen
        if chosen.any() and passed_over.any():
            assert need[start:stop][chosen].max() <= need[start:stop][passed_over].min()
            compared += 1
    assert compared > 2


def test_posts_stay_within_the_quota_of_the_card():
    h = under("public_posts", months=1).households
    registered = h["members"][h["registration"] == Registration.REGISTERED].sum()
    quota = card("public_posts").posts_per_registered_person * registered
    assert h["at_public_post"].sum() <= quota + 0.5


def test_nobody_is_kept_in_an_unpaid_post_without_the_programme():
    assert under(months=1).households["at_public_post"].sum() == 0


BILLS = (800.0, 20_000.0, 100_000.0, 600_000.0)


@pytest.mark.parametrize("bill", BILLS)
@pytest.mark.parametrize("standing", list(Registration))
def test_a_household_with_a_bill_pays_what_insurance_leaves(bill, standing):
    model, p = under("medical_insurance"), card("medical_insurance")
    h = model.households
    h["registration"][0] = standing
    h["out_of_pocket"][:] = 0.0
    h["out_of_pocket"][0] = bill
    registered = standing == Registration.REGISTERED
    own = p.out_of_pocket_registered if registered else p.out_of_pocket_other
    left = bill - min(bill, p.ceiling) * (1 - own)
    left -= p.catastrophic_share * max(0, left - p.catastrophic_threshold)
    if standing != Registration.NONE:
        helped = p.assistance_share * max(0, left - p.assistance_threshold)
        left -= min(helped, p.assistance_ceiling)
    model.programmes.act(model)
    assert h["out_of_pocket"][0] == pytest.approx(left, rel=1e-6)


def test_a_bill_within_reach_of_assistance_only_costs_less_for_an_edge_household():
    model = under("medical_insurance")
    h = model.households
    h["registration"][:2] = Registration.NONE, Registration.EDGE
    h["out_of_pocket"][:2] = 30_000.0
    model.programmes.act(model)
    assert h["out_of_pocket"][1] < h["out_of_pocket"][0] < 30_000


def test_the_medical_fund_pays_the_bills_it_covers():
    model, p = under("medical_insurance"), card("medical_insurance")
    h = model.households
    fund = model.counties["medical_fund"]
    fund[:] = 1e12
    h["registration"][:] = Registration.NONE
    h["out_of_pocket"][:] = 0.0
    h["out_of_pocket"][0] = 10_000.0
    before = fund.sum()
    model.programmes.act(model)
    yearly = p.subsidy + p.premium - p.routine_care
    paid = 10_000 * (1 - p.out_of_pocket_other) * model.places["weight"][0]
    change = model.persons_represented * yearly / 12 - paid
    assert fund.sum() - before == pytest.approx(change, rel=1e-4)


def test_a_listed_household_under_targeted_cash_gets_its_persons_share_of_the_purse():
    model, p = under(all_money("targeted_cash")), card("targeted_cash")
    h = model.households
    income = 12 * h["usual_income"] / h["members"]
    listed = is_registered(h) & (income < p.income_ceiling)
    persons = (model.places.by_household(model.places["weight"]) * h["members"])[listed].sum()
    per_person = envelope(model) * (1 - p.leakage_share - p.administration_share) / persons
    model.step()
    np.testing.assert_allclose(h["month_policy"], listed * per_person * h["members"], rtol=1e-5)
    assert 20 < listed.sum() < len(h)


def test_what_entitlements_use_is_not_there_for_cash():
    model = under("resident_pension", all_money("targeted_cash"), months=12)
    year = model.ledger.table().groupby("programme")["amount_yuan"].sum()
    spent = year["resident_pension"] + year["targeted_cash"]
    assert spent == pytest.approx(12 * envelope(model), rel=1e-6)


def test_direct_investment_raises_the_industry_capital_of_places_with_poor_households():
    model, p = under(all_money("direct_investment")), card("direct_investment")
    places, h = model.places, model.households
    poor = np.add.reduceat(is_poor(h).astype(float), places["start"]) * places["weight"]
    before, private = places["industry_public"].copy(), places["industry_private"].copy()
    built = envelope(model) * (1 - p.administration_share - p.waste_share) * poor / poor.sum()
    model.programmes.act(model)
    np.testing.assert_allclose(
        (places["industry_public"] - before) * places["weight"], built, rtol=1e-9, atol=0.01
    )
    np.testing.assert_array_equal(places["industry_private"], private)


def test_direct_investment_displaces_private_investment_that_was_due():
    model, p = under(all_money("direct_investment"), months=1), card("direct_investment")
    model.flows.private_investment_due = np.full(len(model.places), 1e12)
    before = model.places["industry_public"].copy()
    model.programmes.act(model)
    displaced = 1e12 - model.flows.private_investment_due
    added = model.places["industry_public"] - before
    np.testing.assert_allclose(displaced, p.crowding_out * added, rtol=1e-3, atol=1.0)


def test_leverage_that_waits_for_investors_builds_nothing_and_keeps_the_money():
    nobody = {"hurdle_return": 0.5, "return_spread": 0.001, "unmatched_share": 0.0}
    model = under(all_money("matched_leverage", **nobody))
    before = model.places.industry_capital.copy()
    model.programmes.act(model)
    np.testing.assert_array_equal(model.places.industry_capital, before)
    assert model.programmes.programmes[0].purse.carried == pytest.approx(envelope(model))


@pytest.mark.parametrize("name", CHECKED)
def test_a_programme_outside_its_dates_does_nothing(name):
    share = 1.0 if load_card(name).kind == "discretionary" else 0.0
    model = under(ProgrammeUse(name, share=share, start=1, stop=2))
    months = []
    for _ in range(3):
        model.step()
        table = model.ledger.table()
        months.append(table["amount_yuan"][table["programme"] == name].sum())
    assert months[0] == 0.0
    assert months[1] > 0.0
    assert months[2] == months[1]
