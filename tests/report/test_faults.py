"""What of a report cannot be made is left out and told; the rest of it is there."""

import errno
import os
import subprocess
import sys
from contextlib import suppress

import pytest

from povsim.cli import main
from povsim.report import write_report, write_search_report, write_sweep_report
from povsim.report.faults import TRACE
from povsim.report.figures import fonts
from povsim.report.pages import figures, search, study, sweep
from povsim.words.glossary import entries

SECTIONS = {
    "lead": "lead",
    "details": "details",
    "scorecards": "scorecards",
    "not_measured": "missing",
    "timeline_table": "timeline",
    "by_group": "groups",
    "balance": "balance",
    "ledger": "ledger",
    "operations": "operations",
    "warning_finding": "warning_finding",
    "check_sections": "sections",
    "_verdicts": "verdicts",
    "provenance": "provenance",
    "_failed": "failed",
    "_cautions": "cautions",
}
"""Function of the study's page that makes a section, and the section's name."""


def fails(*_, **__):
    raise RuntimeError("no luck")


@pytest.fixture
def quick(monkeypatch):
    """Make figures, and files of a few bytes of them."""
    monkeypatch.setattr("povsim.report.figures.drawing._as_files", lambda _: (b"png", b"svg"))


def lost(key, language):
    return entries()["sentences"][key][language].format(reason="RuntimeError: no luck")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", list(figures.MAKERS))
def test_a_figure_that_fails_is_told_in_its_place_and_the_others_are_there(
    name, language, quick, copied, monkeypatch, capsys
):
    monkeypatch.setitem(figures.MAKERS, name, fails)
    page = write_report(copied, language).read_text(encoding="utf-8")
    drawn = {file.stem for file in (copied / "figures").glob("*.png")}
    assert page.count(lost("figure_lost", language)) == 1
    assert set(figures.MAKERS) - drawn <= {name, "timeline"}
    assert page.count("<figure>") == len(drawn)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and f" {name}" in told[0] and "RuntimeError: no luck" in told[0]
    assert "RuntimeError: no luck" in (copied / TRACE).read_text(encoding="utf-8")


@pytest.mark.parametrize("maker", list(SECTIONS))
def test_a_section_that_fails_is_told_in_its_place(maker, quick, copied, monkeypatch, capsys):
    monkeypatch.setattr(study, maker, fails)
    page = write_report(copied, "en").read_text(encoding="utf-8")
    assert lost("section_lost", "en") in page
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and f"section {SECTIONS[maker]} (RuntimeError: no luck)" in told[0]


@pytest.mark.parametrize("maker", ["_compared", "_details", "_factors", "_indices", "_regret"])
def test_so_it_is_in_a_sweep(maker, quick, sweeps, monkeypatch, capsys):
    monkeypatch.setattr(sweep, maker, fails)
    page = write_sweep_report(sweeps["sign_map"], "en").read_text(encoding="utf-8")
    assert lost("section_lost", "en") in page and "RuntimeError" in capsys.readouterr().err


@pytest.mark.parametrize("maker", ["_answer", "_chosen", "_robustness", "_marginal", "front"])
def test_so_it_is_in_a_search(maker, quick, searched, monkeypatch, capsys):
    monkeypatch.setattr(search, maker, fails)
    page = write_search_report(searched, "zh").read_text(encoding="utf-8")
    kind = "figure_lost" if maker == "front" else "section_lost"
    assert lost(kind, "zh") in page and "RuntimeError" in capsys.readouterr().err


def test_a_report_without_faults_keeps_no_traceback_of_an_earlier_one(quick, copied, capsys):
    (copied / TRACE).write_text("old")
    write_report(copied, "en")
    assert not (copied / TRACE).exists() and not capsys.readouterr().err


@pytest.mark.parametrize(
    ("place", "code", "told"),
    [
        ("povsim.report.pages.figures._draw", 2, "the report could not be made"),
        ("povsim.report.pages.study.render", 2, "the report could not be made"),
        ("povsim.report.pages.screen._table", 0, "the table could not be shown here"),
        ("povsim.report.figures.drawing._as_files", 0, "could not be made and left out"),
    ],
)
def test_a_command_ends_with_a_page_or_with_the_reason(
    place, code, told, quick, copied, monkeypatch, capsys
):
    monkeypatch.setattr(place, fails)
    assert main(["report", str(copied)]) == code
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and told in lines[0] and "no luck" in lines[0]
    assert (copied / "report.html").is_file() == (code == 0)


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.ENOENT]
)
def test_a_page_that_cannot_be_written_is_one_line(number, quick, copied, monkeypatch, capsys):
    def full(*_, **__):
        raise OSError(number, os.strerror(number), "there")

    monkeypatch.setattr("povsim.report.pages.files.write_atomically", full)
    for language in ("en", "zh"):
        assert main(["report", str(copied), "--language", language]) == 2
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1 and "there" in lines[0]


@pytest.mark.parametrize("name", ["report.html", "figures"])
def test_a_name_that_is_taken_is_one_line(name, copied, capsys):
    if name == "figures":
        (copied / name).write_text("mine")
    else:
        (copied / name).mkdir()
    assert main(["report", str(copied)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and name in lines[0]


def test_a_text_that_is_missing_is_its_key(copied, monkeypatch):
    monkeypatch.setattr("povsim.words.texts._file", {"command_line": {"a": {}}}.get)
    from povsim.words.texts import section

    section.cache_clear()
    try:
        assert section("command_line", "zh") == {"a": "a"}
    finally:
        section.cache_clear()


def test_a_font_that_has_gone_is_none(monkeypatch):
    gone = [type("Font", (), {"name": fonts.CHINESE[0], "fname": "/gone.ttc"})()]
    monkeypatch.setattr(fonts, "fonts", lambda: gone)
    assert fonts._known() is None


ODD = "text.usetex: True\nfont.size: 40\naxes.facecolor: red\nfigure.dpi: 5\n"
DRAW = """
import sys
from pathlib import Path
from povsim.report.pages.figures import MAKERS, draw_all
from povsim.report.results.study import read
for name in list(MAKERS)[2:]:
    del MAKERS[name]
draw_all(read(Path(sys.argv[1])), Path(sys.argv[2]), "en")
"""


@pytest.mark.parametrize(
    "settings",
    [
        {"MPLBACKEND": "nonsense", "MATPLOTLIBRC": "odd"},
        {"MATPLOTLIBRC": "garbage", "MPLCONFIGDIR": "/proc/nowhere", "HOME": "/proc/nowhere"},
    ],
)
def test_no_setting_of_a_user_changes_a_figure(settings, finished, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "MAKERS", dict(list(figures.MAKERS.items())[:2]))
    (tmp_path / "odd").write_text(ODD)
    (tmp_path / "garbage").write_bytes(b"\xff\xfe\x00")
    figures.draw_all(study.read(finished.folder), tmp_path / "ours", "en")
    with suppress(KeyError):
        settings = settings | {"MATPLOTLIBRC": str(tmp_path / settings["MATPLOTLIBRC"])}
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(finished.folder), str(tmp_path / "theirs")],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for file in (tmp_path / "ours").iterdir():
        assert file.read_bytes() == (tmp_path / "theirs" / file.name).read_bytes()
