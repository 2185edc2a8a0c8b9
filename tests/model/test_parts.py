"""Parts of the population are found by name, in the order in which the ranks are kept."""

import numpy as np

from povsim.codes import CountyClass, Group, Region
from povsim.kernels import ranks
from povsim.yearbook.parts import PARTS, SUBSETS, row_of, rows_of


def test_every_part_is_found_by_its_name():
    assert [row_of(*part) for part in PARTS] == list(range(len(PARTS)))


def test_the_walk_over_incomes_keeps_parts_where_the_sums_keep_them():
    assert row_of() == ranks.EVERYBODY
    assert row_of("registered") == ranks.REGISTERED
    assert rows_of(Group) == list(ranks.FIRST_GROUP + np.arange(len(Group)))
    assert rows_of(Region) == list(ranks.FIRST_REGION + np.arange(len(Region)))
    assert rows_of(CountyClass) == list(ranks.FIRST_CLASS + np.arange(len(CountyClass)))
    assert len(SUBSETS) == ranks.SUBSETS
