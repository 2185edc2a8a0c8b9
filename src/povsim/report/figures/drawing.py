"""Draw figures into a folder, and put them and words into a page."""

import base64
import warnings
from collections.abc import Callable, Iterable, Mapping
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

from povsim.report.figures.fonts import chinese_font, drawing_language
from povsim.report.figures.style import STYLE
from povsim.words.glossary import Glossary

Maker = Callable[[Any, Glossary], tuple[Figure, str] | None]
Titles = dict[str, dict[str, str]]
BACKTICK = "\ue060"
"""What stands for a backtick of a user until a page is put together."""
LATIN_FONT = "DejaVu Sans"
DPI = 130
"""Dots per inch of figures as PNG."""


def draw_figures(
    makers: Mapping[str, Maker], results: Any, titles: Titles, folder: Path, language: str
) -> dict[str, str]:
    """Draw every figure as PNG and SVG; return alternative texts by figure name.

    Figures whose measures were not run are left out. Without a Chinese font on this machine
    they are labelled in English.
    """
    folder.mkdir(parents=True, exist_ok=True)
    speech = drawing_language(language)
    words, spoken = Glossary(speech, titles), Glossary(language, titles)
    families = (chinese_font(), LATIN_FONT) if speech == "zh" else (LATIN_FONT, chinese_font())
    family = [one for one in families if one]  # a title may be in the other language
    drawn: dict[str, str] = {}
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # drawn as a box
        settings: dict[Any, Any] = {**STYLE, "font.family": family}
        mpl.rcParams.update(settings)
        for name, make in makers.items():
            made = make(results, words)
            if made is None:
                continue
            figure, text = made
            _save(figure, folder / name)
            drawn[name] = text if speech == spoken.language else _retold(make, results, spoken)
    return drawn


def _save(figure: Figure, path: Path) -> None:
    """Write a figure as PNG and SVG, laid out once for both.

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
    Image.fromarray(opaque).save(path.with_suffix(".png"), dpi=(DPI, DPI))
    FigureCanvasSVG(figure).print_svg(path.with_suffix(".svg"), metadata={"Date": None})


def _retold(make: Maker, results: Any, words: Glossary) -> str:
    """Return the alternative text in the page's language where the figure is in English."""
    made = make(results, words)
    return made[1] if made else ""


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
