"""YAML is found in the user's folder first and read without surprises."""

import pytest

from povsim.errors import UserError
from povsim.machine import yaml_files


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
    with pytest.raises(UserError, match=r"bad\.yaml: cannot be read \(not UTF-8 text\)"):
        yaml_files.read_yaml(path)


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        yaml_files.read_yaml(tmp_path / "absent.yaml")


def test_an_empty_file_is_an_empty_mapping(tmp_path):
    assert yaml_files.read_yaml(written(tmp_path, "empty.yaml", "# nothing yet\n")) == {}


def test_numbers_and_dates_read_as_written(tmp_path):
    path = written(tmp_path, "n.yaml", "a: 1e6\nb: 2022-01\nc: 2022-01-05\nd: 3\n")
    assert yaml_files.read_yaml(path) == {"a": 1e6, "b": "2022-01", "c": "2022-01-05", "d": 3}
