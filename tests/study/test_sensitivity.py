"""Sensitivity indices agree with functions whose indices are known."""

import numpy as np
import pandas as pd
import pytest

from povsim.study.sweeps import designs, marks
from povsim.study.sweeps.designs import Factor
from povsim.study.sweeps.sensitivity import (
    interactions,
    morris_effects,
    pawn_index,
    sobol_indices,
    tornado,
)

ANGLES = [Factor(name, -np.pi, np.pi) for name in "abc"]
LINEAR = [Factor(name, 0.0, 1.0) for name in ("one", "two", "three")]
WEIGHTS = np.array([1.0, 2.0, 4.0])


def by_factor(table, index):
    return table[table["index"] == index]["value"].to_numpy()


def test_ishigamis_function_has_its_sobol_indices():
    """Analytic indices for a = 7, b = 0.1 (Ishigami and Homma 1990)."""
    design = designs.sobol(ANGLES, 4096, seed=1)
    a, b, c = (design[n].to_numpy() for n in "abc")
    found = sobol_indices(ANGLES, np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a))
    assert by_factor(found, "S1") == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert by_factor(found, "ST") == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    assert (found["ci_low"] <= found["value"]).all()
    assert set(found["n"]) == {4096}


def test_a_linear_model_has_squared_weights_as_shares():
    design = designs.sobol(LINEAR, 1024, seed=2)
    found = sobol_indices(LINEAR, design.to_numpy() @ WEIGHTS)
    expected = WEIGHTS**2 / (WEIGHTS**2).sum()
    assert by_factor(found, "S1") == pytest.approx(expected, abs=0.02)
    assert by_factor(found, "ST") == pytest.approx(expected, abs=0.02)


def test_morris_finds_the_weights_of_a_linear_model_and_no_spread():
    design = designs.morris(LINEAR, 20, seed=3)
    found = morris_effects(LINEAR, design, design.to_numpy() @ WEIGHTS)
    assert by_factor(found, "mu_star") == pytest.approx(WEIGHTS)
    assert by_factor(found, "sigma") == pytest.approx(np.zeros(3), abs=1e-9)


def test_pawn_ranks_the_weights_of_a_linear_model():
    design = designs.latin_hypercube(LINEAR, 600, seed=4)
    found = by_factor(pawn_index(LINEAR, design, design.to_numpy() @ WEIGHTS), "pawn")
    assert found[2] > found[1] > found[0] > 0


@pytest.mark.parametrize("slices", [2, 6, 9, 10])
def test_pawn_takes_any_number_of_slices(slices):
    design = designs.latin_hypercube(LINEAR, 300, seed=4)
    found = by_factor(pawn_index(LINEAR, design, design.to_numpy() @ WEIGHTS, slices), "pawn")
    assert found[2] > found[0] > 0


def test_a_tornado_swings_by_the_weights_and_finds_the_best_choice():
    factors = [*LINEAR, Factor("trap", choices=("x", "y"))]
    design = designs.latin_hypercube(factors, 2000, seed=5)
    values = design[["one", "two", "three"]].to_numpy() @ WEIGHTS + 5 * (design["trap"] == "y")
    table = tornado(factors, design, values).set_index("factor")
    assert list(table.index) == ["trap", "three", "two", "one"]
    assert table.loc["three", "swing"] == pytest.approx(4 * 0.8, abs=0.5)
    assert table.loc["trap", ["low_value", "high_value"]].tolist() == ["x", "y"]


def test_an_outcome_that_never_moves_depends_on_nothing():
    design = designs.sobol(LINEAR, 16)
    assert (sobol_indices(LINEAR, np.ones(len(design)))["value"] == 0).all()
    assert (pawn_index(LINEAR, design, np.ones(len(design)))["value"] == 0).all()


def test_interaction_shares_are_those_of_the_analysis_of_variance():
    table = pd.DataFrame(
        [(a, b, a + 2 * b + 4 * a * b) for a in (-1, 1) for b in (-1, 1)],
        columns=["trap", "mode", "value"],
    )
    found = interactions(["trap", "mode"], table).set_index("term")["share"]
    expected = {"trap": 1 / 21, "mode": 4 / 21, "trap × mode": 16 / 21, "rest": 0.0}
    assert found.to_dict() == pytest.approx(expected)


