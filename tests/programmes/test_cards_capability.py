"""Every capability programme gives what its card says, to whom its card says."""

import numpy as np
import pytest

from povsim.codes import Flag, Registration
from povsim.programmes.scenario import ProgrammeUse, Transition
from tests.programmes import test_cards
from tests.programmes.test_cards import all_money, card, envelope, is_poor, is_registered, under

ONE_BY_ONE = ("vocational_training", "language_training", "graduation_package", "early_childhood")


def watched(name, *columns, **settings):
    """Return a model before government acts, and copies of columns of its households."""
    model = under(all_money(name, **settings))
    return model, [model.households[c].astype(float) for c in columns]


def flagged(h, flag):
    return (h["flags"] & flag) != 0


def listed(model, ceiling):
    h = model.households
    return is_poor(h) | (12 * h["usual_income"] / h["members"] < ceiling)


def spent(model, name):
    return envelope(model) - model.programmes.programmes[0].purse.carried


def test_a_trained_household_gains_one_workers_skill():
    model, (skill,) = watched("vocational_training", "skill")
    h, p = model.households, card("vocational_training")
    model.programmes.act(model)
    trained = flagged(h, Flag.TRAINED)
    learnt = p.skill_gain * p.quality * np.sqrt(h["motivation"] / 0.65) / np.maximum(h["labour"], 1)
    np.testing.assert_allclose(h["skill"] - skill, np.where(trained, learnt, 0), atol=1e-6)
    able = listed(model, p.income_ceiling) & (h["labour"] > 0)
    assert able[trained].all()
    assert trained.any()


def test_nobody_is_trained_twice_within_the_years_of_the_card():
    model = under(all_money("vocational_training", years_between=2))
    h = model.households
    programme = model.programmes.programmes[0]
    last = np.full(len(h), -99)
    repeated = 0
    for month in range(40):
        model.month = month
        before = h["skill"].copy()
        model.programmes.act(model)
        trained = h["skill"] > before
        assert (month - last[trained] >= 24).all()
        repeated += (trained & (last >= 0)).sum()
        last[trained] = month
    assert repeated > 0
    assert len(programme.courses) <= 24


def test_a_household_that_passes_the_course_speaks_mandarin():
    model, _ = watched("language_training")
    h, p = model.households, card("language_training")
    silent = ~flagged(h, Flag.MANDARIN)
    for _ in range(6):
        model.programmes.act(model)
    taught = silent & flagged(h, Flag.MANDARIN)
    invited = silent & listed(model, p.income_ceiling) & (h["labour"] > 0)
    assert invited[taught].all()
    assert taught.sum() / invited.sum() == pytest.approx(p.pass_rate, abs=0.1)


def test_a_graduating_household_gets_assets_skill_and_motivation_once():
    model, (assets, skill) = watched("graduation_package", "productive_assets", "skill")
    h, p = model.households, card("graduation_package")
    keen = h["motivation"].copy()
    model.programmes.act(model)
    done = flagged(h, Flag.GRADUATED)
    np.testing.assert_allclose(
        h["productive_assets"] - assets, p.asset_grant * done, rtol=1e-5, atol=0.01
    )
    gain = np.where(done, p.skill_gain / np.maximum(h["labour"], 1), 0)
    np.testing.assert_allclose(h["skill"] - skill, gain, atol=1e-6)
    wanted = np.where(done, np.minimum(keen + p.motivation_gain, 1), keen)
    np.testing.assert_allclose(h["motivation"], wanted, atol=1e-6)
    assert done.any()
    for _ in range(24):
        model.month += 1
        model.programmes.act(model)
    received = (h["productive_assets"] - assets) / p.asset_grant
    assert received.max() < 1.5


def test_the_poorest_able_households_graduate_first():
    model, _ = watched("graduation_package")
    h, p = model.households, card("graduation_package")
    model.programmes.act(model)
    income = h["usual_income"] / h["members"]
    waiting = listed(model, p.income_ceiling) & (h["labour"] > 0) & ~flagged(h, Flag.GRADUATED)
    assert waiting.any()
    assert income[flagged(h, Flag.GRADUATED)].max() <= income[waiting].min()


def test_a_graduating_household_costs_the_purse_its_package_and_overheads():
    model, _ = watched("graduation_package")
    p = card("graduation_package")
    model.programmes.act(model)
    done = flagged(model.households, Flag.GRADUATED)
    weight = model.places.by_household(model.places["weight"])
    net = (p.asset_grant + p.coaching_cost) * weight[done].sum()
    gross = net / (1 - p.administration_share - p.leakage_share)
    assert spent(model, "graduation_package") == pytest.approx(gross, rel=1e-9)


def test_a_nursery_place_raises_what_young_children_start_with():
    model, (before,) = watched("early_childhood", "child_skill", skill_gain=0.10, young_share=0.5)
    h, p = model.households, card("early_childhood")
    model.programmes.act(model)
    gained = h["child_skill"] - before
    assert set(gained) == {0, 5}
    invited = listed(model, p.income_ceiling) & (h["children"] > 0)
    assert invited[gained > 0].all()


def test_the_aspiration_programme_raises_motivation_once_and_pulls_the_lever():
    model, (keen,) = watched("aspiration_programme", "motivation")
    h, p = model.households, card("aspiration_programme")
    rates = model.programmes.rates(model)
    assert (rates.lever == 0).all()
    for _ in range(3):
        model.programmes.act(model)
    met = is_registered(h) & (h["labour"] > 0)
    wanted = np.minimum(keen + p.motivation_gain * met, 1)
    np.testing.assert_allclose(h["motivation"], wanted, atol=1e-6)
    np.testing.assert_allclose(model.programmes.rates(model).lever, [0, p.lever, 0])


