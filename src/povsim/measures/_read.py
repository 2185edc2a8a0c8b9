"""Read what people hand over: lists, arrays, masked arrays, Series and tables, aligned by label.

pandas is known by its ways, not by its name, so that nobody waits for its import.
"""

from collections.abc import Iterator
from numbers import Number
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
MISSING = ("NoneType", "NAType", "NaTType")
"""Names of the types whose values are missing, pandas' among them."""
NO_NUMBERS = (complex, np.complexfloating, np.timedelta64)
"""Types that count as numbers in Python or NumPy and measure nothing here."""
TRUTHS = (bool, np.bool_)


class Table:
    """Arguments that speak of the same people, and maybe of the same indicators.

    The first Series or table among them gives the order; the others follow its labels.

    Parameters
    ----------
    truths : tuple of str
        Arguments that may hold True and False.
    """

    def __init__(self, truths: tuple[str, ...] = ()) -> None:
        self._truths = (*truths, "weights", "indicator_weights")
        self._people, self._indicators = _Axis(), _Axis()

    def column(self, value: ArrayLike, name: str) -> Array:
        """Return one number a person."""
        array = numbers(value, name, 1, name in self._truths)
        return self._people.aligned(array, value, name)

    def matrix(self, value: ArrayLike, name: str) -> Array:
        """Return one number a person and indicator."""
        array = numbers(value, name, 2, name in self._truths)
        array = self._people.aligned(array, value, name)
        return self._indicators.aligned(array, value, name, axis=1)

    def across(self, value: ArrayLike, name: str) -> Array:
        """Return one number an indicator."""
        array = numbers(value, name, 1, name in self._truths)
        return self._indicators.aligned(array, value, name)

    def groups(self, value: ArrayLike, name: str) -> NDArray[Any]:
        """Return the group of each person, as Python objects."""
        listed = _listed(value, name)
        lost = sum(_is_missing(label) for label in listed)
        if lost:
            raise ValueError(f"{name}: {lost} of {len(listed)} values are missing")
        array = np.fromiter(listed, dtype=object, count=len(listed))
        return self._people.aligned(array, value, name)

    def weights(self, value: ArrayLike | None, name: str = "weights") -> Array:
        """Return the weight of each person, one where none are given."""
        if value is None:
            return np.ones(self._people.size)
        return not_all_zero(self.column(value, name), name)


class _Axis:
    """How many there are along one side, and under which labels."""

    def __init__(self) -> None:
        self.size, self._shape, self._first = 0, (0,), ""
        self._labels: Any = None

    def aligned(self, array: NDArray[Any], value: Any, name: str, axis: int = 0) -> NDArray[Any]:
        """Return the array in the order of this side, or refuse another size or other labels."""
        if not self._first:
            self.size, self._shape, self._first = array.shape[axis], array.shape, name
        if array.shape[axis] != self.size:
            shapes = f"shape {array.shape} differs from {self._first} {self._shape}"
            raise ValueError(f"{name}: {shapes}")
        if not hasattr(value, "iloc"):
            return array
        labels = value.columns if axis else value.index
        if self._labels is None:
            self._labels = labels
        if self._labels.equals(labels):
            return array
        if not (self._labels.is_unique and labels.is_unique):
            raise ValueError(f"{name}: labels stand twice and in another order than in others")
        places = labels.get_indexer_for(self._labels)
        if len(places) != self.size or (places < 0).any():
            raise ValueError(f"{name}: labels differ from those of the arguments before")
        return array.take(places, axis)


def numbers(value: Any, name: str, dimensions: int, truths: bool = False) -> Array:
    """Return finite numbers of so many dimensions, or raise ValueError naming the argument."""
    raw = _raw(value, name)
    if raw.ndim != dimensions:
        needed = ("one number is", "one dimension is", "two dimensions are")[dimensions]
        raise ValueError(f"{name}: {needed} needed, found {_shape(raw)}")
    if raw.size == 0:
        raise ValueError(f"{name}: empty")
    kinds = {type(v) for v in raw.flat} if raw.dtype == object else {raw.dtype.type}
    for kind in kinds:
        if not (_is_number(kind, truths) or kind.__name__ in MISSING):
            raise ValueError(f"{name}: numbers are needed, found {kind.__name__.rstrip('_')}")
    with np.errstate(over="ignore"):  # becomes infinite, and is refused as such
        if raw.dtype == object:
            array = np.array([_float(v) for v in raw.flat]).reshape(raw.shape)
        else:
            array = raw.astype(np.float64, copy=False)
    lost = int((~np.isfinite(array)).sum())
    if lost:
        raise ValueError(f"{name}: {lost} of {array.size} values are missing or not finite")
    return array


def not_all_zero(weights: Array, name: str) -> Array:
    """Return weights of which none is negative and one is above zero."""
    if (weights < 0).any():
        raise ValueError(f"{name}: negative")
    if not weights.any():
        raise ValueError(f"{name}: all zero")
    return weights


def members(groups: NDArray[Any], name: str) -> Iterator[tuple[Any, NDArray[np.intp]]]:
    """Yield every group and its rows: sorted, or by appearance where labels cannot be."""
    rows: dict[Any, list[int]] = {}
    try:
        for row, label in enumerate(groups):
            rows.setdefault(label, []).append(row)
    except TypeError:
        raise ValueError(f"{name}: labels are needed, found {type(label).__name__}") from None
    try:
        order = sorted(rows)
    except TypeError:
        order = list(rows)
    for label in order:
        yield label, np.array(rows[label])


def _raw(value: Any, name: str) -> NDArray[Any]:
    """Return what an argument holds; what is masked is refused, as NumPy would bring it back."""
    masked = _masked(value)
    if masked:
        raise ValueError(f"{name}: {masked} values are masked")
    try:
        return np.asarray(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: rows differ in length") from None


def _masked(value: Any) -> int:
    if isinstance(value, np.ma.MaskedArray):
        return int(np.ma.getmaskarray(value).sum())
    return sum(map(_masked, value)) if isinstance(value, list | tuple) else 0


def _listed(value: Any, name: str) -> list[Any]:
    """Return labels as Python objects; a list is not made an array, which would turn 1 into "1"."""
    if isinstance(value, list | tuple) and not _masked(value):
        listed = list(value)
    else:
        raw = _raw(value, name)
        if raw.ndim != 1:
            raise ValueError(f"{name}: one dimension is needed, found {_shape(raw)}")
        listed = list(raw)
    if not listed:
        raise ValueError(f"{name}: empty")
    return [plain(label) for label in listed]


def plain(value: Any) -> Any:
    """Return a NumPy number, truth or text as Python has it; anything else as it is."""
    is_time = isinstance(value, np.datetime64 | np.timedelta64)
    return value.item() if isinstance(value, np.generic) and not is_time else value


def _is_missing(label: Any) -> bool:
    if type(label).__name__ in MISSING:
        return True
    return isinstance(label, Number | np.generic) and bool(label != label)


def _is_number(kind: type, truths: bool) -> bool:
    if issubclass(kind, TRUTHS):
        return truths
    return issubclass(kind, Number) and not issubclass(kind, NO_NUMBERS)


def _float(value: Any) -> float:
    """Return a float: NaN for what is missing, infinite for what has no float."""
    if type(value).__name__ in MISSING:
        return float("nan")
    try:
        return float(value)
    except (OverflowError, ValueError):
        return float("inf")


def _shape(raw: NDArray[Any]) -> str:
    return f"shape {raw.shape}" if raw.ndim else type(raw.item()).__name__
