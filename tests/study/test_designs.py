"""Designs fill the space that they are asked to fill, and refuse what is not in it."""

import numpy as np
import pandas as pd
import pytest

from povsim.errors import UserError
from povsim.study.sweeps import designs
from povsim.study.sweeps.csv_designs import from_csv
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


def test_a_design_of_ones_own_is_read(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("wage,trap\n1500,concave\n2000,geographic\n", encoding="utf-8")
    table, factors = from_csv(path, {f.name: f for f in ALL})
    assert table.to_dict("list") == {"wage": [1500.0, 2000.0], "trap": ["concave", "geographic"]}
    assert factors == [WAGE, TRAP]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wagee\n1500\n", r"column=wagee; allowed: rate, wage, trap; nearest: wage"),
        ("wage\n1500\n9999\n", r"d.csv, line 3: wage=9999; allowed: a number from 1000 to 3000"),
        ("wage\nmuch\n", r"line 2: wage=much; allowed: a number"),
        ("wage,rate\n1500,\n", r"line 2: rate=nothing"),
        ("trap\nconcav\n", r"line 2: trap=concav; .*nearest: concave"),
        ("wage\n", r"d.csv: the design is empty"),
        ("", r"d.csv: the design is empty"),
    ],
)
def test_a_bad_design_is_told_with_file_line_and_column(tmp_path, text, message):
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        from_csv(path, {f.name: f for f in ALL})


def test_a_design_that_is_not_there_or_not_text_is_told(tmp_path):
    with pytest.raises(UserError, match=r"design=.*none.csv; allowed: a CSV file that is there"):
        from_csv(tmp_path / "none.csv", {})
    (tmp_path / "b.csv").write_bytes(b"wage\n\xff\xfe\x00")
    with pytest.raises(UserError, match="not UTF-8 text; it seems to be "):
        from_csv(tmp_path / "b.csv", {f.name: f for f in ALL})
