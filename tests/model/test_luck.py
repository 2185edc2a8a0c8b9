"""The same seed gives the same luck, whatever government does and however many threads work."""

import numpy as np
import pytest

from povsim.rng import Stream, philox4x32, seed_key, uniform
from tests.model.conftest import course

MONTHS = 18
LUCK = ("lasting_shock", "season_factor")


@pytest.mark.parametrize("other", ["direct_transfers", "fiscal_leverage", "nothing"])
def test_income_risk_and_weather_are_the_same_under_every_scenario(build, other):
    one, two = build("hold", MONTHS), build(other, MONTHS)
    for column in LUCK:
        np.testing.assert_array_equal(one.households[column], two.households[column])
    np.testing.assert_array_equal(one.places["weather_loss"], two.places["weather_loss"])
    assert one.economy.level == two.economy.level


def struck(model):
    """Advance a month and return which households lost health to an illness in it."""
    before = model.households["health"].copy()
    model.step()
    return before - model.households["health"] > 0.05


def test_illness_falls_on_the_same_households_under_every_scenario(build):
    one, two = build("hold", 11), build("direct_transfers", 11)
    # lower than the rate of any household, so that luck alone decides
    floor = one.world.hazards.illness_rate * np.exp(-0.015 * 35) * 0.9 / 12
    decided = 0
    for month in range(11, 11 + MONTHS):
        k = seed_key(3)
        words = [philox4x32(u, month, int(Stream.ILLNESS), 0, *k)[0] for u in one.households["uid"]]
        certain = np.array([uniform(w) for w in words]) < floor
        in_one, in_two = struck(one), struck(two)
        assert in_one[certain].all()
        assert in_two[certain].all()
        decided += certain.sum()
    assert decided > 20


def test_two_threads_give_the_bits_of_one(build):
    one, two = build("hold", 14, threads=1), build("hold", 14, threads=2)
    for name in one.households:
        np.testing.assert_array_equal(one.households[name], two.households[name], err_msg=name)
    assert one.annual.equals(two.annual)
    assert one.ledger.table().equals(two.ledger.table())


def test_a_programme_without_money_changes_nothing(build):
    plain = build("entitlements_only", 24)
    null = build(scenario=course("entitlements_only", targeted_cash=0.0), months=24)
    assert plain.annual.equals(null.annual)
    for name in set(plain.households) - {"flags"}:
        np.testing.assert_array_equal(plain.households[name], null.households[name], err_msg=name)


def test_another_seed_is_another_history(build):
    assert not build("hold", 12, seed=3).annual.equals(build("hold", 12, seed=4).annual)
