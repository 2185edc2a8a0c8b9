"""Draw all figures of a study into a folder."""

from collections.abc import Sequence
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

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
    results: Results, folder: Path, language: str, beside: Executor | None = None
) -> dict[str, str]:
    """Draw every figure; return alternative texts by figure name.

    Parameters
    ----------
    beside : Executor, optional
        Another process, which draws the longest figures at the same time.
    """
    if beside is None:
        return _draw(list(MAKERS), results, folder, language)
    try:
        drawn = beside.submit(_draw, LONGEST, results.of_everybody(), folder, language)
        own = _draw([n for n in MAKERS if n not in LONGEST], results, folder, language)
        own |= drawn.result()
    except BrokenProcessPool:
        return draw_all(results, folder, language)
    return {name: own[name] for name in MAKERS if name in own}


def _draw(names: Sequence[str], results: Results, folder: Path, language: str) -> dict[str, str]:
    makers = {name: MAKERS[name] for name in names}
    return draw_figures(makers, results, results.titles, folder, language)
