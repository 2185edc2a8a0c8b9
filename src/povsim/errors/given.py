"""Take what people give in Python, of NumPy and pandas too, or say what is wrong with it."""

import math
from collections.abc import Mapping, Set
from numbers import Integral, Real
from typing import Any, TypeGuard

from povsim.errors import Said, UserError, said

LARGEST_SEED = 2**64 - 1
EXACT = 2**53
"""From here on a float may stand for more than one whole number."""


def is_number(value: object) -> TypeGuard[float]:
    """Say whether something is a number: texts are none, true and false are none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def is_whole(value: object) -> TypeGuard[float]:
    """Say whether something is a whole number; 3.0 is one."""
    if not is_number(value):
        return False
    return isinstance(value, Integral) or (abs(value) < EXACT and value == int(value))


def plain(value: Any) -> Any:
    """Return a whole number as a plain int; what is none is refused where it is used."""
    return int(value) if is_whole(value) else value


def whole_number(
    key: str, value: Any, low: int = 0, high: float = math.inf, rule: Said | None = None
) -> int:
    """Return a whole number as a plain int.

    Parameters
    ----------
    rule : Said, optional
        What is allowed, if that is not told by ``low`` and ``high`` alone.

    Raises
    ------
    UserError
        If it is none, or out of its range.
    """
    if is_whole(value) and low <= value <= high:
        return int(value)
    kind = "whole_at_least" if high == math.inf else "whole_from_to"
    found = str(value) if is_number(value) else "null" if value is None else repr(value)
    raise UserError(key, found, rule or said(kind, low=low, high=f"{high:g}"))


def seed_number(value: Any, key: str = "seed") -> int:
    """Return a seed as a plain int, or raise UserError: it never wraps round to another one."""
    return whole_number(key, value, 0, LARGEST_SEED, said("seed_range"))


def list_of(key: str, given: Any, rule: Said) -> list[Any]:
    """Return what a list, a tuple, an array, a column or a generator holds.

    One text is no list of its letters, and a set has no order.

    Raises
    ------
    UserError
        If it is none of these.
    """
    if isinstance(given, str | bytes | Mapping | Set):
        raise UserError(key, repr(given), rule)
    try:
        return list(given)
    except TypeError:
        raise UserError(key, repr(given), rule) from None


def texts_of(key: str, given: Any, rule: Said) -> list[str]:
    """Return the texts that something holds, or raise UserError as :func:`list_of` does."""
    texts = list_of(key, given, rule)
    for text in texts:
        if not isinstance(text, str):
            raise UserError(key, repr(text), rule)
    return [str(text) for text in texts]
