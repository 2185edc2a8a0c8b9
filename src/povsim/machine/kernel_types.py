"""Named-tuple types made from declarations, in which kernels take columns and numbers.

Compiled code is cached on disk under the types of its arguments. A type is therefore made once,
under a name that tells its fields, and can be found again here by that name.
"""

import zlib
from collections import namedtuple
from collections.abc import Sequence
from typing import Any

_MADE: dict[str, type] = {}


def record_type(name: str, fields: Sequence[str]) -> Any:
    """Return the named-tuple type of this name and these fields, the same one every time."""
    full = f"{name}_{zlib.crc32(' '.join(fields).encode()):08x}"
    if full not in _MADE:
        # namedtuple, not typing.NamedTuple: the fields come from a declaration
        made = namedtuple(full, fields)  # type: ignore[misc]
        made.__module__ = __name__
        _MADE[full] = made
    return _MADE[full]


def __getattr__(name: str) -> type:
    """Find a made type by name; a stale cache may ask for one that no longer exists."""
    if name.startswith("__"):
        raise AttributeError(name)
    return _MADE.get(name) or record_type_unknown(name)


def record_type_unknown(name: str) -> type:
    """Return a type without fields for a name that nothing in this process declares."""
    made = namedtuple(name, [])  # type: ignore[misc]
    made.__module__ = __name__
    return made
