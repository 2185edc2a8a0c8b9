"""The one door from a finished study up to its page.

``study.report(folder)`` is a convenience of interactive work: whoever holds results wants to see
them, and should not have to know which writer belongs to which kind of result. The writers stand a
floor above and read files alone, so nothing here is needed to make a page; the import is made when
somebody asks for one, and no file that the report imports imports this one.
"""

from collections.abc import Callable
from pathlib import Path


def write_page(kind: str, folder: Path, language: str) -> Path:
    """Write the page of the results in a folder; return its path.

    Parameters
    ----------
    kind : str
        ``study``, ``sweep`` or ``search``.
    """
    from povsim import report  # the floor above

    writers: dict[str, Callable[[Path, str], Path]] = {
        "study": report.write_report,
        "sweep": report.write_sweep_report,
        "search": report.write_search_report,
    }
    return writers[kind](folder, language)