def test_values_that_are_not_finite_are_counted():
    with pytest.raises(ValueError, match="values: 1 of 3 are not finite"):
        tornado(LINEAR, pd.DataFrame(), [1.0, np.nan, 2.0])


def ishigami(n):
    design = designs.sobol(ANGLES, n, seed=1)
    a, b, c = (design[name].to_numpy() for name in "abc")
    return sobol_indices(ANGLES, np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a))


def test_indices_of_a_few_points_are_marked_with_the_points_they_need():
    few = ishigami(32)
    half = (few["ci_high"] - few["ci_low"]) / 2
    noted = few["note"] != ""
    assert noted.sum() >= 3
    enough = 32 * (half / 0.05) ** 2
    needed = few["n_needed"][noted]
    assert (needed >= enough[noted]).all() and (needed < 2 * enough[noted]).all()
    assert np.log2(needed).mod(1).eq(0).all()


def test_indices_of_many_points_are_not_marked():
    assert ishigami(8192)["note"].eq("").all()


@pytest.mark.parametrize(
    ("first", "total", "notes"),
    [
        (0.30, 0.60, ["", ""]),
        (0.04, 0.60, ["", ""]),
        (-0.02, 0.60, ["beyond_range", ""]),
        (-0.004, 0.60, ["", ""]),
        (0.30, 1.02, ["", "beyond_range"]),
        (0.60, 0.55, ["beyond_range", "beyond_range"]),
    ],
)
def test_what_is_no_share_is_marked_and_stays_as_it_is(first, total, notes):
    table = pd.DataFrame({"factor": "x", "index": ["S1", "ST"], "value": [first, total]})
    table = table.assign(ci_low=table["value"] - 0.04, ci_high=table["value"] + 0.04, n=64)
    found = marks.shares_marked(table)
    assert found["note"].tolist() == notes
    assert found["value"].tolist() == [first, total]
    assert found["n_needed"].dropna().tolist() == [128] * sum(map(bool, notes))


def test_effects_within_their_error_are_marked():
    table = pd.DataFrame(
        [
            ("x", "mu_star", 10.0, 9.0, 11.0),
            ("y", "mu_star", 1.0, 0.0, 2.0),
            ("x", "mu", 10.0, np.nan, np.nan),
            ("y", "mu", 0.5, np.nan, np.nan),
            ("x", "sigma", 1.0, np.nan, np.nan),
            ("y", "sigma", 2.0, np.nan, np.nan),
        ],
        columns=["factor", "index", "value", "ci_low", "ci_high"],
    ).assign(n=16)
    found = marks.effects_marked(table)
    assert found["note"].tolist() == ["", "below_noise", "", "below_noise", "", ""]
    assert found["n_needed"].dropna().tolist() == [64, 62]  # (1/0.5)^2 and (0.98/0.5)^2 times 16


def test_pawn_of_what_moves_nothing_is_marked_until_there_are_points_enough():
    factors = [*LINEAR, Factor("idle", 0.0, 1.0)]
    for n, note in ((60, "below_noise"), (4000, "")):
        design = designs.latin_hypercube(factors, n, seed=4)
        found = pawn_index(factors, design, design[["three"]].to_numpy()[:, 0])
        by = found.set_index("factor")["note"]
        assert (by["idle"], by["three"]) == (note, "")


def test_indices_of_an_outcome_that_never_moves_are_said_to_be_undefined():
    design, walk = designs.sobol(LINEAR, 16), designs.morris(LINEAR, 4)
    for table in (
        sobol_indices(LINEAR, np.ones(len(design))),
        pawn_index(LINEAR, design, np.ones(len(design))),
        morris_effects(LINEAR, walk, np.ones(len(walk))),
    ):
        assert set(table["note"]) == {"constant"}
        assert table["n_needed"].isna().all()
