"""Titles stand everywhere as their user wrote them: no sign is mathematics, markup or code."""

import io
from dataclasses import replace

import matplotlib as mpl
import pandas as pd
import pytest
from markupsafe import escape
from matplotlib.figure import Figure
from rich.console import Console

from povsim.report.faults import Faults
from povsim.report.figures.drawing import BACKTICK, as_written, coded, draw_figures
from povsim.report.figures.fonts import chinese_font
from povsim.report.figures.style import STYLE, in_legend, legend_above
from povsim.report.pages.screen import print_summary
from povsim.report.results.reading import read_csv
from povsim.report.results.study import read
from povsim.study.runs.store import write_csv

TITLES = [
    "$5 or $6", "one $", "\\alpha_i^2 {x}", "[bold]100%[/bold]", "[/x]", "<b>&amp;", ":smile:",
    "_hidden", "a\nb", "`code`", '"q"',
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_a_legend_has_every_title_as_a_text(title):
    with mpl.rc_context():
        mpl.rcParams.update(STYLE)
        figure = Figure(layout="constrained")
        axis = figure.subplots()
        axis.plot([0, 1], label=in_legend(title))
        legend_above(figure, axis, 1)
        figure.canvas.draw()
    (text,) = figure.legends[0].get_texts()
    assert text.get_text().strip() == title
    assert not text.get_parse_math()


@pytest.mark.parametrize("title", [title for title in TITLES if "\n" not in title])
def test_the_screen_shows_a_title_as_it_is_written(finished, title):
    results = read(finished.folder)
    names = {name: {"en": title, "zh": title} for name in results.manifest["scenarios"]}
    own = {**results.manifest, "scenarios": names, "title": {"en": title, "zh": title}}
    console = Console(file=io.StringIO(), width=300)
    print_summary(replace(results, manifest=own), "en", console)
    assert console.file.getvalue().count(title) > len(names)


@pytest.mark.parametrize("title", TITLES)
def test_a_page_shows_a_title_as_it_is_written(title):
    assert str(coded(as_written(title))).replace(BACKTICK, "`") == str(escape(title))


@pytest.mark.parametrize("name", ["null", "NA", "nan", "2021", "1e3", "no", "true", "a,b", '"q"'])
def test_a_table_keeps_the_names_of_arms(tmp_path, name):
    write_csv(tmp_path / "t.csv", pd.DataFrame({"scenario": [name], "value": [float("nan")]}))
    table = read_csv(tmp_path / "t.csv", ["scenario"])
    assert table["scenario"].tolist() == [name]
    assert table["value"].isna().all()


def test_a_figure_in_english_can_draw_a_chinese_title(tmp_path):
    fonts = []

    def make(results, words):
        fonts.extend(mpl.rcParams["font.family"])
        return Figure(), ""

    draw_figures({"one": make}, None, {}, tmp_path, "en", Faults())
    assert fonts == ["DejaVu Sans", *([chinese_font()] if chinese_font() else [])]
