"""An override says what its user wrote: names, titles and paths with any sign."""

import pytest

from povsim.cli.multirun import combinations
from povsim.config.grammar import key_of, read_override
from povsim.config.written import written
from povsim.errors import UserError

NAMES = [
    "我的方案", "my plan", "a=b", "x(1)", "50%&#", "a:b", "no", "2021", "1e3", "012", "null",
    "true", "~", "a\\b", "${oc.env:HOME}", "it's", "方案（一）", "a!b;c<d>^`", "QQ中Q",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", ["scenario", "experiment", "size", "experiment.baseline"])
def test_a_name_is_taken_as_it_iswritten(key, name):
    if (key, name) != ("experiment.baseline", "null"):
        assert read_override(f"{key}={name}").value() == name


@pytest.mark.parametrize("name", [name for name in NAMES if name != "it's"])
def test_a_name_in_a_list_is_taken_as_it_iswritten(name):
    assert read_override(f"experiment.scenarios=[{name}, hold]").value() == [name, "hold"]


@pytest.mark.parametrize("name", [*NAMES, "a, b", "[x]", "'q'", "x\\", "{y}"])
def test_names_from_python_reach_a_list_whatever_signs_they_have(name):
    text = written([name, "hold"])
    assert read_override(f"experiment.scenarios={text}").value() == [name, "hold"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("out=结果", "结果"),
        ("out=my results", "my results"),
        ("out='my results'", "my results"),
        ("out=C:\\x", "C:\\x"),
        ("out=~/结果 1", "~/结果 1"),
        ("out=a,b", "a,b"),
        ("out=[a]", "[a]"),
        ("out=null", None),
        ("out='null'", "null"),
        ("out=e\u0301", "e\u0301"),  # a path stays as it is on the disk
        ("scenario=e\u0301", "\u00e9"),
        ("design=我的 设计.csv", "我的 设计.csv"),
        ("scenario=\"my plan\"", "my plan"),
        ("scenario＝hold", "hold"),
        ("scenario= hold ", "hold"),
        ("experiment.reference=null", None),
        ("experiment.title={en: 2021, zh: 费用（元）}", {"en": "2021", "zh": "费用（元）"}),
        ("experiment.title={en: x", "{en: x"),
        ("experiment.title=\"甲\"和乙", "\"甲\"和乙"),
        ("experiment.dials.我的(1)={high: 2}", {"high": 2}),
        ("vary=[{name:work.local_wage,low:1e2}]", [{"name": "work.local_wage", "low": 100.0}]),
        ("hazards.illness_rate=0.05", 0.05),
    ],
)  # fmt: skip
def test_an_override_has_the_value_that_stands_there(text, value):
    override = read_override(text)
    assert override.value() == value
    assert override.key_or_group == key_of(text)


@pytest.mark.parametrize("text", ["novel", "seed=[", "seed=1=2", "seed=" + "[" * 3000, "a@b=c"])
def test_what_is_no_override_is_told_in_one_line(text):
    with pytest.raises(UserError, match="key=value is needed"):
        read_override(text)


def test_several_values_are_combined_the_last_fastest():
    assert combinations(["scenario=我的方案,hold", "seed=range(2)", "out=a b"]) == [
        ["scenario=我的方案", "seed=0", "out=a b"],
        ["scenario=我的方案", "seed=1", "out=a b"],
        ["scenario=hold", "seed=0", "out=a b"],
        ["scenario=hold", "seed=1", "out=a b"],
    ]


def test_lists_are_combined_whole():
    assert combinations(["experiment.scenarios=[a,中],[b]", "~x"]) == [
        ["experiment.scenarios=[a,中]", "~x"],
        ["experiment.scenarios=[b]", "~x"],
    ]
