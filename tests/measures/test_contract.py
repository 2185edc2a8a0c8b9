"""Every function of povsim.measures keeps the one contract that the package tells."""

import inspect
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from povsim import measures as m
from tests.measures.bad_input import worse
from tests.measures.contracts import (
    CONTRACTS,
    GROUP,
    TABLES,
    WEIGHT,
    array_of,
    pd_of,
    people_of,
)

pytestmark = pytest.mark.filterwarnings("ignore::povsim.measures.GiniBoundWarning")
OF_PEOPLE = [name for name, contract in CONTRACTS.items() if contract.rows()]
WEIGHTED = [name for name in OF_PEOPLE if "weights" in CONTRACTS[name].call]
ARGUMENTS = [(name, argument) for name, c in CONTRACTS.items() for argument in {**c.call, **c.bad}]
few = settings(max_examples=8, deadline=None, database=None)
fewer = settings(few, max_examples=3)
lucks = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def function(name):
    """Return the function that an entry of the contracts is about."""
    return getattr(m, name.split()[0])


def public():
    """Return the names of the functions that users import."""
    return {name for name in m.__all__ if inspect.isfunction(getattr(m, name))}


def refusal(name, call):
    """Return the message with which a call is refused, or what it gave instead."""
    try:
        return f"gave {function(name)(**call)}"
    except ValueError as error:
        return str(error)


def outcome(name, call):
    """Return the result of a call, or None where the measure is not defined for these people."""
    try:
        return function(name)(**call)
    except ValueError:
        return None


def assert_same(one, other):
    if one is None or other is None:
        assert one is other
    elif isinstance(one, dict):
        assert one.keys() == other.keys()
        for key in one:
            assert_same(one[key], other[key])
    elif isinstance(one, tuple):
        for part, its_twin in zip(one, other, strict=True):
            assert_same(part, its_twin)
    else:
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


def with_rows(contract, call, change):
    """Return a call in which every argument with rows is changed."""
    return {**call, **{name: change(call[name]) for name in contract.rows()}}


def test_every_function_has_its_contract_and_none_is_gone():
    assert {name.split()[0] for name in CONTRACTS} == public()


@pytest.mark.parametrize("name", sorted(public()))
def test_every_argument_of_a_function_is_in_its_contract(name):
    calls = [c.call for n, c in CONTRACTS.items() if n.split()[0] == name]
    assert set().union(*calls) == set(inspect.signature(getattr(m, name)).parameters)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_rule_that_does_not_hold_is_told_where_the_function_is_explained(name):
    told = " ".join(function(name).__doc__.split())
    for rule, reason in CONTRACTS[name].apart.items():
        assert reason in told, rule
    if "x" in CONTRACTS[name].call:
        assert any(word in told.lower() for word in ("zero", "negative", ":func:`fgt`"))


@pytest.mark.parametrize("name", sorted(set(OF_PEOPLE) - set(WEIGHTED)))
def test_who_takes_no_weights_says_why(name):
    assert "weights" in CONTRACTS[name].apart


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_bad_input_is_refused_with_the_name_of_the_argument(name, argument):
    contract = CONTRACTS[name]
    for what, bad in worse(contract, argument):
        said = refusal(name, {**contract.call, argument: bad})
        assert said.startswith((f"{argument}:", f"{argument}=")), (what, said)


@pytest.mark.parametrize(
    ("name", "argument"), [(n, a) for n in OF_PEOPLE for a in CONTRACTS[n].rows()[1:]]
)
def test_other_numbers_of_rows_and_other_labels_are_refused(name, argument):
    contract = CONTRACTS[name]
    good = contract.call[argument]
    series = with_rows(contract, contract.call, lambda rows: pd_of(rows, list("pqrst")))
    twice = with_rows(contract, contract.call, lambda rows: pd_of(rows, list("ppqrs")))
    for what, call, bad in (
        ("longer", contract.call, [*good, good[0]]),
        ("one row", contract.call, good[:1]),
        ("other labels", series, pd_of(good, list("pqrsz"))),
        ("another index", series, pd_of(good)),
        ("labels that stand twice", twice, pd_of(good, list("pqprs"))),
    ):
        said = refusal(name, {**call, argument: bad})
        assert said.startswith(f"{argument}: "), (what, said)