def test_an_aspiration_purse_for_half_reaches_half_and_pulls_half():
    model, (keen,) = watched("aspiration_programme", "motivation")
    h, p = model.households, card("aspiration_programme")
    met = is_registered(h) & (h["labour"] > 0)
    weight = model.places.by_household(model.places["weight"])
    full = p.yearly_cost / 12 * weight[met].sum()
    gross = full / (1 - p.administration_share - p.leakage_share)
    model.programmes.envelope = lambda _: gross / 2
    model.programmes.act(model)
    assert (h["motivation"] > keen)[met].mean() == pytest.approx(0.5, abs=0.1)
    assert model.programmes.rates(model).lever[1] == pytest.approx(p.lever / 2)


def test_a_lever_at_half_strength_is_not_halved_twice():
    half = Transition("cliff", start=0, floor=0.5)
    use = ProgrammeUse("points_scheme", share=1.0, transition=half)
    model, p = under(use), card("points_scheme")
    model.programmes.rates(model)
    model.programmes.act(model)
    coverage = model.programmes.programmes[0].coverage
    assert model.programmes.rates(model).lever[1] == pytest.approx(p.lever * coverage)


def test_a_household_that_works_earns_its_points():
    model, _ = watched("points_scheme")
    h, p = model.households, card("points_scheme")
    h["land"][:250] = 0.0
    works = (h["labour"] > 0) & ((h.wage_workers > 0) | (h["land"] > 0))
    model.programmes.act(model)
    np.testing.assert_allclose(h["month_policy"], p.reward * (is_poor(h) & works), rtol=1e-6)
    assert (is_poor(h) & ~works & (h["labour"] > 0)).any()


def test_a_worker_without_a_wage_job_is_paid_for_days_of_public_works():
    model, (wages,) = watched("public_works", "year_wage")
    h, p = model.households, card("public_works")
    h["illness_months"][::7] = 2
    model.programmes.act(model)
    hired = h["year_wage"] > wages
    wage = p.daily_wage * p.days_per_month
    np.testing.assert_allclose(h["year_wage"] - wages, wage * hired, atol=0.01)
    np.testing.assert_allclose(h["month_policy"], wage * hired, rtol=1e-6)
    able = (h.own_workers > 0) & (h["illness_months"] == 0) & listed(model, p.income_ceiling)
    assert able[hired].all()
    assert hired.any()


def test_public_works_build_infrastructure_where_people_work():
    model, _ = watched("public_works", labour_share=0.5)
    h, p, places = model.households, card("public_works"), model.places
    before = places["infrastructure"].copy()
    model.programmes.act(model)
    wages = np.add.reduceat(h["month_policy"].astype(float), places["start"]) @ places["weight"]
    households = (places["stop"] - places["start"]) * places["weight"]
    raised = places["infrastructure"] - before
    assert raised @ households * p.infrastructure_cost == pytest.approx(wages, rel=1e-6)
    idle = np.add.reduceat(h["month_policy"], places["start"]) == 0
    assert (raised[idle] == 0).all()


def test_clinics_raise_services_and_restore_health():
    model, (health,) = watched("rural_clinics", "health")
    h, p, places = model.households, card("rural_clinics"), model.places
    services = places["services"].copy()
    model.programmes.act(model)
    recovered = h["health"] - health
    most = p.health_gain / 12 * np.maximum(0.9 - health, 0)
    assert (recovered <= most + 1e-6).all()
    assert recovered[health < 0.9].min() > 0
    households = (places["stop"] - places["start"]) * places["weight"]
    net = envelope(model) * (1 - p.administration_share - p.leakage_share)
    built = (places["services"] - services) @ households * p.building_cost
    assert built == pytest.approx(net * p.building_share, rel=1e-6)


@pytest.mark.parametrize("name", ["vocational_training", "graduation_package"])
def test_who_waits_is_taken_on_when_the_purse_has_filled(name):
    whole, parts = under(all_money(name)), under(all_money(name))
    purse = envelope(whole)
    whole.programmes.envelope = lambda _: 4 * purse
    whole.programmes.act(whole)
    for month in range(4):
        parts.month = month
        parts.programmes.act(parts)
    for column in ("flags", "skill", "productive_assets"):
        np.testing.assert_array_equal(whole.households[column], parts.households[column])


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_an_edge_household_out_of_reach_waits_like_any_other(name):
    model = under(all_money(name, income_ceiling=0))
    h = model.households
    h["registration"][:] = Registration.EDGE
    model.rates.edge_reach = 0.0
    before = {c: h[c].copy() for c in ("flags", "skill", "child_skill", "productive_assets")}
    model.programmes.act(model)
    for column, values in before.items():
        np.testing.assert_array_equal(h[column], values)


@pytest.mark.parametrize(
    "name",
    [
        "vocational_training",
        "language_training",
        "graduation_package",
        "aspiration_programme",
        "points_scheme",
        "public_works",
        "early_childhood",
        "rural_clinics",
    ],
)
def test_a_capability_programme_outside_its_dates_does_nothing(name):
    test_cards.test_a_programme_outside_its_dates_does_nothing(name)
