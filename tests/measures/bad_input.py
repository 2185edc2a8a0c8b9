"""What no measure takes, by kind of argument."""

from datetime import date

import numpy as np
import pandas as pd

from tests.measures.contracts import (
    GROUP,
    INDICATORS,
    NUMBER,
    OPTION,
    ROWS,
    TABLES,
    WEIGHT,
    Contract,
    array_of,
    pd_of,
)


def worse_rows(contract, argument):
    """Yield, by what is wrong, an argument with one row a person that is to be refused."""
    kind, good = contract.kind(argument), contract.call[argument]
    for bad in (np.nan, None, pd.NA, pd.NaT, np.ma.masked):
        yield f"{bad} in a list", replaced(good, bad)
    yield "masked", masked(good)
    yield "missing in a Series", pd_of(replaced(good, None))
    yield "empty", []
    if argument != "line":
        yield "one number", 1.0
    yield "another dimension", np.ones(5) if kind in TABLES else np.ones((5, 3))
    if kind != GROUP:
        yield from no_numbers(contract, argument)
    if kind == WEIGHT:
        yield "negative", replaced(good, -1.0)
        yield "all zero", np.zeros(len(good))


def no_numbers(contract, argument):
    """Yield, by what they are, rows of which one or all are no finite numbers."""
    good = contract.call[argument]
    for bad in (np.inf, -np.inf, "1", "poor", 1j, date(2020, 1, 1), 10**400, Unmeasured()):
        yield f"{bad!r:.20}", replaced(good, bad)
    yield "texts", np.array(good).astype(str)
    yield "dates", np.array(good).astype("datetime64[D]")
    yield "spans of time", np.array(good).astype("timedelta64[D]").astype(object)
    if not contract.takes_truths(argument):
        yield "truths", np.array(good) > 0


class Unmeasured:
    """Something that is no number."""


def replaced(rows, value):
    """Return rows in which the first number is another."""
    first = [value, *rows[0][1:]] if isinstance(rows[0], list) else value
    return [first, *rows[1:]]


def masked(rows):
    array = np.ma.array(array_of(rows))
    array[(0,) * array.ndim] = np.ma.masked
    return array


def worse_numbers(contract, argument):
    """Yield, by what is wrong, a single number that is to be refused."""
    yield from ((repr(bad)[:20], bad) for bad in (np.nan, None, pd.NA, np.inf, -np.inf, "1", 1j))
    yield from ((repr(bad)[:20], bad) for bad in (True, np.ma.masked, Unmeasured(), 10**400, {}))
    yield "a list", [contract.call[argument]]
    yield "an array", np.array([contract.call[argument]] * 2)
    yield "a Series", pd.Series([contract.call[argument]])


def worse(contract, argument):
    """Yield, by what is wrong, an argument that is to be refused."""
    kind, good = contract.kind(argument), contract.call.get(argument)
    if kind == NUMBER:
        yield from worse_numbers(contract, argument)
    elif kind == INDICATORS:
        yield from worse_rows(Contract({"weights": good}), "weights")
        yield "too many", [*good, 1.0]
    elif kind in ROWS:
        yield from worse_rows(contract, argument)
    for bad in contract.bad.get(argument, ()):
        yield repr(bad), replaced(good, bad) if kind in ROWS else bad
    if kind == OPTION:
        yield "a list", [good]
