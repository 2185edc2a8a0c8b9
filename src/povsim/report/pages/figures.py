"""Draw all figures of a study into a folder."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from pathlib import Path

from povsim.report.faults import Faults
from povsim.report.figures.bars import causes, income_by_source, where_money_went
from povsim.report.figures.drawing import Maker, draw_figures
from povsim.report.figures.gains import gains
from povsim.report.figures.trajectories import trajectories
from povsim.report.results.study import Results
from povsim.report.sections.timeline import timeline

MAKERS: dict[str, Maker] = {
    "timeline": timeline,
    "trajectories": trajectories,
    "winners": gains,
    "income": income_by_source,
    "money": where_money_went,
    "causes": causes,
}


LONGEST = ("trajectories",)
"""Figures that take as long as all others together."""


def draw_all(
    results: Results,
    folder: Path,
    language: str,
    beside: Executor | None = None,
    faults: Faults | None = None,
) -> dict[str, str]:
    """Draw every figure; return alternative texts by figure name.

    Parameters
    ----------
    beside : Executor, optional
        Another process, which draws the longest figures at the same time; if it cannot, they are
        drawn here.
    faults : Faults, optional
        Takes the figures that could not be drawn.
    """
    faults = faults or Faults()
    if beside is None:
        return _draw(list(MAKERS), results, folder, language, faults)
    others = [name for name in MAKERS if name not in LONGEST]
    drawn = _ask(beside, results, folder, language)
    own = _draw(others, results, folder, language, faults)
    try:
        texts, found = drawn.result()
        faults.add(found)
    except Exception:
        texts = _draw(LONGEST, results, folder, language, faults)
    own |= texts
    return {name: own[name] for name in MAKERS if name in own}


Answer = tuple[dict[str, str], Faults]


def _ask(beside: Executor, results: Results, folder: Path, language: str) -> Future[Answer]:
    """Ask another process for the longest figures."""
    try:
        return beside.submit(_draw_there, results.of_everybody(), folder, language)
    except Exception as error:  # it has died, or the system has no room for it
        none: Future[Answer] = Future()
        none.set_exception(error)
        return none


def _draw_there(results: Results, folder: Path, language: str) -> Answer:
    faults = Faults()
    return _draw(LONGEST, results, folder, language, faults), faults


def _draw(
    names: Sequence[str], results: Results, folder: Path, language: str, faults: Faults
) -> dict[str, str]:
    makers = {name: MAKERS[name] for name in names}
    return draw_figures(makers, results, results.titles, folder, language, faults)
