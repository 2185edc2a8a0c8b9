"""The drawn population meets its published margins."""

from dataclasses import replace

import numpy as np
import pytest

from povsim.codes import Flag, Group, Registration
from povsim.errors import UserError
from povsim.model import start_population
from povsim.params import World
from povsim.population.describe import describe
from povsim.state import Counties, Households, Places


def world(name, rows):
    return replace(World(), population=name, households=rows)


def described(name, rows, seed=2):
    return describe(world(name, rows), start_population(world(name, rows), seed))


@pytest.mark.parametrize(
    ("name", "rows"),
    [("lifted_counties", 20_000), ("national", 20_000), ("liangshan", 6000), ("classroom", 3000)],
)
def test_income_margins_are_within_three_per_cent(name, rows):
    table = described(name, rows)
    incomes = table[table["quantity"].str.contains("income from|mean income")]
    assert len(incomes) >= 6
    assert incomes["error"].abs().max() < 0.03


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_jobs_posts_and_the_dibao_list_are_as_published_after_years_of_churn(seed):
    errors = described("lifted_counties", 20_000, seed).set_index("quantity")["error"]
    assert abs(errors["public posts per registered person"]) < 0.01
    assert abs(errors["wage workers per registered person"]) < 0.05
    assert abs(errors["registered people on dibao or tekun"]) < 0.06


def test_people_at_risk_are_near_the_papers_two_and_three_million():
    table = described("national", 40_000).set_index("quantity")
    registered = table.loc["registered at risk (income after expenses under 5,000)", "drawn"]
    assert registered == pytest.approx(2.0 / 98.99, rel=0.35)
    assert table.loc["edge people at risk", "drawn"] == pytest.approx(3.0, rel=0.1)


@pytest.mark.parametrize("name", ["lifted_counties", "national", "liangshan", "classroom"])
def test_rows_are_sorted_by_place_and_everybody_has_a_place(name):
    drawn = start_population(world(name, 2000), 1)
    h, places, counties = (
        Households(drawn.households),
        Places(drawn.places),
        Counties(drawn.counties),
    )
    assert places["start"][0] == 0
    assert places["stop"][-1] == len(h) == 2000
    np.testing.assert_array_equal(places["start"][1:], places["stop"][:-1])
    assert places["county"].max() < len(counties)
    assert (h.wage_workers <= h["labour"]).all()


def test_groups_follow_their_precedence():
    h = Households(start_population(world("lifted_counties", 20_000), 1).households)
    group = h["group"]
    edge = h["registration"] == int(Registration.EDGE)
    landless = (h["flags"] & int(Flag.LANDLESS) != 0) & (h["flags"] & int(Flag.RELOCATED) != 0)
    assert set(group[landless]) <= {int(Group.G1), int(Group.G3)}
    assert set(group[edge & ~landless]) <= {int(Group.G1), int(Group.G2)}
    assert not (group[h.is_registered] == int(Group.G0)).any()


def test_the_classroom_has_every_group():
    h = Households(start_population(world("classroom", 3000), 1).households)
    assert (np.bincount(h["group"], minlength=6) > 0).all()


def test_a_seed_draws_the_same_people_again():
    one, two = (start_population(world("lifted_counties", 1000), 5).households for _ in range(2))
    for name in one:
        np.testing.assert_array_equal(one[name], two[name])


def test_a_household_takes_at_most_160_bytes():
    h = Households(start_population(world("lifted_counties", 1000), 1).households)
    assert h.bytes_per_row() <= 160


def test_an_unknown_population_is_told_with_the_nearest_name():
    with pytest.raises(UserError, match="nearest: liangshan"):
        start_population(world("liangshang", 100), 1)
