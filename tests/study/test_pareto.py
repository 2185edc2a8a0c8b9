"""The search finds fronts that are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from povsim.study.searches.pareto import nondominated, nsga2, shares


def zdt1(x):
    """Zitzler, Deb and Thiele (2000): the front is f2 = 1 - sqrt(f1)."""
    g = 1 + 9 * x[:, 1:].mean(axis=1)
    return np.column_stack([x[:, 0], g * (1 - np.sqrt(x[:, 0] / g))])


def test_nsga2_finds_the_front_of_zdt1():
    table = nsga2(zdt1, [0] * 5, [1] * 5, ("f1", "f2"), population=60, generations=60, seed=1)
    front = table[table["front"]]
    assert np.abs(front["f2"] - (1 - np.sqrt(front["f1"]))).mean() < 0.05
    assert front["f1"].max() - front["f1"].min() > 0.8
    assert len(table) == 60 * 60


def test_nsga2_finds_schaffers_interval_and_repeats_with_its_seed():
    def two(x):
        return np.column_stack([x[:, 0] ** 2, (x[:, 0] - 2) ** 2])

    runs = [nsga2(two, [-10], [10], ("a", "b"), population=20, generations=15) for _ in range(2)]
    assert runs[0].equals(runs[1])
    assert runs[0][runs[0]["front"]]["x0"].between(-0.05, 2.05).all()


@given(arrays(float, (12, 2), elements=st.floats(0, 10)))
def test_nothing_beats_the_front_and_something_beats_the_rest(values):
    front = nondominated(values)
    for row, on_front in zip(values, front, strict=True):
        better = ((values <= row).all(axis=1) & (values < row).any(axis=1)).any()
        assert on_front == (not better)
    assert front.any()


def test_shares_sum_to_one():
    rows = shares([[1.0, 3.0], [0.0, 0.0], [-1.0, 2.0]])
    assert rows.tolist() == [[0.25, 0.75], [0.5, 0.5], [0.0, 1.0]]
    assert rows.sum(axis=1) == pytest.approx(1.0)
