"""A user's files have the names and titles that their user gave them."""

import pytest

from povsim.config import compose
from povsim.errors import UserError
from povsim.machine.by_language import by_language

SCENARIO = "title: {title}\nprogrammes: {{dibao: }}\n"
EXPERIMENT = """\
title: 2021
question: 'cost $5 ${oc.env:HOME}'
baseline: off
scenarios: [off, 2021, 1e4, 甲]
arms:
  off: {scenario: no, title: no}
  1e4: {scenario: 2021, title: {zh: 乙}}
  甲: {scenario: hold}
grids:
  g:
    name: "g_{x}"
    title: "level {x} of {{2}} at 5%"
    scenario: hold
    over: {x: {levels: {no: {title: 0.50}, on: {}}}}
hypotheses:
  - {id: no, statement: 1.10, measure: relapse_rate, scenario: 1e4, versus: off, year: 1,
     expected: "<", falsifier: x}
"""
NAMES = ["no", "2021", "null", "1e3", "我的方案", "my plan", "a=b", "x(1)", "~"]


@pytest.fixture
def folder(tmp_path):
    for kind in ("scenarios", "experiments"):
        (tmp_path / kind).mkdir()
    for name in NAMES:
        text = SCENARIO.format(title=name)
        (tmp_path / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "experiments/2021.yaml").write_text(EXPERIMENT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_is_found_by_any_name(name, folder):
    assert compose([f"scenario={name}"], folder).scenario.name == name


def test_an_experiment_has_the_texts_of_its_file(folder):
    request = compose(["experiment=2021"], folder)
    titles = {s.name: s.title["en"] for s in request.scenarios}
    assert titles == {
        "off": "no", "2021": "2021", "1e4": "乙", "甲": "Hold the 2020 policy mix",
        "g_no": "level 0.50 of {2} at 5%", "g_on": "level on of {2} at 5%",
    } | {"甲": titles["甲"]}  # fmt: skip
    assert request.resolved["experiment"]["question"] == "cost $5 ${oc.env:HOME}"


def test_a_title_may_be_given_anew_in_either_form(folder):
    for written in ("费用 50%: $5", "{en: 费用 50%}"):
        request = compose(["experiment=2021", f"experiment.title={written}"], folder)
        assert "费用 50%" in str(request.resolved["experiment"]["title"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ({"cn": "x"}, "t.yaml: language of title=cn; allowed: en, zh"),
        ({"eng": "x"}, "t.yaml: language of title=eng; allowed: en, zh; nearest: en"),
        ({"en": {"a": "b"}}, "t.yaml: title.en={'a': 'b'}; allowed: a text, or one in each"),
        (["a"], r"t.yaml: title=\['a'\]; allowed: a text, or one in each"),
    ],
)
def test_what_is_no_text_is_told_with_its_place(text, told):
    with pytest.raises(UserError, match=told):
        by_language("title", text, "t.yaml")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("甲", {"en": "甲", "zh": "甲"}),
        ({"zh": "甲"}, {"en": "甲", "zh": "甲"}),
        ({"en": "a", "zh": None}, {"en": "a", "zh": "a"}),
        ({"en": "a", "zh": "甲"}, {"en": "a", "zh": "甲"}),
        (None, {"en": "name", "zh": "name"}),
        ({}, {"en": "name", "zh": "name"}),
        (2021, {"en": "2021", "zh": "2021"}),
    ],
)
def test_a_text_is_read_the_same_from_either_form(text, read):
    assert by_language("title", text, default="name") == read


def test_a_dotted_key_of_a_file_is_the_number_that_it_names(tmp_path):
    (tmp_path / "configs/size").mkdir(parents=True)
    text = "title: 小\nhouseholds: 90\nhazards.illness_rate: 0.06\nhazards: {accident_rate: 0.02}\n"
    (tmp_path / "configs/size/tiny.yaml").write_text(text, encoding="utf-8")
    world = compose(["size=tiny"], tmp_path).world
    assert (world.households, world.hazards.illness_rate, world.hazards.accident_rate) == (
        90,
        0.06,
        0.02,
    )
