"""Regions as units: who is listed beyond the register, with what error, and who leaves."""

import numpy as np
import pytest

from povsim.codes import CountyClass, Registration
from povsim.params import World
from povsim.programmes.scenario import ProgrammeUse
from tests.programmes.test_cards import STILL, card, under


def listed(world=STILL, **settings):
    """Return a model, and who was listed by the rule in its first month."""
    model = under(ProgrammeUse("regional_units", settings={"extension": 1.0, **settings}))
    if world is not STILL:
        model = under(
            ProgrammeUse("regional_units", settings={"extension": 1.0, **settings}), world=world
        )
    before = model.households["registration"].copy()
    model.programmes.act(model)
    new = (model.households["registration"] == Registration.EDGE) & (before == Registration.NONE)
    return model, new


def income(model):
    return 12 * model.households["usual_income"] / model.households["members"]


def test_without_error_all_who_are_poor_outside_the_register_are_listed():
    model, new = listed(factor=2.0)
    limit = 2.0 * model.world.lines.absolute
    outside = model.households["registration"] == Registration.NONE
    assert new.any()
    assert income(model)[new].max() < limit
    assert income(model)[outside].min() >= limit


def test_with_the_error_of_lists_some_who_are_not_poor_are_listed():
    model, new = listed(World(population="classroom", households=1500), factor=2.0)
    assert (income(model)[new] > 2.0 * model.world.lines.absolute).any()


@pytest.mark.parametrize("unit", [0, 2])
def test_units_say_where_support_may_go(unit):
    world = World(population="national", households=3000)
    model, new = listed(world, unit=unit, factor=2.0)
    everywhere = listed(world, unit=1, factor=2.0)[1]
    assert 0 < new.sum() < everywhere.sum()
    places = model.places
    if unit == 0:
        classes = places.by_household(model.counties["county_class"][places["county"]])
        assert (classes[new] != CountyClass.ORDINARY).all()


def test_a_listed_household_far_above_the_line_leaves_at_the_review():
    model, new = listed(factor=2.0, exit_factor=3.0)
    model.month = 12
    model.households["usual_income"][np.flatnonzero(new)] *= 10
    model.programmes.act(model)
    assert (model.households["registration"][new] == Registration.NONE).all()
    assert card("regional_units").exit_factor > card("regional_units").factor


def test_relapse_is_counted_over_those_registered_in_2020():
    settings = {"registered_reviewed": 1, "quota_factor": 0.5}
    model = under(ProgrammeUse("register_review", settings=settings), months=25)
    before = under().households.is_registered
    assert model.households.is_registered.sum() < before.sum()
    np.testing.assert_array_equal(model.registered_in_2020, before)
    np.testing.assert_allclose(
        model.observer.at_risk[0, 1],
        model.persons[before & (model.households["spell"] == 0)].sum(),
        rtol=0.2,
    )
