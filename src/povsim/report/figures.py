"""Draw all figures of a study into a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from povsim.report.bars import causes, income_by_source, where_money_went
from povsim.report.fonts import chinese_font, drawing_language
from povsim.report.gains import gains
from povsim.report.glossary import Glossary
from povsim.report.style import STYLE
from povsim.report.tables import Results
from povsim.report.trajectories import trajectories

MAKERS: dict[str, Callable[[Results, Glossary], tuple[Figure, str] | None]] = {
    "trajectories": trajectories,
    "winners": gains,
    "income": income_by_source,
    "money": where_money_went,
    "causes": causes,
}


def draw_all(results: Results, folder: Path, language: str) -> dict[str, str]:
    """Draw every figure as PNG and SVG; return alternative texts by figure name.

    Figures whose measures were not run are left out. Without a Chinese font on this machine
    they are labelled in English.
    """
    folder.mkdir(parents=True, exist_ok=True)
    speech = drawing_language(language)
    words = Glossary(speech, results.titles)
    spoken = Glossary(language, results.titles)
    family = [f for f in (chinese_font() if speech == "zh" else None, "DejaVu Sans") if f]
    drawn: dict[str, str] = {}
    with mpl.rc_context():
        settings: dict[Any, Any] = {**STYLE, "font.family": family}
        mpl.rcParams.update(settings)
        for name, make in MAKERS.items():
            made = make(results, words)
            if made is None:
                continue
            figure, text = made
            figure.savefig(folder / f"{name}.png", dpi=130)
            figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
            drawn[name] = text if speech == spoken.language else _retold(make, results, spoken)
    return drawn


def _retold(
    make: Callable[[Results, Glossary], tuple[Figure, str] | None],
    results: Results,
    words: Glossary,
) -> str:
    """Return the alternative text in the page's language where the figure is in English."""
    made = make(results, words)
    return made[1] if made else ""
