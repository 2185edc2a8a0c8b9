"""Designs fill the space that they are asked to fill, and refuse what is not in it."""

import numpy as np
import pandas as pd
import pytest

from povsim.errors import UserError
from povsim.study.sweeps import designs
from povsim.study.sweeps.designs import Factor

RATE = Factor("rate", 0.02, 0.10)
WAGE = Factor("wage", 1000.0, 3000.0)
TRAP = Factor("trap", choices=("concave", "s_shaped", "geographic"))
ALL = (RATE, WAGE, TRAP)


def test_a_grid_has_every_combination_and_both_bounds():
    table = designs.grid(ALL, 4)
    assert len(table.drop_duplicates()) == 4 * 4 * 3
    assert (table["rate"].min(), table["rate"].max()) == (0.02, 0.10)
    assert set(table["trap"]) == set(TRAP.choices)


def test_a_latin_hypercube_has_one_point_in_every_slice():
    unit = designs.to_unit(designs.latin_hypercube((RATE, WAGE), 50, seed=3), (RATE, WAGE))
    for column in unit.T:
        assert sorted(np.floor(column * 50).astype(int)) == list(range(50))


@pytest.mark.parametrize(
    ("make", "points"),
    [(lambda s: designs.sobol(ALL, 8, s), 40), (lambda s: designs.morris(ALL, 6, 4, s), 24)],
)
def test_designs_have_their_size_and_repeat_with_their_seed(make, points):
    assert len(make(1)) == points
    pd.testing.assert_frame_equal(make(1), make(1))
    assert not make(1).equals(make(2))


def test_sobols_sequence_needs_a_power_of_two():
    with pytest.raises(UserError, match=r"n=100; allowed: a power of two .* such as 128"):
        designs.sobol(ALL, 100)


def test_coordinates_go_there_and_back():
    design = designs.latin_hypercube(ALL, 30, seed=1)
    again = designs.from_unit(designs.to_unit(design, ALL), ALL)
    pd.testing.assert_frame_equal(again, design)
