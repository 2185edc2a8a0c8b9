"""Print on any terminal: what it cannot show is replaced, and a stream that is lost ends nothing.

Results are in files. A closed pipe, a full device or a terminal of another alphabet must not take
them, or the page that is about to be written, away.
"""

import codecs
import errno
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

PLAIN = "povsim.plain"
"""Name under which Python knows how characters are replaced."""
ALIKE = {
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("−–—‒", "-"),
    **dict.fromkeys("≤⩽", "<="),
    **dict.fromkeys("≥⩾", ">="),
    **dict(
        zip(
            "，、：；。（）！？《》",
            (", ", ", ", ": ", "; ", ". ", " (", ") ", "! ", "? ", " <", "> "),
            strict=True,
        )
    ),
    "×": "x",
    "±": "+/-",
    "…": "~",
    "·": ".",
    "\u00a0": " ",
    "\u202f": " ",
}
"""What stands for a sign that a terminal cannot show, as wide as it is wherever it can be."""
UNKNOWN = "?"
WIDE = "WF"
"""Characters that take two columns of a terminal."""


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that an encoding has not, and where it goes on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    return "".join(ALIKE.get(sign) or UNKNOWN * columns(sign) for sign in found), error.end


def columns(sign: str) -> int:
    """Return how many columns of a terminal a character takes."""
    return 2 if unicodedata.east_asian_width(sign) in WIDE else 1


codecs.register_error(PLAIN, _replaced)


class Careful:
    """A text stream that takes every character, and after a failure takes everything in silence.

    Attributes
    ----------
    failure : OSError or None
        Why what was written to it is lost.
    """

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.failure: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Write a text, with what cannot be shown replaced."""
        encoding = getattr(self.stream, "encoding", None)
        if encoding:
            text = text.encode(encoding, PLAIN).decode(encoding)
        if self.failure is None:
            try:
                self.stream.write(text)
            except OSError as error:
                self._lose(error)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        if self.failure is None:
            try:
                self.stream.flush()
            except OSError as error:
                self._lose(error)

    @property
    def told(self) -> OSError | None:
        """The failure, unless a reader merely had seen enough."""
        quiet = self.failure is None or self.failure.errno == errno.EPIPE
        return None if quiet else self.failure

    def _lose(self, error: OSError) -> None:
        """Remember a failure; what waits to be written goes nowhere, also when Python ends."""
        self.failure = error
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)


@contextmanager
def careful() -> Iterator[Careful]:
    """Make both streams careful inside; yield that of results."""
    _open_what_is_closed()
    before = sys.stdout, sys.stderr
    out, err = (Careful(stream or _nowhere()) for stream in before)
    sys.stdout, sys.stderr = out, err
    try:
        yield out
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before


def _open_what_is_closed() -> None:
    """Open the standard streams that were closed; a file of results would be given their number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _nowhere() -> Any:
    return open(os.devnull, "w", encoding="utf-8")