@pytest.mark.parametrize(
    ("name", "argument", "call"),
    [
        ("gini", "bias_corrected", {"x": [1.0], "bias_corrected": True}),
        ("gini", "bias_corrected", {"x": [1, 2], "weights": [0, 1], "bias_corrected": True}),
        *((name, "x", {"x": [0.0, 0.0]}) for name in ("gini", "theil", "lorenz", "herfindahl")),
        *((name, "x", {"x": [-1.0, 1.0]}) for name in ("gini", "lorenz", "wolfson", "palma")),
        *((name, "x", {"x": [0.0] * 5 + [1.0]}) for name in ("s80_s20", "palma", "wolfson")),
        *(
            ("s80_s20", "x", {"x": x, "method": method})
            for method in ("laeken", "means")
            for x in ([0.0] * 5 + [1.0], [2.0] * 5)
        ),
        ("rosenbluth", "x", {"x": [-1.0, 3.0]}),
        ("lorenz_asymmetry", "x", {"x": [0.0, 0.0]}),
        ("atkinson", "x", {"x": [0.0, 0.0], "epsilon": 0.5}),
        ("generalized_entropy", "x", {"x": [-5.0, 1.0], "alpha": 2}),
        ("concentration_index", "x", {"x": [0, 0], "rank_by": [1, 2]}),
        ("theil_decomposition", "x", {"x": [0, 0], "groups": [1, 2]}),
        ("theil_decomposition", "groups", {"x": [1, 2], "groups": [[1], [2]]}),
        ("relative_line", "x", {"x": [-1.0, 0.0, 5.0]}),
        ("weakly_relative_line", "x", {"x": [-1.0, -2.0], "absolute": 1, "constant": 1}),
        ("oecd_equivalent_adults", "adults", {"adults": [0], "children": [0]}),
        ("gini", "gini", {"x": [1e308, 1e308]}),
        ("fgt", "fgt", {"x": [-1e300, 1.0], "line": 1e-300, "alpha": 2}),
    ],
)
def test_what_a_measure_is_not_defined_for_is_refused(name, argument, call):
    assert refusal(name, call).startswith(f"{argument}:")


@pytest.mark.parametrize("name", OF_PEOPLE)
@few
@given(luck=lucks)
def test_the_order_of_people_changes_nothing(name, luck):
    contract = CONTRACTS[name]
    call, n = people_of(contract, luck)
    order = luck.permutation(n)
    shuffled = with_rows(contract, call, lambda rows: [rows[i] for i in order])
    result, again = outcome(name, call), outcome(name, shuffled)
    one_a_row = isinstance(result, np.ndarray) and name != "transition_matrix"
    assert_same(result[order] if one_a_row else result, again)


@pytest.mark.parametrize("name", [n for n in WEIGHTED if "repetition" not in CONTRACTS[n].apart])
@few
@given(luck=lucks)
def test_a_whole_weight_is_a_row_repeated(name, luck):
    contract = CONTRACTS[name]
    call, n = people_of(contract, luck)
    times = [int(w) for w in call["weights"]]
    which = [i for i in range(n) for _ in range(times[i])]
    repeated = with_rows(contract, call, lambda rows: [rows[i] for i in which])
    result, again = outcome(name, call), outcome(name, {**repeated, "weights": None})
    one_a_row = isinstance(result, np.ndarray) and name != "transition_matrix"
    assert_same(result[which] if one_a_row else result, again)


@pytest.mark.parametrize("name", WEIGHTED)
@few
@given(luck=lucks, unit=st.sampled_from([0.1, 3.0, 1e6]))
def test_the_unit_of_weights_changes_nothing(name, luck, unit):
    call, _ = people_of(CONTRACTS[name], luck)
    other = {**call, "weights": np.array(call["weights"]) * unit}
    assert_same(outcome(name, call), outcome(name, other))


@pytest.mark.parametrize("name", WEIGHTED)
@few
@given(luck=lucks)
def test_a_row_without_weight_does_not_exist(name, luck):
    contract = CONTRACTS[name]
    call, n = people_of(contract, luck)
    longer = dict(call)
    for argument in contract.rows():
        kind, rows = contract.kind(argument), call[argument]
        if kind == WEIGHT:
            last = 0.0
        elif kind == GROUP:
            last = "a group of its own"
        elif kind in TABLES:
            last = luck.uniform(-1e6, 1e6, len(rows[0]))
        else:
            last = luck.choice([luck.uniform(-1e6, 1e6), 0.0, -1.0, rows[0]])
        longer[argument] = [*rows, last]
    result, again = outcome(name, call), outcome(name, longer)
    one_a_row = isinstance(again, np.ndarray) and name != "transition_matrix"
    assert_same(result, again[:n] if one_a_row else again)


def nullable(rows):
    """Return rows as pandas holds them where some might be missing."""
    return pd_of(rows).convert_dtypes()


@pytest.mark.parametrize("name", OF_PEOPLE)
@fewer
@given(luck=lucks)
def test_lists_arrays_series_and_their_types_are_one(name, luck):
    contract = CONTRACTS[name]
    call, _ = people_of(contract, luck)
    result = outcome(name, call)
    for way in (array_of, single_precision, pd_of, nullable, categorical, unmasked):
        assert_same(result, outcome(name, with_rows(contract, call, way)))


def single_precision(rows):
    array = array_of(rows)
    return array if array.dtype == object else array.astype(np.float32)


def categorical(rows):
    return pd.Categorical(rows) if isinstance(rows[0], str) else tuple(rows)


def unmasked(rows):
    return np.ma.array(array_of(rows))


