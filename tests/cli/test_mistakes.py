"""A user's mistake is one clear line, exit code 2, and nothing written."""

import pytest

from povsim.cli import main

TEXTS = "title: {en: x, zh: x}\nquestion: {en: x, zh: x}\n"
SMALL = ["households=300", "years=1", "seeds=1", "workers=1"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rum"], "nearest is run"),
        (["run", "scenario=hodl"], "nearest is hold"),
        (["run", "experiment=leverage"], "leverage_vs_transfers"),
        (["run", "hazards.ilness_rate=0.1"], "illness_rate"),
        (["run", "population=liangshang"], "nearest is liangshan"),
        (["run", "size=dask"], "nearest is desk"),
        (["run", "scenario=hold", "+scenario.programmes.dibau={}"], "dibao"),
        (["describe", "relapse_rat"], "relapse_rate"),
        (["run", "hazards.illness_rate=-0.1"], "allowed is 0 to 0.5"),
        (["run", "programmes.matched_leverage.additionality=1.5"], "allowed is 0 to 1"),
        (
            ["run", "lines.absolute=12000", "lines.national_median=9000"],
            "at most the national median",
        ),
        (["run", "households=0"], "households=0"),
        (["run", "years=0"], "years=0"),
        (["run", "years=61"], "years=61: allowed is a whole number, 1 to 60"),
        (["run", "seeds=0"], "seeds=0"),
        (["run", "workers=0"], "workers=0"),
        (["run", "lines.absolute=7000"], "at most the monitoring line"),
        (["run", "experiment.outcomes=[relapse_rat]"], "nearest is relapse_rate"),
        (["report", "nowhere"], "finished study"),
        (
            ["run", "programmes.dibaoo.standard=8000"],
            "programmes.dibaoo.standard=8000: no such key programmes.dibaoo; allowed are",
        ),
        (["run", "programmes.dibaoo.standard=8000"], "nearest is programmes.dibao"),
        (["run", "programmes.dibao.standrd=8000"], "programmes.dibao.standrd=8000: no such key;"),
        (["run", "sizes=classroom"], "sizes=classroom: no such key; allowed are size, "),
        (
            ["run", "scenario=hold", "scenario.programmes.dibao.standrd=1"],
            "scenario.programmes.dibao.standrd=1: no such key standrd; allowed are standard, ",
        ),
        (["run", "hazards.illness_rate=0.9"], "allowed is 0 to 0.5 a year"),
        (["run", "experiment=leverage"], "allowed are leverage_tools, leverage_vs_transfers, cre"),
        (["report"], "povsim: report: nothing is named; the form is povsim report DIR"),
        (["list", "foo", "bar"], "povsim: list=foo bar; the form is povsim list"),
    ],
)
def test_a_mistake_is_told_in_one_line(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert told in lines[0]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("measure: relapse_rat", "nearest is relapse_rate"),
        ("group: G9", "group=G9: allowed are all, G0"),
        ("region: deep_povertty", "nearest is deep_poverty"),
        ("margin: 0.1", "margin=0.1: allowed is none where > is expected"),
        ("effect: {grid: dail}", "nearest is dial"),
    ],
)
def test_a_hypothesis_on_what_does_not_exist_is_told(wrong, told, tmp_path, capsys):
    folder = tmp_path / "mine" / "experiments"
    folder.mkdir(parents=True)
    hypothesis = {
        "id": "x",
        "statement": "{en: x, zh: x}",
        "measure": "relapse_rate",
        "scenario": "hold",
        "versus": "cliff",
        "year": "1",
        "expected": '">"',
        "falsifier": "x",
    }
    key, _, value = wrong.partition(": ")
    lines = [f"    {k}: {v}" for k, v in (hypothesis | {key: value}).items()]
    grid = "{name: '{x}', title: {en: x, zh: x}, scenario: hold, over: {x: {levels: {a: {}}}}}"
    (folder / "odd.yaml").write_text(
        f"title: {{en: x, zh: x}}\nquestion: {{en: x, zh: x}}\nbaseline: hold\n"
        f"scenarios: [hold, cliff]\ngrids: {{dial: {grid}}}\nhypotheses:\n  -\n" + "\n".join(lines)
    )
    assert main(["run", "--config-dir", str(tmp_path / "mine"), "experiment=odd"]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert told in lines[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "experiment odd: title is missing"),
        ("title: {en: x, zh: x}", "question is missing"),
        ("{title: x, question: x, baseline: hold, scenarios: [hold]}", "title=x: allowed is texts"),
        (TEXTS + "baseline: hold\nscenarios: hold\n", "scenarios=hold: allowed is a list"),
        (TEXTS + "baseline: [hold]\nscenarios: [hold]\n", "allowed is the name of a scenario"),
        (TEXTS + "baseline: hold\nscenarios: [a]\narms: {a: }\n", "arms.a=nothing"),
        (TEXTS + "baseline: hold\nscenarios: [hold]\nhypotheses: [x]\n", "hypothesis 1=x"),
    ],
)
@pytest.mark.parametrize("verb", ["run", "sweep"])
def test_an_experiment_file_that_says_too_little_is_told(verb, text, told, tmp_path, capsys):
    folder = tmp_path / "mine" / "experiments"
    folder.mkdir(parents=True)
    (folder / "odd.yaml").write_text(text)
    assert main([verb, "--config-dir", str(tmp_path / "mine"), "experiment=odd"]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert told in lines[0]


def test_malformed_yaml_is_told_with_file_and_line(tmp_path, capsys):
    folder = tmp_path / "mine" / "scenarios"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("title: {en: x\nprogrammes: [")
    assert main(["run", "--config-dir", str(tmp_path / "mine"), "scenario=broken"]) == 2
    err = capsys.readouterr().err.strip()
    assert len(err.splitlines()) == 1
    assert "broken.yaml" in err


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["run", *SMALL, "--out", str(tmp_path / "file" / "out")]) == 2
    assert "can be written" in capsys.readouterr().err


def test_a_scenario_of_ones_own_in_five_lines_runs(tmp_path, capsys):
    folder = tmp_path / "mine" / "scenarios"
    folder.mkdir(parents=True)
    (folder / "more_dibao.yaml").write_text(
        "title: {en: More dibao, zh: 提高低保}\nprogrammes:\n  resident_pension: {}\n"
        "  dibao: {standard: 8000}\n  targeted_cash: {share: 0.5}\n"
    )
    out = tmp_path / "out"
    words = ["run", "--config-dir", str(tmp_path / "mine"), "scenario=more_dibao", *SMALL]
    assert main([*words, "--out", str(out)]) == 0
    assert (out / "report.html").is_file()
    assert "More dibao" in capsys.readouterr().out


def test_lists_and_descriptions_speak_both_languages(capsys):
    assert main(["list", "programmes"]) == 0
    assert "dibao" in capsys.readouterr().out
    assert main(["describe", "dibao", "--language", "zh"]) == 0
    assert "农村最低生活保障" in capsys.readouterr().out
    assert main(["describe", "hold"]) == 0
    assert main(["describe", "relapse_rate"]) == 0
