"""Say in one line, in the reader's language, what a user got wrong and what would be right.

Errors carry what they are about; their words stand in ``texts.yaml``, in English and Chinese.
``str(error)`` is English; the command line asks for ``error.told(language)``.
"""

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LONGEST_LIST = 12
"""Names that one line can show; of longer lists only the nearest are shown."""
LONGEST_VALUE = 300
"""Characters of a value that one line shows."""

Places = tuple[object, ...]
"""Where a mistake was found: places one inside the other, the widest first."""


@cache
def texts() -> dict[str, dict[str, str]]:
    """Return the words of all errors: by name, by language."""
    text = Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


@dataclass(frozen=True)
class Said:
    """One of the texts with its parts, which may be texts, errors or lists themselves."""

    name: str
    parts: Mapping[str, Any] = field(default_factory=dict)

    def told(self, language: str) -> str:
        """Return the text in a language."""
        parts = {key: in_words(part, language) for key, part in self.parts.items()}
        return texts()[self.name][language].format(**parts)

    def __str__(self) -> str:
        return self.told("en")


def said(text: str, /, **parts: Any) -> Said:
    """Return one of ``texts.yaml``, by its name, with its parts."""
    return Said(text, parts)


NOTHING = Said("nothing")
"""What stands for a value that was not given."""


def in_words(value: object, language: str) -> str:
    """Return a part of an error in a language: a text, an error, a list, ``{en, zh}``, a value."""
    if isinstance(value, Said | _InWords):
        return value.told(language)
    if isinstance(value, tuple | list):
        return said("comma").told(language).join(in_words(one, language) for one in value)
    if isinstance(value, Mapping) and language in value:
        return str(value[language])
    return str(value)


class _InWords(Exception):  # noqa: N818
    """An error that can be told in a language."""

    def told(self, language: str) -> str:
        """Return the error in one line."""
        return " ".join(in_words(self.args[0], language).split())

    def __str__(self) -> str:
        return self.told("en")


class RunsFailedError(_InWords, RuntimeError):
    """Runs failed without which a study cannot go on, told in one line."""


class UserError(_InWords, ValueError):
    """A mistake in what the user asked for, told in one line.

    Parameters
    ----------
    key : str or Said
        What was set, as the user wrote it; or, if nothing else is given, the whole message.
    found : object
        The value that was found.
    allowed : str, Said or iterable of str
        What is allowed: a rule such as ``said("at_least", low=1)``, or the names to choose from.
    place : object
        File (and line) in which it was found, or several places, the widest first.
    sought : object
        What was looked for among the names, if that is not ``found``.

    Examples
    --------
    >>> print(UserError("size", "dask", ["classroom", "desk", "study"]))
    size=dask; allowed: classroom, desk, study; nearest: desk
    """

    def __init__(
        self,
        key: object,
        found: object = None,
        allowed: object = "",
        place: object = (),
        sought: object = None,
    ) -> None:
        self.key = key
        self.found = found if found is None or isinstance(found, Said) else _short(str(found))
        self.allowed = allowed if isinstance(allowed, str | Said) else tuple(_names(allowed))
        self.place = place if isinstance(place, tuple) else (place,) if place else ()
        self.sought = sought
        super().__init__(self.key, self.found, self.allowed, self.place, self.sought)

    def at(self, place: object) -> "UserError":
        """Return the same mistake, found in a wider place."""
        return UserError(self.key, self.found, self.allowed, (place, *self.place), self.sought)

    def told(self, language: str) -> str:
        """Return the mistake in one line."""
        text = in_words(self.key, language)
        if self.found is not None:
            text = f"{text}={in_words(self.found, language)}"
        if self.allowed or self.allowed == ():
            text = said("with_rule", what=text, rule=self._rule()).told(language)
        for place in reversed(self.place):
            text = said("at", place=place, what=text).told(language)
        return " ".join(text.split())

    def _rule(self) -> Said:
        """Return what is allowed."""
        if isinstance(self.allowed, str | Said):
            return said("allowed", rule=self.allowed)
        close = nearest(self.found if self.sought is None else self.sought, self.allowed)
        choices = self.allowed
        more: tuple[object, ...] = ()
        if len(choices) > LONGEST_LIST:
            choices = tuple(dict.fromkeys([*close, *choices]))
            more = (said("and_more", n=len(choices) - LONGEST_LIST),)
        listed = (*choices[:LONGEST_LIST], *more) or said("none_here")
        name = "choices_nearest" if close else "choices"
        return said(name, names=listed, nearest=close[0] if close else "")


class DamagedError(UserError):
    """A file of a finished study that cannot be used, and how it is written again."""


def _short(text: str) -> str:
    """Return a text, or how it begins and ends if it is too long for a line."""
    half = LONGEST_VALUE // 2
    return text if len(text) <= LONGEST_VALUE else f"{text[:half]}…{text[-half:]}"


def _names(names: object) -> Iterable[str]:
    return map(str, names) if isinstance(names, Iterable) else (str(names),)


def by_system(error: Exception) -> object:
    """Return what the system says: in our words where we have them, else in its own."""
    if isinstance(error, MemoryError):
        return said("ENOMEM")
    if not isinstance(error, OSError):
        return type(error).__name__
    name = errno.errorcode.get(error.errno or 0, "")
    return said(name) if name in texts() else error.strerror or type(error).__name__


def reason_of(error: Exception) -> str:
    """Return in a line what went wrong where nobody foresaw it."""
    if isinstance(error, UserError):
        return str(error)
    return " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")


def nearest(name: object, names: Iterable[str]) -> list[str]:
    """Return at most three of ``names`` that look like ``name``, the nearest first.

    A name that contains ``name`` as one of its words comes before one that merely looks like it.
    Capitals make no difference, nor does the ending of a file.
    """
    sought = str(name).casefold().removesuffix(".yaml").removesuffix(".yml")
    choices = {choice: str(choice).casefold() for choice in names}
    same = [choice for choice, plain in choices.items() if plain == sought]
    of_word = [choice for choice, plain in choices.items() if sought in plain.split("_")]
    looks = get_close_matches(sought, choices.values(), n=3, cutoff=0.6)
    close = [choice for plain in looks for choice, own in choices.items() if own == plain]
    return list(dict.fromkeys([*same, *of_word, *close]))[:3]


def unknown(key: str, value: object, found: str, names: Iterable[str]) -> UserError:
    """Return the mistake of a key that there is not; ``found`` is the part that is wrong."""
    name = "no_such_key" if found == key else "no_such_part"
    told = "null" if value is None else str(value)
    return UserError(said(name, key=key, value=told, found=found), allowed=names, sought=found)
