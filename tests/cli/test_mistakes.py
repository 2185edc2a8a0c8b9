"""A user's mistake is one clear line, exit code 2, and nothing written."""

import re
from contextlib import chdir

import pytest

from povsim.cli import main

ENGLISH = re.compile(r"\b(allowed|nearest|no such|needed|missing|nothing|the|of|is)\b")
"""Words that an English line has."""

TEXTS = "title: {en: x, zh: x}\nquestion: {en: x, zh: x}\n"
SMALL = ["households=300", "years=1", "seeds=1", "workers=1"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rum"], "nearest: run"),
        (["run", "scenario=hodl"], "nearest: hold"),
        (["run", "experiment=leverage"], "leverage_vs_transfers"),
        (["run", "hazards.ilness_rate=0.1"], "illness_rate"),
        (["run", "population=liangshang"], "nearest: liangshan"),
        (["run", "size=dask"], "nearest: desk"),
        (["run", "scenario=hold", "+scenario.programmes.dibau={}"], "dibao"),
        (["describe", "relapse_rat"], "relapse_rate"),
        (["run", "hazards.illness_rate=-0.1"], "allowed: 0 to 0.5"),
        (["run", "programmes.matched_leverage.additionality=1.5"], "allowed: 0 to 1"),
        (
            ["run", "lines.absolute=12000", "lines.national_median=9000"],
            "at most the national median",
        ),
        (["run", "households=0"], "households=0"),
        (["run", "years=0"], "years=0"),
        (["run", "years=61"], "years=61; allowed: a whole number, 1 to 60"),
        (["run", "seeds=0"], "seeds=0"),
        (["run", "workers=0"], "workers=0"),
        (["run", "lines.absolute=7000"], "at most the monitoring line"),
        (["run", "experiment.outcomes=[relapse_rat]"], "nearest: relapse_rate"),
        (["report", "nowhere"], "finished study"),
        (
            ["run", "programmes.dibaoo.standard=8000"],
            "programmes.dibaoo.standard=8000: no such key programmes.dibaoo; allowed: ",
        ),
        (["run", "programmes.dibaoo.standard=8000"], "nearest: programmes.dibao"),
        (["run", "programmes.dibao.standrd=8000"], "programmes.dibao.standrd=8000: no such key;"),
        (["run", "sizes=classroom"], "sizes=classroom: no such key; allowed: size, "),
        (
            ["run", "scenario=hold", "scenario.programmes.dibao.standrd=1"],
            "scenario.programmes.dibao.standrd=1: no such key standrd; allowed: standard, ",
        ),
        (["run", "hazards.illness_rate=0.9"], "allowed: 0 to 0.5 per year"),
        (["run", "experiment=leverage"], "allowed: leverage_tools, leverage_vs_transfers, cre"),
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
    ("words", "told"),
    [
        (
            ["rum"],
            "povsim: 命令=rum；可用：run、sweep、search、list、describe、report；最接近：run",
        ),
        (["run", "--languages"], "povsim: 选项=--languages；可用：--language、--config-dir、--out"),
        (["run", "--out"], "povsim: --out：需要给出取值"),
        (["report"], "povsim: report：未给出名称；格式为 povsim report DIR"),
        (["list", "foo"], "list=foo；可用：scenarios、experiments"),
        (["report", "nowhere"], "允许：已完成研究的文件夹"),
        (["run", "years=61"], "povsim: years=61；允许：1至60的整数"),
        (["run", "hazards.illness_rate=0.9"], "允许：0至0.5（每年）"),
        (["run", "programmes.dibao.take_up=3"], "允许：0至1（比例）"),
        (["run", "lines.absolute=7000"], "允许：不超过监测线"),
        (["run", "sizes=classroom"], "sizes=classroom：没有这个键；可用：size、"),
        (["run", "scenario=hodl"], "scenario=hodl；可用：hold、"),
        (["run", "scenario=hold", "experiment=credit"], "情景与实验只能选其一"),
        (["run", "scenario=hold,mixed"], "允许：单个取值；多个取值请用 run -m"),
        (["run", "~hazards"], "只有情景中的政策可以增加（+）或删去（~）"),
        (
            ["run", "experiment.outcomes=[relapse_rat]"],
            "outcomes=relapse_rat；可用：relapse_rate、",
        ),
        (["run", "precision=2"], "允许：大于0且小于1的比例，例如0.001"),
        (["run", "--config-dir", "nowhere"], "--config-dir=nowhere；允许：已有的文件夹"),
        (["sweep", "vary=[]"], "vary=无；允许：参数列表，例如 [hazards.illness_rate]"),
        (["sweep", "design=none.csv"], "design=none.csv；允许：已有的 CSV 文件"),
        (["sweep", "precision=0.01"], "参数扫描中为 null；请指定 seeds=N"),
        (["search", "search.programmes=[targeted_cash]"], "允许：两个或以上政策的列表"),
        (["search", "experiment=leverage_vs_transfers"], "请指定每种组合都包含的情景"),
    ],
)
@pytest.mark.parametrize("asked", [["--language", "zh"], ["--language=zh"]])
def test_a_mistake_is_told_in_the_language_asked_for(words, told, asked, tmp_path, capsys):
    with chdir(tmp_path):
        assert main([*words[:1], *asked, *words[1:]]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert told in line
    assert not ENGLISH.search(line.removeprefix("povsim: "))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("verb", ["run", "sweep", "search"])
def test_a_language_among_the_overrides_is_that_of_mistakes_too(verb, capsys):
    assert main([verb, "language=zh", "years=61"]) == 2
    assert "years=61；允许：1至60的整数" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("measure: relapse_rat", "nearest: relapse_rate"),
        ("group: G9", "group=G9; allowed: all, G0"),
        ("region: deep_povertty", "nearest: deep_poverty"),
        ("margin: 0.1", "margin=0.1; allowed: none where > is expected"),
        ("effect: {grid: dail}", "nearest: dial"),
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
        (
            TEXTS.replace("en", "cn") + "baseline: hold\nscenarios: [hold]\n",
            "title=cn; allowed: en",
        ),
        (TEXTS + "baseline: hold\nscenarios: hold\n", "scenarios=hold; allowed: a list"),
        (TEXTS + "baseline: [hold]\nscenarios: [hold]\n", "allowed: the name of a scenario"),
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
