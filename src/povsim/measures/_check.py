"""Check what is measured: the contract that :mod:`povsim.measures` tells, for every measure."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from povsim.measures._read import Array, Table, numbers, plain

ROUNDING = 1e-12
"""Relative difference under which two sums are the same number."""
INFINITE = float("inf")
P = ParamSpec("P")
T = TypeVar("T")


class Bounds(NamedTuple):
    """What a number may be."""

    least: float = -INFINITE
    most: float = INFINITE
    above: float = -INFINITE
    below: float = INFINITE

    def __str__(self) -> str:
        """Return the bounds in words."""
        if self.least > -INFINITE and self.most < INFINITE:
            return f"{self.least:g} to {self.most:g}"
        words = {
            f"above {self.above:g}": self.above > -INFINITE,
            f"{self.least:g} or more": self.least > -INFINITE,
            f"below {self.below:g}": self.below < INFINITE,
            f"at most {self.most:g}": self.most < INFINITE,
        }
        return " and ".join(word for word, said in words.items() if said) or "any finite number"

    def hold(self, values: Any) -> Any:
        """Return whether each value lies within; NaN does not."""
        inside = (values >= self.least) & (values <= self.most)
        return inside & (values > self.above) & (values < self.below)


ANY = Bounds()
ABOVE_ZERO = Bounds(above=0)
NOT_NEGATIVE = Bounds(least=0)
SHARE = Bounds(least=0, most=1)


def finite(measure: Callable[P, T]) -> Callable[P, T]:
    """Let a measure raise ValueError where NumPy would warn and go on with inf or NaN."""

    @wraps(measure)
    def checked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with np.errstate(over="raise", divide="raise", invalid="raise"):
                return measure(*args, **kwargs)
        except ArithmeticError as error:
            name = getattr(measure, "__name__", "measure")
            raise ValueError(f"{name}: numbers are too large or too small: {error}") from error

    return checked


def rows(
    weights: ArrayLike | None, truths: tuple[str, ...] = (), **columns: ArrayLike
) -> tuple[Array, ...]:
    """Return columns and person weights of those who count, or raise ValueError naming one.

    Parameters
    ----------
    weights : array_like, optional
        Persons that each row stands for; rows of weight zero are left out.
    truths : tuple of str
        Columns that may hold True and False.
    columns : array_like
        One number a row, by the name of the argument.
    """
    table = Table(truths)
    arrays = [table.column(value, name) for name, value in columns.items()]
    return counted(table.weights(weights), *arrays)


def counted(weights: Array, *arrays: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Return arrays and their weights without the rows of weight zero."""
    keep = weights > 0
    return tuple(a if keep.all() else a[keep] for a in (*arrays, weights))


def lined_rows(
    x: ArrayLike, line: ArrayLike, weights: ArrayLike | None
) -> tuple[Array, Array, Array]:
    """Return values, the line of each and weights; ``line`` is one for all or one a row."""
    if is_single(line):
        values, w = rows(weights, x=x)
        return values, np.full_like(values, number(line, "line", ABOVE_ZERO)), w
    values, lines, w = rows(weights, x=x, line=line)
    return values, within(lines, "line", ABOVE_ZERO), w


def is_single(value: Any) -> bool:
    """Return whether an argument is one number, or would be if it were one."""
    several = hasattr(value, "__len__") and getattr(value, "ndim", 1) > 0
    return isinstance(value, str) or not several


def number(value: Any, name: str, allowed: Bounds = ANY) -> float:
    """Return one finite number within bounds, or raise ValueError naming the argument."""
    try:
        found = float(numbers(value, name, 0))
    except ValueError:
        raise ValueError(_not_allowed(name, value, allowed)) from None
    if not allowed.hold(found):
        raise ValueError(_not_allowed(name, value, allowed))
    return found


def _not_allowed(name: str, value: Any, allowed: Bounds) -> str:
    if not is_single(value):
        return f"{name}: one number is needed, found {type(value).__name__}; allowed is {allowed}"
    return f"{name}={plain(value)!r:.40}: allowed is {allowed}"


def chosen(value: object, name: str, *allowed: object) -> None:
    """Refuse what is none of the options."""
    value = plain(value)
    if not any(isinstance(value, type(option)) and value == option for option in allowed):
        raise ValueError(f"{name}={value!r}: allowed are {', '.join(map(str, allowed))}")


def within(values: Array, name: str, allowed: Bounds) -> Array:
    """Return values that all lie within bounds, or raise ValueError naming the argument."""
    outside = int((~allowed.hold(values)).sum())
    if outside:
        raise ValueError(
            f"{name}: {outside} of {values.size} are not allowed; allowed is {allowed}"
        )
    return values


def flags(values: Array, name: str) -> NDArray[np.bool_]:
    """Return yes and no from True and False, or 1 and 0; nothing else is either."""
    if not np.isin(values, (0.0, 1.0)).all():
        raise ValueError(f"{name}: allowed are True and False, or 1 and 0")
    return values == 1.0


def defined(values: Array, zero: str, floor: float | None, allowed: Bounds) -> Array:
    """Return values for which a measure is defined: refuse others, or raise them to ``floor``."""
    if zero == "censor":
        return np.maximum(values, number(floor, "floor", ABOVE_ZERO))
    if floor is not None:
        raise ValueError(f"floor={floor!r}: is for zero='censor' alone")
    outside = int((~allowed.hold(values)).sum())
    if outside:
        what = "zero or negative" if allowed == ABOVE_ZERO else "negative"
        remedy = "censor them with zero='censor', floor=..."
        raise ValueError(f"x: {outside} of {values.size} values are {what}; {remedy}")
    return values


def mean_of(values: NDArray[Any], w: Array) -> float:
    """Return the weighted mean."""
    return float((values * w).sum() / w.sum())


def positive_mean(values: Array, w: Array, name: str = "x") -> float:
    """Return the weighted mean of values to which it can be the measure, or refuse."""
    mean, size = mean_of(values, w), mean_of(np.abs(values), w)
    if mean <= ROUNDING * size:
        raise ValueError(f"{name}: the mean must be above zero")
    return mean


def ranks(values: Array, w: Array) -> Array:
    """Return each person's place among all, 0 to 1: the middle of those with the same value."""
    _, which = np.unique(values, return_inverse=True)
    share = np.bincount(which, weights=w / w.sum())
    place: Array = (np.cumsum(share) - 0.5 * share)[which]
    return place


def ordered(values: Array, w: Array) -> tuple[Array, Array]:
    """Return values in rising order with their weights."""
    order = np.argsort(values, kind="stable")
    return values[order], w[order]
