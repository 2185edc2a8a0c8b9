"""What the README tells a stranger to do works."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from povsim.cli import main
from povsim.cli.arguments import read_arguments
from povsim.config import compose
from povsim.config.plans import compose_search, compose_sweep

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.M | re.S)
SMALL = ["households=300", "years=1", "seeds=1", "workers=1"]


def only_block(language):
    (text,) = [body for kind, body in BLOCKS if kind == language]
    return text


def commands():
    """Return every povsim command, of blocks and of sentences, without its comment."""
    shown = [line for kind, body in BLOCKS if kind == "" for line in body.splitlines()]
    said = re.findall(r"`([^`\n]+)`", README)
    found = [line.removeprefix(".venv/bin/") for line in (*shown, *said)]
    return list(
        dict.fromkeys(tuple(shlex.split(c, True)) for c in found if c.startswith("povsim "))
    )


def with_verb(*verbs):
    return [pytest.param(list(c[1:]), id=" ".join(c)) for c in commands() if c[1] in verbs]


@pytest.fixture
def mine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    experiments = tmp_path / "mine" / "experiments"
    experiments.mkdir(parents=True)
    (experiments / "more_dibao.yaml").write_text(only_block("yaml"), encoding="utf-8")
    return tmp_path


def test_the_readme_names_every_verb():
    assert {command[1] for command in commands()} == {
        "run",
        "sweep",
        "search",
        "list",
        "describe",
        "report",
    }


@pytest.mark.parametrize("words", with_verb("run"))
def test_a_run_of_the_readme_asks_for_what_exists(words, mine):
    arguments = read_arguments(words)
    request = compose(list(arguments.rest), arguments.config_dir)
    assert request.scenarios


@pytest.mark.parametrize("words", with_verb("sweep", "search"))
def test_a_sweep_or_search_of_the_readme_asks_for_what_exists(words):
    arguments = read_arguments(words)
    plan_of = {"sweep": compose_sweep, "search": compose_search}[words[0]]
    request, plan = plan_of(list(arguments.rest))
    assert request.scenarios
    assert plan.factors


@pytest.mark.parametrize("words", with_verb("list", "describe"))
def test_a_question_of_the_readme_is_answered(words, capsys):
    few = ["households=300"] if words[1:] == ["population"] else []  # which is drawn
    assert main([*words, *few]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


def test_the_comparison_of_the_readme_runs_and_its_report_is_drawn_again_in_chinese(mine, capsys):
    (run,) = [c for c in commands() if "experiment=more_dibao" in c]
    assert main([*run[1:], *SMALL, "--out", "study"]) == 0
    assert (mine / "study" / "report.html").exists()
    (report,) = [c for c in commands() if c[1] == "report"]
    words = ["study" if word.startswith("outputs/") else word for word in report[1:]]
    assert main(words) == 0
    assert 'lang="zh' in (mine / "study" / "report.html").read_text(encoding="utf-8")
    assert "failed" not in capsys.readouterr().err


def test_the_files_of_a_study_are_those_the_readme_names(mine):
    assert main(["run", "scenario=hold", *SMALL, "--out", "study"]) == 0
    named = re.findall(r"`(\w+\.(?:html|csv|parquet))`", README)
    assert len(named) >= 5
    assert all((mine / "study" / name).exists() for name in named)


def test_the_python_of_the_readme_runs(tmp_path):
    code = only_block("python").replace('"size=classroom"', '"size=classroom", "households=300"')
    script = tmp_path / "example.py"
    script.write_text(code.replace("years=3", "years=1"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "relapse_rate" in done.stdout
    assert (tmp_path / "outputs" / "mine" / "report.html").exists()


@pytest.mark.parametrize("path", re.findall(r"\]\(((?!http)[^)#]+)\)", README))
def test_a_link_of_the_readme_leads_somewhere(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.M))
def test_make_knows_the_target(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
