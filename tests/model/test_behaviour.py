"""Each structural alternative changes what it should, and nothing else."""

import numpy as np
import pytest

from povsim.config import compose
from povsim.kernels.motivation import aspiration_effort, effort
from povsim.model import PovertyModel
from povsim.params import World
from povsim.params.declare import as_tuple


def run(*overrides, months=24):
    request = compose(["size=classroom", *overrides])
    model = PovertyModel(request.world, request.scenario, seed=1)
    model.run_for(months)
    return model


@pytest.mark.parametrize("mode", ["none", "income_effect"])
def test_motivation_stays_where_no_account_moves_it(mode):
    model = run(f"behaviour/motivation={mode}", months=1)
    before = model.households["motivation"].copy()
    model.run_for(12)
    np.testing.assert_array_equal(model.households["motivation"], before)


def test_dependency_wears_the_motivation_of_those_who_live_on_support():
    generous = run("behaviour/motivation=dependency", "scenario=direct_transfers", months=60)
    austere = run("behaviour/motivation=dependency", "scenario=entitlements_only", months=60)
    registered = generous.households.is_registered
    less = generous.households["motivation"][registered].mean()
    assert less < austere.households["motivation"][registered].mean()


def test_a_moderate_gap_motivates_most():
    p = as_tuple(World().capability)
    gaps = np.array([0.0, 0.4, p.moderate_gap, 2.0, 6.0])
    called = [aspiration_effort(1000.0, 1000.0 * (1 + g), p) for g in gaps]
    assert np.argmax(called) == 2
    assert called[0] == pytest.approx(p.aspiration_base)
    assert called[2] == pytest.approx(p.aspiration_base + p.aspiration_gain)


def test_effort_is_one_without_support_and_at_normal_motivation():
    for mode in ("none", "income_effect", "dependency", "aspiration"):
        p = as_tuple(World().capability)._replace(
            motivation_mode=float(("none", "income_effect", "dependency", "aspiration").index(mode))
        )
        assert effort(0.0, 1000.0, 0.65, p) == pytest.approx(1.0)


def test_the_income_effect_lowers_effort_in_proportion_to_support():
    p = as_tuple(World().capability)
    assert effort(500.0, 1000.0, 0.65, p) == pytest.approx(1.0 - 0.5 * p.income_effect)


ENDING = ("scenario=hold", "+scenario.programmes.targeted_cash.transition=cliff")
ENDING += ("+scenario.programmes.targeted_cash.transition_start=2.0",)


def test_people_save_for_an_announced_end_and_not_for_a_surprise():
    told = run(*ENDING, "behaviour/expectations=announced", months=23)
    untold = run(*ENDING, "behaviour/expectations=surprise", months=23)
    registered = told.households.is_registered
    assert told.households["savings"][registered].mean() > (
        untold.households["savings"][registered].mean()
    )
    np.testing.assert_array_equal(told.households["uid"], untold.households["uid"])


def test_expectations_change_nothing_where_nothing_ends():
    told, untold = (
        run("scenario=hold", f"behaviour/expectations={mode}") for mode in ("announced", "surprise")
    )
    np.testing.assert_array_equal(told.households["savings"], untold.households["savings"])


def test_crowding_decides_how_much_private_capital_stands_beside_public():
    capital = [
        run("scenario=hold", f"behaviour/crowding={mode}").places["industry_private"].sum()
        for mode in ("out", "none", "in")
    ]
    assert capital[0] < capital[1] < capital[2]


@pytest.mark.parametrize("trap", ["s_shaped", "geographic"])
def test_traps_change_own_production_and_not_luck(trap):
    plain, trapped = run("scenario=hold"), run("scenario=hold", f"behaviour/trap={trap}")
    assert not np.array_equal(
        plain.households["year_business"], trapped.households["year_business"]
    )
    np.testing.assert_array_equal(
        plain.households["season_factor"], trapped.households["season_factor"]
    )
