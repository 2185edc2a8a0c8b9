"""Every key of a run is declared once, and the file of defaults holds the same keys."""

import pytest

from povsim.cli.settings import setting_names
from povsim.config.keys import FOLDERS, KEYS
from povsim.errors import UserError
from povsim.machine import yaml_files

PRIMARY = yaml_files.read_yaml(yaml_files.own_folder() / "configs" / "config.yaml")


def test_the_file_of_defaults_and_the_declaration_hold_the_same_keys():
    assert set(setting_names()) == set(KEYS)


@pytest.mark.parametrize("name", [name for name in KEYS if name not in FOLDERS])
def test_every_default_is_allowed(name):
    KEYS[name].of(PRIMARY)


def test_every_choice_of_the_defaults_is_a_file():
    chosen = {
        k: v for entry in PRIMARY["defaults"] if isinstance(entry, dict) for k, v in entry.items()
    }
    for group, name in (chosen | {"population": PRIMARY["population"]}).items():
        assert name is None or name in yaml_files.files(FOLDERS[group]), group


def test_a_key_is_told_with_what_it_may_be():
    with pytest.raises(UserError, match=r"search.points=3; allowed: a whole number, 4 or more"):
        KEYS["search.points"].of({"search": {"points": 3}})
