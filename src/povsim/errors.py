"""Say in one line what a user got wrong and what would be right."""

import errno
from collections.abc import Iterable
from difflib import get_close_matches

FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says when a disk or a quota is full."""

LONGEST_LIST = 12
"""Names that one line can show; of longer lists only the nearest are shown."""


class UserError(ValueError):
    """A mistake in what the user asked for, told in one line.

    Parameters
    ----------
    key : str
        What was set, as the user wrote it; or, if nothing else is given, the whole message.
    found : object
        The value that was found.
    allowed : str or iterable of str
        What is allowed: a phrase such as ``1 or more``, or the names to choose from.
    place : str
        File (and line) in which it was found.

    Examples
    --------
    >>> print(UserError("size", "dask", ["classroom", "desk", "study"]))
    size=dask: allowed are classroom, desk, study; nearest is desk
    """

    def __init__(
        self, key: str, found: object = None, allowed: str | Iterable[str] = "", place: str = ""
    ) -> None:
        message = key if found is None else f"{key}={found}"
        if allowed:
            rule = f"allowed is {allowed}" if isinstance(allowed, str) else _names(found, allowed)
            message = f"{message}: {rule}"
        if place:
            message = f"{place}: {message}"
        super().__init__(" ".join(message.split()))


class RunsFailedError(RuntimeError):
    """Runs failed without which a study cannot go on, told in one line."""


def nearest(name: object, names: Iterable[str]) -> list[str]:
    """Return at most three of ``names`` that look like ``name``, the nearest first.

    A name that contains ``name`` as one of its words comes before one that merely looks like it.
    """
    choices = list(names)
    close = get_close_matches(str(name), choices, n=3, cutoff=0.6)
    of_word = [choice for choice in choices if str(name) in str(choice).split("_")]
    return list(dict.fromkeys([*of_word, *close]))[:3]


def unknown(key: str, value: object, found: str, names: Iterable[str]) -> UserError:
    """Return the mistake of a key that there is not; ``found`` is the part that is wrong."""
    told = "null" if value is None else value
    which = "" if found == key else f" {found}"
    return UserError(f"{key}={told}: no such key{which}; {_names(found, names)}")


def span(low: float, high: float, unit: str) -> str:
    """Return a range with its unit as people say it: 0 to 0.5 a year, 0 to 1 share."""
    per = unit.startswith("1/")
    return f"{low:g} to {high:g} {'a ' + unit[2:] if per else unit}".strip()


def _names(found: object, names: Iterable[str]) -> str:
    choices = list(names)
    close = nearest(found, choices)
    if len(choices) > LONGEST_LIST:
        choices = list(dict.fromkeys([*close, *choices]))
        listed = ", ".join([*choices[:LONGEST_LIST], f"and {len(choices) - LONGEST_LIST} more"])
    else:
        listed = ", ".join(choices) or "none here"
    return f"allowed are {listed}" + (f"; nearest is {close[0]}" if close else "")
