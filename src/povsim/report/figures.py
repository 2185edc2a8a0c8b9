"""Draw all figures of a study into a folder."""

from pathlib import Path

from povsim.report.bars import causes, income_by_source, where_money_went
from povsim.report.drawing import Maker, draw_figures
from povsim.report.gains import gains
from povsim.report.tables import Results
from povsim.report.timeline import timeline
from povsim.report.trajectories import trajectories

MAKERS: dict[str, Maker] = {
    "timeline": timeline,
    "trajectories": trajectories,
    "winners": gains,
    "income": income_by_source,
    "money": where_money_went,
    "causes": causes,
}


def draw_all(results: Results, folder: Path, language: str) -> dict[str, str]:
    """Draw every figure; return alternative texts by figure name."""
    return draw_figures(MAKERS, results, results.titles, folder, language)
