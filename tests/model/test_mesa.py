"""The model as people who know Mesa use it."""

import copy
import pickle

import mesa
import numpy as np
import pandas as pd
import pytest

from povsim.errors import UserError
from povsim.model import PovertyModel
from povsim.params import World
from povsim.programmes.scenario_files import load_scenario

HOLD, CLIFF = ("scenario=hold", "households=200"), ("scenario=cliff", "households=200")
WORLD = {"world": World(households=200), "scenario": load_scenario("hold")}


def model_of(months=0, **luck):
    model = PovertyModel.from_config([*HOLD, "years=1"], **luck)
    model.run_for(months)
    return model


def batch(make, parameters, **how):
    """Return what Mesa's own loop says about models, row by row."""
    return mesa.batch_run(make, parameters, display_progress=False, max_steps=3, **how)


@pytest.mark.parametrize(
    "seed", [np.int64(3), np.uint32(3), np.float64(3.0), 3.0, pd.Series([3, 4])[0]]
)
def test_a_seed_of_numpys_is_the_same_seed(seed):
    assert model_of(2, seed=seed).income_per_person == model_of(2, seed=3).income_per_person


def test_a_seed_goes_by_the_name_that_mesa_has_for_it():
    assert model_of(rng=np.int64(7)).seed == model_of(seed=7, rng=7).seed == 7
    with pytest.raises(UserError, match="rng=5; allowed: 1, as seed says"):
        model_of(seed=1, rng=5)


def test_a_seed_among_overrides_is_the_seed_unless_another_is_given():
    assert PovertyModel.from_config([*HOLD, "seed=5"]).seed == 5
    with pytest.raises(UserError, match="overrides=5; allowed: 4, as seed says"):
        PovertyModel.from_config([*HOLD, "seed=5"], seed=4)


@pytest.mark.parametrize("asked", [{"seed": 2**64}, {"rng": np.random.default_rng(1)}])
def test_what_is_no_seed_is_refused_under_either_name(asked):
    with pytest.raises(UserError, match=r"allowed: a whole number from 0 to 2\*\*64 - 1"):
        PovertyModel(**WORLD, **asked)


@pytest.mark.parametrize(
    ("make", "parameters"),
    [
        (PovertyModel, WORLD),
        (PovertyModel.from_config, {"overrides": [HOLD, HOLD]}),
    ],
)
def test_a_batch_of_mesas_has_the_seeds_that_it_asks_for(make, parameters):
    alone = {seed: model_of(3, seed=seed).income_per_person for seed in (1, 2)}
    rows = batch(make, parameters, rng=[1, 2])
    assert {row["seed"] for row in rows} == {1, 2}
    assert all(row["income_per_person"] == alone[row["seed"]] for row in rows)


def test_a_batch_varies_seeds_as_a_parameter_too():
    rows = batch(PovertyModel, {**WORLD, "seed": [1, 2]})
    assert [row["seed"] for row in rows] == [1, 2]


def test_a_batch_without_seeds_draws_one_for_each_row_and_names_it():
    rows = batch(PovertyModel, {**WORLD, "seed": None}, rng=[None, None])
    one, other = (row["seed"] for row in rows)
    assert one != other
    assert model_of(3, seed=one).income_per_person == rows[0]["income_per_person"]


def test_a_batch_in_processes_gives_the_rows_of_a_batch_in_one():
    here = batch(PovertyModel.from_config, {"overrides": [HOLD, CLIFF]}, rng=[4])
    there = batch(
        PovertyModel.from_config, {"overrides": [HOLD, CLIFF]}, rng=[4], number_processes=2
    )
    assert sorted(here, key=lambda row: row["RunId"]) == sorted(there, key=lambda r: r["RunId"])


def test_a_run_ends_where_its_years_end_and_goes_on_if_asked():
    model = model_of()
    model.run_model()
    assert (model.month, model.running) == (12, False)
    model.run_model()
    assert model.month == 12
    model.step()
    model.run_until(15)
    assert (model.month, model.running) == (15, False)


@pytest.mark.parametrize("months", [True, 0.5, -1, "3", None, float("nan"), float("inf"), 11])
def test_a_model_runs_until_a_whole_month_that_is_to_come(months):
    model = model_of(12)
    with pytest.raises(UserError, match=r"run_until=.*; allowed: a whole number, 12 or more"):
        model.run_until(months)


def twin_of(model, how):
    return pickle.loads(pickle.dumps(model)) if how == "pickle" else getattr(copy, how)(model)


@pytest.mark.parametrize("how", ["copy", "deepcopy", "pickle"])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_copy_lives_on_as_its_original_and_shares_nothing(how, threads):
    overrides = ["scenario=paper_package", "households=200"]
    model = PovertyModel.from_config(overrides, seed=3, threads=threads)
    model.run_for(11)
    other = twin_of(model, how)
    for name in ("households", "places", "counties"):
        mine, theirs = getattr(model, name), getattr(other, name)
        assert not [c for c in mine.columns if np.shares_memory(mine[c], theirs[c])]
    assert other.villages[0].model is other
    other.run_for(3)
    assert model.month == 11
    model.run_for(3)
    for table in (
        lambda m: m.annual,
        lambda m: m.ledger.table(),
        lambda m: m.datacollector.get_model_vars_dataframe(),
        lambda m: pd.DataFrame({c: m.households[c] for c in ("savings", "debt", "uid")}),
    ):
        pd.testing.assert_frame_equal(table(other), table(model), check_exact=True)
