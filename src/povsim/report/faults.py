"""What of a report could not be made: the rest of it is, and the reader hears what is missing."""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from povsim.errors import DamagedError, Said, UserError, reason_of, said
from povsim.study.runs.store import write_atomically

TRACE = "report.traceback.txt"
"""File beside the page that holds the tracebacks of what is missing in it."""


@dataclass
class Faults:
    """Figures and sections that could not be made, each with the reason.

    A file that cannot be written and one that is damaged are none: they end the report, and whoever
    asked for it tells them.
    """

    figures: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    traces: list[str] = field(default_factory=list)

    def figure[Part](self, name: str, make: Callable[[], Part]) -> Part | None:
        """Return what ``make`` draws, or None if it fails, which is kept in mind."""
        return self._made(self.figures, name, make, None)

    def section[Part](self, name: str, make: Callable[[], Part], otherwise: Part) -> Part:
        """Return what ``make`` finds, or something else if it fails, which is kept in mind."""
        return self._made(self.sections, name, make, otherwise)

    def _made[Part, Other](
        self, kept: dict[str, str], name: str, make: Callable[[], Part], otherwise: Other
    ) -> Part | Other:
        try:
            return make()
        except (OSError, DamagedError):
            raise
        except Exception as error:
            kept[name] = reason_of(error)
            self.traces.append(traceback.format_exc())
            return otherwise

    def add(self, other: "Faults") -> None:
        """Take over what another process found."""
        self.figures |= other.figures
        self.sections |= other.sections
        self.traces += other.traces

    def tell(self, language: str, place: object) -> None:
        """Say in a line on stderr for each reason what is missing, and where."""
        lost: dict[str, list[Said]] = {}
        for key, names in (("figure", self.figures), ("section", self.sections)):
            for name, reason in names.items():
                lost.setdefault(reason, []).append(said(key, name=name))
        for reason, parts in lost.items():
            say(said("parts_missing", place=place, names=parts, reason=reason), language)


def say(what: Said | UserError, language: str) -> None:
    """Write a line for people beside the results."""
    sys.stderr.write(f"povsim: {' '.join(what.told(language).split())}\n")


@contextmanager
def page_in(folder: Path, language: str) -> Iterator[Faults]:
    """Give a page what it needs to go on without a part; tell afterwards what is missing.

    Raises
    ------
    UserError
        If something fails without which there is no page.
    """
    faults = Faults()
    try:
        yield faults
    except (OSError, UserError):
        raise
    except Exception as error:
        _keep(folder, [*faults.traces, traceback.format_exc()])
        told = said("no_page", folder=folder, reason=reason_of(error), file=TRACE)
        raise UserError(told) from error
    _keep(folder, faults.traces)
    faults.tell(language, folder / "report.html")


def _keep(folder: Path, traces: Iterable[str]) -> None:
    """Write tracebacks beside the page, or remove those of an earlier page."""
    text = "\n".join(traces)
    if text:
        write_atomically(folder / TRACE, text.encode("utf-8", "backslashreplace"))
    else:
        (folder / TRACE).unlink(missing_ok=True)
