"""Draw figures into a folder, and put them and words into a page."""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import jinja2
import matplotlib as mpl
import numpy as np
from markupsafe import Markup, escape
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

from povsim.report.faults import Faults
from povsim.report.figures.fonts import chinese_font, drawing_language
from povsim.report.figures.library import quiet
from povsim.report.figures.style import STYLE
from povsim.study.runs.store import write_atomically
from povsim.words.glossary import Glossary

Maker = Callable[[Any, Glossary], tuple[Figure, str] | None]
Titles = dict[str, dict[str, str]]
BACKTICK = "\ue060"
"""What stands for a backtick of a user until a page is put together."""
LATIN_FONT = "DejaVu Sans"
DPI = 130
"""Dots per inch of figures as PNG."""


def draw_figures(
    makers: Mapping[str, Maker],
    results: Any,
    titles: Titles,
    folder: Path,
    language: str,
    faults: Faults,
) -> dict[str, str]:
    """Draw every figure as PNG and SVG; return alternative texts by figure name.

    Figures whose measures were not run are left out; one that fails is a fault, and the others are
    drawn. Without a Chinese font on this machine they are labelled in English. What users have set
    for figures of their own changes none of ours.
    """
    folder.mkdir(parents=True, exist_ok=True)
    speech = drawing_language(language)
    words, spoken = Glossary(speech, titles), Glossary(language, titles)
    families = (chinese_font(), LATIN_FONT) if speech == "zh" else (LATIN_FONT, chinese_font())
    family = [one for one in families if one]  # a title may be in the other language
    drawn: dict[str, str] = {}
    with mpl.rc_context(), quiet():
        mpl.rcdefaults()
        settings: dict[Any, Any] = {**STYLE, "font.family": family}
        mpl.rcParams.update(settings)
        for name, make in makers.items():
            figure = faults.figure(name, partial(_drawn, make, results, words, spoken))
            if figure is not None:
                write_atomically(folder / f"{name}.png", figure.png)
                write_atomically(folder / f"{name}.svg", figure.svg)
                drawn[name] = figure.text
    return drawn


@dataclass(frozen=True)
class Drawn:
    """A figure as the bytes of its files, and what it shows in words."""

    png: bytes
    svg: bytes
    text: str


def _drawn(make: Maker, results: Any, words: Glossary, spoken: Glossary) -> Drawn | None:
    """Draw a figure; its text is in the page's language where its labels are in English."""
    made = make(results, words)
    if made is None:
        return None
    told = made if words.language == spoken.language else make(results, spoken)
    return Drawn(*_as_files(made[0]), told[1] if told else "")


def _as_files(figure: Figure) -> tuple[bytes, bytes]:
    """Return a figure as PNG and SVG, laid out once for both.

    ``savefig`` would lay out and draw it twice for each of them.
    """
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine("none")
    canvas.draw()
    opaque = np.asarray(canvas.buffer_rgba())[:, :, :3]
    png, svg = BytesIO(), BytesIO()
    Image.fromarray(opaque).save(png, format="png", dpi=(DPI, DPI))
    FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None})
    return png.getvalue(), svg.getvalue()


def embedded(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return figures as data that a page holds itself."""
    return {
        name: "data:image/png;base64,"
        + base64.b64encode((folder / f"{name}.png").read_bytes()).decode()
        for name in names
    }


def as_written(text: str) -> str:
    """Return a user's text for a page on which texts of ours set code between backticks."""
    return text.replace("`", BACKTICK)


def titles_as_written(titles: Mapping[str, Mapping[str, str]]) -> Titles:
    """Return titles by name and language with no sign that would set code."""
    return {
        name: {language: as_written(str(text)) for language, text in by.items()}
        for name, by in titles.items()
    }


def render(template: str, **parts: Any) -> str:
    """Return a page made of a template."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("povsim.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["coded"] = coded
    return environment.get_template(template).render(**parts).replace(BACKTICK, "`")


def coded(text: object) -> Markup:
    """Return text for a page, with what stands between backticks set as code."""
    parts = str(escape(text)).split("`")
    if len(parts) % 2 == 0:
        return Markup("`").join(map(Markup, parts))
    return Markup("").join(
        Markup(f"<code>{part}</code>") if i % 2 else Markup(part)  # noqa: S704
        for i, part in enumerate(parts)
    )