@pytest.mark.parametrize("name", OF_PEOPLE)
@fewer
@given(luck=lucks)
def test_series_meet_by_their_labels(name, luck):
    contract = CONTRACTS[name]
    call, n = people_of(contract, luck)
    first, *others = contract.rows()
    shuffled = {**call, first: pd_of(call[first])}
    for argument in others:
        shuffled[argument] = pd_of(call[argument]).iloc[luck.permutation(n)]
    assert_same(outcome(name, call), outcome(name, shuffled))


@pytest.mark.parametrize("name", OF_PEOPLE)
def test_what_is_handed_over_is_never_written_to(name):
    contract = CONTRACTS[name]
    call = with_rows(contract, contract.call, array_of)
    call = {k: np.array(v) if isinstance(v, list) else v for k, v in call.items()}
    before = {key: np.copy(value) for key, value in call.items() if isinstance(value, np.ndarray)}
    result = function(name)(**call)
    for part in result if isinstance(result, tuple) else (result,):
        if isinstance(part, np.ndarray):
            part[...] = -7.0
    for key, value in before.items():
        np.testing.assert_array_equal(call[key], value)


@pytest.mark.parametrize("name", [n for n in CONTRACTS if CONTRACTS[n].degree is not None])
@few
@given(luck=lucks, factor=st.sampled_from([0.25, 8.0, 1024.0]))
def test_the_unit_of_money_changes_lines_alone(name, luck, factor):
    contract = CONTRACTS[name]
    call, _ = people_of(contract, luck) if contract.rows() else (contract.call, 0)
    dearer = {
        key: (np.array(value) * factor if isinstance(value, list) else value * factor)
        if key in contract.money and value is not None
        else value
        for key, value in call.items()
    }
    result = outcome(name, call)
    if contract.degree and result is not None:
        result = result * factor**contract.degree
    assert_same(result, outcome(name, dearer))


def plain_parts(result):
    """Yield the numbers and arrays of a result."""
    parts = result.values() if isinstance(result, dict) else result
    if isinstance(result, dict | tuple):
        for part in parts:
            yield from plain_parts(part)
    else:
        yield result


@pytest.mark.parametrize("name", CONTRACTS)
def test_results_are_python_floats_or_arrays_and_nothing_warns(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = function(name)(**CONTRACTS[name].call)
    assert all(type(part) is float or type(part) is np.ndarray for part in plain_parts(result))


@pytest.mark.parametrize(
    "labels",
    [("b", "a"), (2, 1), (True, False), (("b", 1), ("a", 2)), (1, "1")],
)
@pytest.mark.parametrize("way", [list, tuple, pd.Series, pd.Categorical])
def test_groups_are_told_by_the_labels_they_were_given(labels, way):
    poor, rich = labels
    found = m.fgt_decomposition([1.0, 3.0, 2.0, 4.0], 2.5, 0, way([poor, rich, poor, rich]))
    assert found == {poor: (0.5, 1.0), rich: (0.5, 0.0)}
    assert {type(label) for label in found} == {type(label) for label in labels}


def test_indicators_meet_by_the_names_of_their_columns():
    lacks = pd.DataFrame({"food": [1, 0], "water": [0, 0], "school": [1, 1]}, index=["p", "q"])
    weights = pd.Series({"school": 1.0, "food": 5.0, "water": 2.0})
    gaps = lacks[["water", "school", "food"]].loc[["q", "p"]] * 0.5
    found = m.alkire_foster(lacks, weights, 6, pd.Series({"q": 3.0, "p": 1.0}), gaps)
    assert (found.H, found.A, found.M1) == (0.25, 0.75, 0.25 * 0.75 * 0.5)
    with pytest.raises(ValueError, match="indicator_weights: labels differ"):
        m.alkire_foster(lacks, pd.Series({"school": 1.0, "food": 5.0, "home": 2.0}), 6)
    with pytest.raises(ValueError, match="gaps: labels differ"):
        m.alkire_foster(lacks, weights, 6, gaps=gaps.rename(columns={"food": "meals"}))


def test_a_list_beside_series_goes_by_position():
    x = pd.Series([1.0, 3.0], index=["p", "q"])
    assert m.headcount_ratio(x, 2.0, [1.0, 3.0]) == 0.25
    assert m.headcount_ratio([1.0, 3.0], 2.0, pd.Series([1.0, 3.0], index=["p", "q"])) == 0.25


def test_what_each_person_feels_comes_in_the_order_of_the_incomes():
    x = pd.Series([1.0, 3.0], index=["p", "q"])
    weights = pd.Series([1.0, 3.0], index=["q", "p"])
    np.testing.assert_allclose(m.yitzhaki_deprivation(x, weights), [0.5, 0.0])


def test_true_and_false_select_people_as_weights():
    assert m.headcount_ratio([1.0, 1.0, 3.0], 2.0, [True, False, True]) == 0.5


def test_measures_do_not_wait_for_pandas():
    asked = (
        "import sys, povsim.measures; print('pandas' in sys.modules, 'scipy.stats' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
