"""A household is paid in one way, its income is assessed in one way, and its risks are one."""

import ast
from pathlib import Path

import numpy as np
import pytest

import povsim
from povsim.kernels.compiled import kernel
from povsim.kernels.hazards import illness_rate
from povsim.kernels.work import yearly_separations
from povsim.money.support import (
    PROPERTY,
    TRANSFER,
    WAGE,
    pay_rows,
    receive_property,
    receive_transfer,
    receive_wage,
)
from povsim.params import World
from povsim.params.declare import as_tuple
from povsim.programmes.delivery.assessed_income import assessed, assessed_rows, list_noise
from povsim.rng import Stream, TargetingDraw, philox4x32

ROOT = Path(povsim.__file__).parent
POLICY = {"month_policy", "year_policy"}
WRITERS = {
    "money/support.py": "pays",
    "kernels/earnings.py": "begins months and years at nothing",
    "population/margins.py": "begins the first month at nothing",
}


def names_of_policy(function):
    """Return the local names that a function gives to the columns of policy income."""
    names = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            names |= {t.id for t, value in pairs if isinstance(t, ast.Name) and is_policy(value)}
    return names


def is_policy(node, names=frozenset()):
    """Return whether an expression is a column of policy income, or rows of it."""
    if isinstance(node, ast.Subscript):
        index = node.slice
        by_name = isinstance(index, ast.Constant) and index.value in POLICY
        return by_name or is_policy(node.value, names)
    if isinstance(node, ast.Name):
        return node.id in names
    return isinstance(node, ast.Attribute) and node.attr in POLICY


def writes_policy(source):
    """Return whether code assigns to policy income, or goes over its columns by name."""
    tree = ast.parse(source)
    for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
        names = names_of_policy(function)
        for node in ast.walk(function):
            targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
            stores = isinstance(node, ast.Assign | ast.AugAssign)
            if stores and any(
                isinstance(t, ast.Subscript) and is_policy(t, names) for t in targets
            ):
                return True
            listed = node.elts if isinstance(node, ast.Tuple | ast.List) else []
            if any(isinstance(e, ast.Constant) and e.value in POLICY for e in listed):
                return True
    return False


def test_policy_income_is_written_where_households_are_paid_and_nowhere_else():
    found = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8") for p in ROOT.rglob("*.py")}
    assert {path for path, source in found.items() if writes_policy(source)} == set(WRITERS)


@pytest.mark.parametrize(
    "line",
    [
        "h.year_policy[i] += due",
        "h['month_policy'][rows] += due",
        "policy = h.month_policy; policy[i] = due",
        "income, policy = h.month_income, h.month_policy; policy[i] += due",
        "for name in ('month_income', 'month_policy'): h[name][rows] += due",
    ],
)
def test_another_way_to_pay_a_household_is_seen(line):
    assert writes_policy(f"def pay(h, i, rows, due):\n    {line.replace('; ', chr(10) + '    ')}")


def test_reading_policy_income_is_no_payment():
    assert not writes_policy("def f(h, i):\n    policy = h.month_policy\n    return policy[i]")


@kernel
def paid_by_a_kernel(h, rows, amounts, source):
    """Pay as the kernels of programmes do."""
    for k in range(len(rows)):
        if source == TRANSFER:
            receive_transfer(h, rows[k], amounts[k])
        elif source == WAGE:
            receive_wage(h, rows[k], amounts[k])
        else:
            receive_property(h, rows[k], amounts[k])


@pytest.mark.parametrize(
    ("source", "columns"),
    [
        (TRANSFER, {"month_income", "month_policy", "year_policy", "year_transfer"}),
        (WAGE, {"month_income", "month_policy", "year_policy", "year_wage"}),
        (PROPERTY, {"month_income", "year_property"}),
    ],
)
def test_rows_and_kernels_pay_into_the_same_columns(build, source, columns):
    rows = np.array([3, 40, 41, 700])
    amounts = np.array([10.0, 0.1, 250.0, 1e5])
    by_row, by_kernel, before = build("hold", 1), build("hold", 1), build("hold", 1)
    by_place = pay_rows(by_row, rows, amounts, source)
    paid_by_a_kernel(by_kernel.households.arrays, rows, amounts, source)
    moved = set()
    for name in before.households.arrays._fields:
        was, one, other = (m.households[name] for m in (before, by_row, by_kernel))
        np.testing.assert_array_equal(one, other)
        moved |= {name} if not np.array_equal(was, one) else set()
    assert moved == columns
    assert by_place.sum() == pytest.approx(amounts.sum())
    assert by_place[by_row.places.of_rows(rows[-1:])[0]] >= 1e5


def test_rows_and_kernels_see_the_same_income(build):
    model = build("hold", 2)
    h, noise = model.households, list_noise(model)
    usual = 12.0 * h["usual_income"].astype(float) / h["members"]
    draw = TargetingDraw.CASH_LIST
    seen = assessed_rows(model, usual, draw)
    for i in range(0, len(h), 97):
        word = philox4x32(h["uid"][i], model.month, int(Stream.TARGETING), int(draw), *model.key)[0]
        assert assessed(usual[i], noise, word) == seen[i]


def test_errors_of_assessed_income_have_the_noise_of_lists(build):
    model = build("hold", 1)
    errors = np.log(assessed_rows(model, np.ones(len(model.households)), TargetingDraw.NEED))
    assert errors.mean() == pytest.approx(0.0, abs=0.05)
    assert errors.std() == pytest.approx(list_noise(model), rel=0.1)


def test_the_illness_rate_of_columns_is_that_of_each_household(build):
    h, p = build("hold", 1).households, as_tuple(World().hazards)
    overworked = h["migrant_informal"] / np.maximum(h["labour"], 1)
    columns = illness_rate.py_func(h["head_age"], h["health"].astype(float), overworked, p)
    one_by_one = [
        illness_rate(*row, p) for row in zip(h["head_age"], h["health"], overworked, strict=True)
    ]
    np.testing.assert_allclose(columns, one_by_one, rtol=1e-12)


def test_expected_separations_add_up_over_jobs():
    rates = (0.2, 0.3, 0.4, 0.1)
    columns = yearly_separations.py_func(np.array([[1, 0], [0, 2], [3, 0], [0, 1]]), rates)
    np.testing.assert_allclose(columns, [1.4, 0.7])
