"""YAML is found in the user's folder first and read without surprises."""

import os
from itertools import pairwise
from unicodedata import normalize

import pytest
import yaml

from povsim.errors import UserError
from povsim.machine import yaml_files
from povsim.machine.text_files import LARGEST
from povsim.machine.yaml_texts import TEXTS
from povsim.programmes.lever import all_levers
from povsim.programmes.scenario_files import load_cards

BILLIONS = "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n" for old, new in pairwise("abcdefghi")
)
"""A few lines that stand for ten thousand million values."""


def written(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_file_comes_before_ours(tmp_path):
    own = written(tmp_path, "configs/programmes/dibao.yaml", "kind: entitlement")
    assert yaml_files.find("configs/programmes", "dibao", "programme", tmp_path) == own
    assert yaml_files.find("configs/programmes", "dibao", "programme") != own


def test_a_users_file_stands_beside_ours(tmp_path):
    written(tmp_path, "configs/programmes/mine.yaml", "kind: entitlement")
    assert {"mine", "dibao"} <= set(yaml_files.files("configs/programmes", tmp_path))


def test_the_environment_names_the_users_folder(tmp_path, monkeypatch):
    written(tmp_path, "scenarios/mine.yaml", "programmes: {}")
    monkeypatch.setenv(yaml_files.USER_FOLDER, str(tmp_path))
    assert "mine" in yaml_files.files("scenarios")


def test_a_folder_of_another_shape_is_refused(tmp_path):
    with pytest.raises(UserError, match="configs, scenarios, experiments"):
        yaml_files.user_folder(tmp_path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [2\nc: 3\n", 3),
        ("a: 1\nb:\tx: 2\n", 2),
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a: {x: 1, x: 2}\n", 1),
        ("- a\n- b\n", 1),
        ("a: &x [1]\nb: *y\n", 2),
        ("[1, 2]: a\n? {a: 1}\n: b\n", 1),
        ("a: 1\n'a': 2\n", 2),
        ("a\n", 1),
        ("a: 1\n---\nb: 2\n", 3),
        ("a: &a [*a]\n", 1),
        ("a: 1\nb: !!python/object:os.system x\n", 2),
        ("a: 1\nb: !!int x\n", 2),
        ("a: 1\nb: !mine x\n", 2),
        ("a: 1\n<<: [b]\n", 2),
        ("a: 1\nb: " + "9" * 5000, 2),
        ("a: 1\nb: " + "[" * 60 + "]" * 60, 2),
        ("a: 1\nb: " + "[" * 500_000, 2),
        ("a: 1\nb: x\x00y\n", 2),
        ("a: &a [1,1,1,1,1,1,1,1,1,1]\n" + BILLIONS, 6),
    ],
)
def test_malformed_yaml_is_told_with_file_and_line(tmp_path, text, line):
    path = written(tmp_path, "bad.yaml", text)
    with pytest.raises(UserError) as caught:
        yaml_files.read_yaml(path)
    message = str(caught.value)
    assert message.startswith(f"{path}, line {line}: ")
    assert "\n" not in message


def test_bytes_that_are_not_text_are_told(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_bytes(b"a: \xff\xfe")
    with pytest.raises(UserError, match=r"bad\.yaml: cannot be read \(not UTF-8 text"):
        yaml_files.read_yaml(path)


@pytest.mark.parametrize(
    ("encoding", "text", "named"),
    [
        ("gbk", "title: 提高低保标准（百分之十）\n", "GBK"),
        ("gb18030", "title: 方案\n", "GBK"),
        ("utf-16", "title: 方案\n", "UTF-16"),
        ("utf-16-le", "title: plan\n", "UTF-16"),
        ("utf-16-be", "title: 方案\n", "UTF-16"),
        ("latin-1", "title: Förderung für Bäuerinnen\n", "Latin-1"),
    ],
)
def test_a_file_of_another_encoding_is_told_with_it_and_the_way_out(
    tmp_path, encoding, text, named
):
    path = tmp_path / "bad.yaml"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(UserError, match=f"seems to be {named}; save it as UTF-8"):
        yaml_files.read_yaml(path)


def test_a_mark_before_utf_8_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "marked.yaml"
    path.write_bytes("\ufefftitle: 方案\n".encode())
    assert yaml_files.read_yaml(path) == {"title": "方案"}


@pytest.mark.parametrize("make", ["mkdir", "fifo", "link", "huge"])
def test_what_is_no_file_is_told_and_never_waited_for(tmp_path, make):
    path = tmp_path / "x.yaml"
    if make == "mkdir":
        path.mkdir()
    elif make == "fifo":
        os.mkfifo(path)
    elif make == "link":
        path.symlink_to("nowhere")
    else:
        path.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(UserError, match=r"x\.yaml: "):
        yaml_files.read_yaml(path)


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        yaml_files.read_yaml(tmp_path / "absent.yaml")


def test_an_empty_file_is_an_empty_mapping(tmp_path):
    assert yaml_files.read_yaml(written(tmp_path, "empty.yaml", "# nothing yet\n")) == {}


def test_numbers_and_dates_read_as_written(tmp_path):
    path = written(tmp_path, "n.yaml", "a: 1e6\nb: 2022-01\nc: 2022-01-05\nd: 3\n")
    assert yaml_files.read_yaml(path) == {"a": 1e6, "b": "2022-01", "c": "2022-01-05", "d": 3}


LIKE_SOMETHING_ELSE = [
    "no",
    "yes",
    "on",
    "2021",
    "1e3",
    "0x1F",
    "012",
    "1:30",
    "2021-01-01",
    "true",
]


@pytest.mark.parametrize("text", LIKE_SOMETHING_ELSE)
def test_keys_and_texts_stay_as_they_are_written(text):
    content = yaml_files.parse_yaml(f"title: {text}\nscenarios: [{text}]\narms: {{{text}: 1}}", "x")
    assert content == {"title": text, "scenarios": [text], "arms": {text: 1}}


def test_null_is_nothing_where_one_text_stands_and_a_name_in_a_list():
    content = yaml_files.parse_yaml("reference: null\nscenarios: [null, ~]\nnull: 1", "x")
    assert content == {"reference": None, "scenarios": ["null", "~"], "null": 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("on", "on"), ("true", True), ("False", False), ("012", "012"),
        ("0x1F", "0x1F"), ("1:30", "1:30"), ("1_000", 1000), ("-3", -3), ("1e3", 1000.0),
        (".5", 0.5), ("~", None), ("", None), ("=", "="),
    ],
)  # fmt: skip
def test_a_value_is_what_it_would_be_on_the_command_line(text, value):
    found = yaml_files.parse_yaml(f"x: {text}", "x")["x"]
    assert (found, type(found)) == (value, type(value))


def test_anchors_and_merge_keys_work_and_own_keys_come_first():
    text = "a: &a {x: 1, y: 2}\nb: &b {x: 5}\nc: {<<: [*a, *b], y: 3}\nd: *a\n"
    content = yaml_files.parse_yaml(text, "x")
    assert content["c"] == {"x": 1, "y": 3}
    assert content["d"] == content["a"]


def test_no_number_of_the_world_or_of_a_card_is_called_as_a_text_is():
    numbers = {lever.name for lever in all_levers(load_cards()) if lever.declaration()}
    assert not numbers & TEXTS


@pytest.mark.parametrize("reader", [lambda text: yaml_files.parse_yaml(text, "x"), yaml.safe_load])
def test_what_is_written_reads_back_as_the_same(reader):
    texts = [
        *LIKE_SOMETHING_ELSE, "null", "~", "", " a", "a: b", "# x", "${oc.env:HOME}", "a\nb", "<<",
        "=", "y", "1_0", ".inf", "'q'", '"q"', "\u2028", "\x85", "方案", "&a", "!t",
    ]  # fmt: skip
    tree = {
        "texts": texts,
        "keys": {text: text for text in texts},
        "numbers": [1, 1e-5, True, None],
    }
    assert reader(yaml_files.as_yaml(tree)) == tree


def test_names_are_found_in_whichever_form_accents_are_written(tmp_path):
    apart, composed = normalize("NFD", "é"), normalize("NFC", "é")
    path = written(tmp_path, f"scenarios/{apart}.yaml", "programmes: {}")
    assert {yaml_files.find("scenarios", n, "scenario", tmp_path) for n in (apart, composed)} == {
        path
    }


def test_both_endings_are_found_and_two_files_of_one_name_are_told(tmp_path):
    written(tmp_path, "scenarios/one.yml", "programmes: {}")
    for ending in ("yaml", "yml"):
        written(tmp_path, f"scenarios/two.{ending}", "programmes: {}")
    assert yaml_files.find("scenarios", "one", "scenario", tmp_path).suffix == ".yml"
    with pytest.raises(UserError, match=r"scenario=two; allowed: one file .* two\.yaml, two\.yml"):
        yaml_files.find("scenarios", "two", "scenario", tmp_path)


@pytest.mark.parametrize("name", [".#x.yaml", "._x.yaml", "x.yaml~", "#x.yaml#"])
def test_copies_that_editors_and_systems_hide_are_no_files_of_a_group(tmp_path, name):
    written(tmp_path, f"scenarios/{name}", "")
    assert yaml_files.files("scenarios", tmp_path) == yaml_files.files("scenarios")
