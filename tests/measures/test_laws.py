"""Laws that hold for every distribution."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from povsim import measures as m

incomes = st.lists(st.floats(1.0, 1e5), min_size=2, max_size=30).map(np.array)
INEQUALITY = [m.gini, m.theil, m.mean_log_deviation, m.s80_s20, m.palma]


@pytest.mark.parametrize("measure", INEQUALITY)
@given(x=incomes, factor=st.floats(0.1, 100))
def test_inequality_ignores_the_scale(measure, x, factor):
    assert measure(x * factor) == pytest.approx(measure(x), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    "measure", [*INEQUALITY, lambda x, weights=None: m.watts(x, 500.0, weights)]
)
@given(data=st.data())
def test_whole_weights_are_repeated_people(measure, data):
    x = data.draw(incomes)
    times = np.array(data.draw(st.lists(st.integers(1, 4), min_size=len(x), max_size=len(x))))
    assert measure(x, weights=times) == pytest.approx(
        measure(np.repeat(x, times)), rel=1e-6, abs=1e-9
    )


@given(x=incomes, q=st.floats(0.01, 0.99))
def test_a_quantile_has_its_share_of_people_at_or_below(x, q):
    value = m.weighted_quantile(x, q)
    assert (x <= value).mean() >= q - 1e-9 or np.isclose((x < value).mean(), q)


@given(x=incomes)
def test_a_transfer_from_rich_to_poor_lowers_inequality(x):
    low, high = x.argmin(), x.argmax()
    amount = 0.25 * (x[high] - x[low])
    after = x.copy()
    after[low] += amount
    after[high] -= amount
    assert m.gini(after) <= m.gini(x) + 1e-12
    assert m.theil(after) <= m.theil(x) + 1e-12


@given(x=incomes, line=st.floats(10, 1e5))
def test_poverty_indices_are_ordered_and_decompose(x, line):
    h, gap, squared = (m.fgt(x, line, a) for a in (0, 1, 2))
    assert 0 <= squared <= gap <= h <= 1
    groups = np.arange(len(x)) % 3
    parts = m.fgt_decomposition(x, line, 1, groups)
    assert sum(share * index for share, index in parts.values()) == pytest.approx(gap, abs=1e-12)


def test_a_person_at_the_line_is_not_poor():
    assert m.headcount_ratio([4000.0, 3999.99], 4000.0) == 0.5


@pytest.mark.parametrize(
    ("values", "weights", "message"),
    [
        ([], None, "x: empty"),
        ([1.0, np.nan], None, "not finite"),
        ([1.0, 2.0], [1.0, -1.0], "weights: negative"),
        ([1.0, 2.0], [1.0], "weights: shape"),
        ([1.0, 2.0], [0.0, 0.0], "weights: all zero"),
    ],
)
def test_bad_input_names_the_argument(values, weights, message):
    with pytest.raises(ValueError, match=message):
        m.gini(values, weights)


def test_logs_of_nothing_are_refused_unless_censored():
    with pytest.raises(ValueError, match="zero='censor'"):
        m.watts([0.0, 5.0], 4.0)
    assert m.watts([0.0, 5.0], 4.0, zero="censor", floor=1.0) == pytest.approx(np.log(4) / 2)


def test_a_gini_that_can_exceed_one_is_flagged():
    with pytest.warns(m.GiniBoundWarning):
        m.gini([-5.0, 1.0, 20.0])
