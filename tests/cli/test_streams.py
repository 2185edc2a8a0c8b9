"""Whatever the terminal, what is printed is no end of a study."""

import io
import os
import subprocess
import sys

import pytest

from povsim.cli import main
from povsim.machine.streams import Careful

ENGLISH = "“a” × ± − … ≥"
CHINESE = "情景=甲；可用：一、二（三）"


def shown(text, encoding):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    careful = Careful(stream)
    careful.write(text)
    careful.flush()
    return stream.buffer.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "seen"),
    [
        (ENGLISH, "utf-8", ENGLISH),
        (ENGLISH, "ascii", '"a" x +/- - ~ >='),
        (ENGLISH, "latin-1", '"a" × ± - ~ >='),
        (CHINESE, "ascii", "????=??; ????: ??, ?? (??) "),
        (CHINESE, "cp936", CHINESE),
        ("\udcff \U0001f600", "utf-8", "? \U0001f600"),
    ],
)
def test_what_a_terminal_cannot_show_is_replaced_by_what_is_as_wide(text, encoding, seen):
    assert shown(text, encoding) == seen


class Full(io.StringIO):
    """A device without room."""

    def write(self, text):
        raise OSError(28, os.strerror(28))


def test_a_stream_that_is_lost_takes_the_rest_in_silence():
    careful = Careful(Full())
    assert careful.write("a") == careful.write("b") == 1
    assert careful.told.errno == 28


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("words", [["list"], ["describe", "dibao"], ["run", "scenario=none"]])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp936"])
def test_every_verb_ends_as_it_does_on_any_terminal(words, language, encoding, monkeypatch):
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    code = main([*words, "--language", language])
    written = [stream.buffer.getvalue() for stream in streams]
    assert (code, bool(written[0]), bool(written[1])) == (
        (2, False, True) if words[0] == "run" else (0, True, False)
    )


@pytest.mark.skipif(os.name != "posix", reason="shell and /dev/full")
@pytest.mark.parametrize(
    ("redirection", "code", "told"),
    [
        (">&-", 0, ""),
        (">&- 2>&-", 0, ""),
        ("| head -c 1 > /dev/null; exit ${PIPESTATUS[0]}", 0, ""),
        ("> /dev/full", 2, "povsim: what was to be shown here could not be written"),
    ],
)
def test_a_stream_that_is_closed_or_full_is_no_traceback(redirection, code, told):
    command = f"{sys.executable} -m povsim list {redirection}"
    done = subprocess.run(
        ["/bin/bash", "-c", command], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == code
    assert done.stderr.startswith(told) and len(done.stderr.splitlines()) == bool(told)


def test_a_run_ends_as_it_does_if_its_figures_cannot_be_drawn_or_its_table_not_shown(
    tmp_path, monkeypatch, capsys
):
    def fails(*_):
        raise RuntimeError("no luck")

    from povsim.report.pages import figures, screen

    monkeypatch.setattr(figures, "MAKERS", dict.fromkeys(figures.MAKERS, fails))
    monkeypatch.setattr(screen, "_table", fails)
    words = ["run", "scenario=hold", "households=300", "years=1", "seeds=1", "workers=1"]
    assert main([*words, "--out", str(tmp_path)]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 and all("RuntimeError: no luck" in line for line in lines)
    assert (tmp_path / "report.html").is_file() and (tmp_path / "effects.csv").is_file()
