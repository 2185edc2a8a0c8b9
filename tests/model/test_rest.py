"""A run starts at rest: without growth or bad years nothing moves on its own."""

from dataclasses import replace

import numpy as np
import pytest

from povsim.codes import Flag
from povsim.measures import gini
from povsim.model import PovertyModel, start_population
from povsim.model.past import own_luck
from povsim.params import World
from povsim.programmes.scenario_files import load_scenario

SEEDS = (1, 2, 3, 4)
WORLD = World(households=6000)
STILL = replace(WORLD, economy=replace(WORLD.economy, growth=0.0, growth_volatility=0.0))


def look(model):
    """Return trailing Gini and the share of people under the line."""
    income, persons = model.households.income_per_person, model.persons
    poor = np.average(income < model.world.lines.absolute, weights=persons)
    return gini(np.maximum(income, 0.0), weights=persons), poor


@pytest.fixture(scope="module")
def still_runs():
    runs = []
    for seed in SEEDS:
        model = PovertyModel(STILL, load_scenario("hold"), seed=seed)
        seen = []
        for months in (1, 23):
            model.run_for(months)
            seen.append(look(model))
        runs.append((np.array(seen), model.annual))
    return runs


def test_spread_and_poverty_stay_for_two_years(still_runs):
    change = np.array([seen[1] - seen[0] for seen, _ in still_runs])
    error = change.std(axis=0, ddof=1) / np.sqrt(len(SEEDS))
    assert abs(change[:, 0].mean()) < 0.006 + 2 * error[0]
    assert abs(change[:, 1].mean()) < 0.004 + 2 * error[1]


@pytest.mark.parametrize("measure", ["mean_income", "income_transfer"])
def test_no_group_jumps_between_the_first_and_the_second_year(still_runs, measure):
    for group in ("all", "registered", "G0", "G1", "G3", "G4", "GX"):
        ratio = []
        for _, annual in still_runs:
            rows = annual[(annual["measure"] == measure) & (annual["group"] == group)]
            value = rows[rows["region"] == "all"].set_index("year")["value"]
            ratio.append(value[2022] / value[2021])
        assert np.mean(ratio) == pytest.approx(1.0, abs=0.05), group


def test_the_first_years_relapse_is_not_held_down(still_runs):
    rates = []
    for _, annual in still_runs:
        rows = annual[(annual["measure"] == "relapse_rate") & (annual["group"] == "registered")]
        rows = rows[rows["region"] == "all"]
        rates.append(rows.set_index("year")["value"][[2021, 2022]].to_numpy())
    first, second = np.mean(rates, axis=0)
    assert second < 2.0 * first
    assert first < 0.02


def test_relapse_comes_from_illness_first(still_runs):
    shares = {}
    for _, annual in still_runs:
        rows = annual[annual["measure"].str.startswith("falls_by_cause")]
        for name, value in rows.groupby("measure")["value"].mean().items():
            shares.setdefault(name, []).append(value)
    means = {name: np.mean(values) for name, values in shares.items()}
    assert max(means, key=means.get) == "falls_by_cause_illness"


def test_neutral_growth_leaves_relative_poverty_where_it_was():
    grown = replace(WORLD.economy, growth_volatility=0.0)
    lines = replace(WORLD.lines)
    moves = []
    for seed in SEEDS[:3]:
        world = replace(WORLD, economy=grown, lines=lines)
        model = PovertyModel(world, load_scenario("hold"), seed=seed)
        model.run_for(48)
        a = model.annual
        rows = a[(a["measure"] == "relative_poverty_rate_50") & (a["group"] == "all")]
        value = rows[rows["region"] == "all"].set_index("year")["value"]
        moves.append(value[2024] - value[2021])
    assert abs(np.mean(moves)) < 0.035


def test_the_years_before_have_luck_of_their_own():
    assert own_luck(1) not in (1, own_luck(2))
    assert 0 <= own_luck(2**64 - 1) < 2**64


def test_edge_households_have_no_policy_income_before_the_start():
    model = PovertyModel(WORLD, load_scenario("hold"), seed=2)
    edge = model.households["registration"] == 2
    assert edge.any()
    assert (model.households["at_public_post"][edge] == 0).all()
    assert not (model.households["flags"][edge] & int(Flag.DIBAO)).any()


def test_the_past_knows_nothing_of_the_bad_years_to_come():
    bad = replace(WORLD, stress=replace(WORLD.stress, illness_factor=3.0))
    one, two = start_population(WORLD, 5), start_population(bad, 5)
    np.testing.assert_array_equal(
        one.households["income_history"], two.households["income_history"]
    )
