"""A finished study is never overwritten; the same one, with more seeds, goes on."""

import json

import pytest

from povsim.cli import main
from povsim.config import compose
from povsim.config.grammar import beneath
from povsim.errors import UserError
from povsim.study.runs.identity import check_same, identity_of

SMALL = ["households=300", "years=1", "workers=1"]
TABLES = ("effects.csv", "verdicts.csv", "manifest.json", "report.html", "config.yaml")


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """Return the folder of a small finished study on two seeds."""
    folder = tmp_path_factory.mktemp("held") / "out"
    assert main(["run", "scenario=hold", "seeds=2", *SMALL, "--out", str(folder)]) == 0
    return folder


def contents(folder):
    return {name: (folder / name).read_bytes() for name in TABLES}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "scenario=cliff", "seeds=2"], "of another configuration"),
        (["run", "scenario=hold", "seeds=2", "years=2"], "of another configuration"),
        (["run", "scenario=hold", "seeds=2", "hazards.illness_rate=0.06"], "another configuration"),
        (["run", "scenario=hold", "seeds=1"], "more seeds"),
        (["sweep", "scenario=hold", "design=lhs", "n=2"], "of another configuration"),
        (["search", "seeds=2"], "of another configuration"),
    ],
)
def test_a_finished_study_is_not_overwritten(words, told, held, capsys):
    before = contents(held)
    assert main([words[0], *beneath(SMALL, words[1:]), "--out", str(held)]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert f"out={held}: holds the study of scenario=hold" in lines[0] and told in lines[0]
    assert "new or empty folder" in lines[0]
    assert contents(held) == before


def test_the_same_study_with_more_seeds_goes_on(held):
    kept = {file.name for file in (held / "runs").glob("*.run")}
    assert main(["run", "scenario=hold", "seeds=3", *SMALL, "--out", str(held)]) == 0
    now = {file.name for file in (held / "runs").glob("*.run")}
    assert kept < now and len(now) == 3
    assert main(["run", "scenario=hold", "seeds=3", *SMALL, "--out", str(held)]) == 0


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ([], ["precision=0.01"], True),
        (["precision=0.01"], ["precision=0.005"], True),
        (["precision=0.01"], [], False),
        ([], ["workers=2", "language=zh"], True),
        ([], ["seed=2"], False),
    ],
)
def test_what_may_change_in_a_folder(before, after, allowed, tmp_path):
    seeds = [*SMALL, "scenario=hold", "seeds=2"]
    held = identity_of(compose(beneath(seeds, before)))
    (tmp_path / "manifest.json").write_text(json.dumps(held))
    own = identity_of(compose(beneath(seeds, after)))
    if allowed:
        check_same(tmp_path, own)
        return
    with pytest.raises(UserError):
        check_same(tmp_path, own)


def test_files_of_something_else_are_not_overwritten(tmp_path):
    (tmp_path / "config.yaml").write_text("mine: true\n")
    with pytest.raises(UserError, match=r"config\.yaml of something else"):
        check_same(tmp_path, {})


def test_a_finished_sweep_keeps_its_design(tmp_path, capsys):
    words = ["sweep", "scenario=hold", *SMALL, "seeds=1", "vary=[hazards.illness_rate]"]
    out = ["--out", str(tmp_path / "s")]
    assert main([*words, "design=lhs", "n=2", *out]) == 0
    assert main([*words, "design=lhs", "n=2", *out]) == 0
    capsys.readouterr()
    assert main([*words, "design=lhs", "n=3", *out]) == 2
    assert "holds the sweep of scenario=hold" in capsys.readouterr().err
