"""What a sweep or a search cannot do is one clear line, exit code 2, and nothing written."""

import pytest

from povsim.cli import main

CSV = "mine.csv"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sweep", "vary=[hazards.ilness_rate]"], "nearest: hazards.illness_rate"),
        (["sweep", "vary=[{name:hazards.illness_rate,low:-1,high:0.1}]"], "both from 0 to 0.5"),
        (["sweep", "vary=[{name:hazards.illness_rate,low:x}]"], "numbers for low and high"),
        (["sweep", "vary=[{name:behaviour/trap,choices:[concav]}]"], "nearest: concave"),
        (["sweep", "vary=[]"], "vary=nothing"),
        (["sweep", "vary=[hazards.illness_rate,hazards.illness_rate]"], "named twice"),
        (["sweep", "design=sobul"], "nearest: sobol"),
        (["sweep", "design=sobol", "n=100"], "a power of two"),
        (["sweep", "n=0"], "n=0"),
        (["sweep", "design=none.csv"], "a CSV file that is there"),
        (["sweep", "precision=0.01"], "null in a sweep"),
        (["sweep", "experiment.equal_cost=present_value"], "envelope or none in a sweep"),
        (["sweep", "executor.address=tcp://x:1"], "null, unless executor=dask"),
        (["search", "search.programmes=[targeted_cash]"], "two or more"),
        (["search", "search.programmes=[targeted_cash,dibao]"], "search.programmes=dibao"),
        (["search", "precision=0.01"], "null in a search"),
        (["search", "experiment=leverage_vs_transfers"], "not an experiment"),
    ],
)
def test_a_mistake_is_told_in_one_line(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([*words, "households=300", "years=1"]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert told in lines[0]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hazards.ilness_rate\n0.05\n", "column=hazards.ilness_rate"),
        ("hazards.illness_rate\n0.05\nmuch\n", "line 3: hazards.illness_rate=much"),
        ("hazards.illness_rate\n0.9\n", "line 2: hazards.illness_rate=0.9"),
        ("hazards.illness_rate\n", "the design is empty"),
        ("", "the design is empty"),
        ("hazards.illness_rate\n0.05,0.06\n", "line 2: 2 cells where the header has 1"),
        ("hazards.illness_rate,hazards.illness_rate\n0.05,0.06\n", "named twice"),
        ("hazards.illness_rate\nnan\n", "line 2: hazards.illness_rate=nan"),
    ],
)
def test_a_bad_design_of_ones_own_is_told(text, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / CSV).write_text(text)
    assert main(["sweep", f"design={CSV}", "households=300"]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert CSV in lines[0] and told in lines[0]
    assert [p.name for p in tmp_path.iterdir()] == [CSV]
