"""Every social programme gives what its card says, to whom its card says."""

import numpy as np
import pytest

from povsim.codes import Registration
from povsim.programmes.scenario import ProgrammeUse, Transition
from tests.programmes import test_cards
from tests.programmes.test_cards import all_money, card, envelope, is_poor, is_registered, under


def acted(*uses, months=0):
    """Return a model in which only government has acted, and received money by household."""
    model = under(*uses, months=months)
    model.households["month_policy"][:] = 0.0
    model.programmes.rates(model)
    model.programmes.act(model)
    return model, model.households["month_policy"]


def test_a_registered_child_under_education_aid_gets_a_twelfth_of_the_years_aid():
    model, received = acted("education_aid")
    h = model.households
    due = card("education_aid").yearly_aid / 12 * h["children"] * is_registered(h)
    np.testing.assert_allclose(received, due, rtol=1e-6)


def test_a_year_of_education_aid_raises_what_registered_children_start_with():
    model = under("education_aid", months=12)
    h = model.households
    before = h["child_skill"].astype(int)
    model.programmes.act(model)
    aided = is_registered(h) & (h["children"] > 0)
    gain = 100 * card("education_aid").child_skill_gain
    np.testing.assert_array_equal(h["child_skill"] - before, np.where(aided, gain, 0))


def test_a_part_of_a_hundredth_of_child_skill_is_given_to_a_part_of_the_children():
    use = ProgrammeUse("education_aid", settings={"child_skill_gain": 0.004})
    model = under(use, months=12)
    h = model.households
    before = h["child_skill"].astype(int)
    model.programmes.act(model)
    gained = (h["child_skill"] - before)[is_registered(h) & (h["children"] > 0)]
    assert set(gained) == {0, 1}
    assert gained.mean() == pytest.approx(0.4, abs=0.15)


def test_a_disabled_member_gets_the_allowance_in_any_household():
    model, received = acted("disability_allowance")
    h = model.households
    due = card("disability_allowance").allowance * h["disabled"]
    np.testing.assert_allclose(received, due, rtol=1e-6)
    assert ((received > 0) & ~is_poor(h)).any()


def test_a_child_gets_the_allowance_under_the_ceiling_whatever_its_standing():
    model, received = acted("child_allowance")
    h, p = model.households, card("child_allowance")
    low = 12 * h["usual_income"] < p.income_ceiling * h["members"]
    np.testing.assert_allclose(received, p.allowance * h["children"] * low, rtol=1e-6)
    assert ((received > 0) & ~is_poor(h)).any()


def test_every_person_gets_the_same_universal_floor():
    model, received = acted(all_money("universal_floor"))
    h, p = model.households, card("universal_floor")
    net = envelope(model) * (1 - p.leakage_share - p.administration_share)
    np.testing.assert_allclose(received, net / model.persons_represented * h["members"], rtol=1e-5)


def in_trouble(losses):
    """Return a model in which households have these losses a person and no savings."""
    model = under(all_money("temporary_relief"))
    h = model.households
    h["cause_loss"][:] = 0.0
    h["savings"][:] = 0.0
    for i, loss in enumerate(losses):
        h["cause_loss"][i] = loss * h["members"][i]
    return model


def test_a_household_that_cannot_carry_its_loss_gets_a_part_up_to_the_ceiling_once():
    p = card("temporary_relief")
    least = p.loss_share * 4000
    model = in_trouble([least * 0.99, least * 1.01, 100_000.0, 100_000.0])
    h = model.households
    h["savings"][3] = h["cause_loss"][3] + 1.0
    model.programmes.act(model)
    due = np.array([0.0, p.relief_share * least * 1.01, p.ceiling, 0.0]) * h["members"][:4]
    np.testing.assert_allclose(h["month_policy"][:4], due, rtol=1e-6)
    assert (h["month_policy"][4:] == 0).all()
    model.month += 1
    model.programmes.act(model)
    np.testing.assert_allclose(h["month_policy"][:4], due, rtol=1e-6)
    model.month += int(p.months_between)
    model.programmes.act(model)
    np.testing.assert_allclose(h["month_policy"][:4], 2 * due, rtol=1e-6)


def test_the_largest_shortfall_gets_relief_first_when_the_purse_is_small():
    model = in_trouble([2000.0, 9000.0, 5000.0])
    model.programmes.envelope = lambda _: 2.05 * 1200 * 9 * model.place_weight[0]
    model.households["members"][:3] = 8
    model.programmes.act(model)
    received = model.households["month_policy"][:3]
    np.testing.assert_array_equal(received > 0, [False, True, True])


def test_an_allowance_is_paid_at_the_strength_that_its_transition_leaves():
    half = Transition("cliff", start=0, floor=0.5)
    _, full = acted("disability_allowance")
    _, less = acted(ProgrammeUse("disability_allowance", transition=half))
    np.testing.assert_allclose(less, 0.5 * full, rtol=1e-6)


def test_posts_above_the_quota_of_a_place_end_with_the_highest_income():
    model = under("public_posts")
    h, places = model.households, model.places
    h["at_public_post"][:] = 1
    model.programmes.act(model)
    quota = model.programmes.programmes[0].quota(model)
    held = h["at_public_post"].astype(float)
    np.testing.assert_array_equal(np.add.reduceat(held, places["start"]), quota)
    income = h["usual_income"] / h["members"]
    for start, stop in zip(places["start"], places["stop"], strict=True):
        kept = held[start:stop] > 0
        if kept.any():
            assert income[start:stop][kept].max() <= income[start:stop][~kept].min()


def test_posts_end_when_the_programme_stops_and_not_before():
    model = under(ProgrammeUse("public_posts", stop=2), months=2)
    assert model.households["at_public_post"].sum() > 0
    model.step()
    assert model.households["at_public_post"].sum() == 0


def test_an_edge_household_out_of_reach_gets_no_special_support():
    model = under("education_aid")
    h = model.households
    h["registration"][:] = Registration.EDGE
    model.rates.edge_reach = 0.0
    model.programmes.act(model)
    assert h["month_policy"].sum() == 0.0


@pytest.mark.parametrize(
    "name",
    [
        "education_aid",
        "disability_allowance",
        "child_allowance",
        "universal_floor",
        "temporary_relief",
    ],
)
def test_a_social_programme_outside_its_dates_does_nothing(name):
    test_cards.test_a_programme_outside_its_dates_does_nothing(name)
