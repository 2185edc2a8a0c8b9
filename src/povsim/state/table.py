"""A table as a struct of arrays: fixed columns, edited in place, passed whole to kernels."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.errors import UserError, said
from povsim.machine.kernel_types import record_type
from povsim.state.columns import Column


class Table:
    """Columns of equal length under fixed names.

    Parameters
    ----------
    columns : tuple of Column
        Declarations; they fix names, types and order.
    data : Mapping[str, ndarray]
        One array a column; types are converted, lengths must agree.

    Attributes
    ----------
    arrays : namedtuple of ndarray
        All columns, the form in which kernels take the table.
    """

    __slots__ = ("arrays", "columns", "size")

    def __init__(
        self, kind: str, columns: tuple[Column, ...], data: Mapping[str, NDArray[Any]]
    ) -> None:
        self.columns = {c.name: c for c in columns}
        missing = [c.name for c in columns if c.name not in data]
        if missing:
            raise ValueError(f"{kind}: columns missing: {', '.join(missing)}")
        made = record_type(kind, [c.name for c in columns])
        self.arrays: Any = made(
            *(np.ascontiguousarray(data[c.name], dtype=np.dtype(c.dtype)) for c in columns)
        )
        self.size = len(self.arrays[0])
        for column, array in zip(columns, self.arrays, strict=True):
            expected = (self.size,) if column.width == 1 else (self.size, column.width)
            if array.shape != expected:
                raise ValueError(f"{kind}.{column.name}: shape {array.shape}, expected {expected}")

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column, stored or computed; edit it in place."""
        if name in self.columns:
            array: NDArray[Any] = getattr(self.arrays, name)
            return array
        computed = self.computed()
        if name in computed:
            result: NDArray[Any] = getattr(self, name)
            return result
        raise UserError(said("word_column"), name, [*self.columns, *computed])

    def __setitem__(self, name: str, values: Any) -> None:
        """Refuse to rebind a column and say what to do instead."""
        raise TypeError(f"columns are edited in place: table[{name!r}][:] = values")

    def __len__(self) -> int:
        """Return the number of rows."""
        return self.size

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the stored columns."""
        return iter(self.columns)

    @classmethod
    def computed(cls) -> tuple[str, ...]:
        """Return the names of columns that are computed when asked for."""
        return tuple(name for name in vars(cls) if isinstance(vars(cls)[name], property))

    def bytes_per_row(self) -> float:
        """Return the memory that one row takes, in bytes."""
        return float(sum(a.nbytes for a in self.arrays) / max(self.size, 1))
