"""Every combination of overrides with several values: the jobs of ``povsim run -m``."""

from collections.abc import Sequence
from itertools import product

from hydra.core.override_parser.types import Glob

from povsim.config.grammar import key_of, several, split
from povsim.config.keys import FOLDERS
from povsim.config.written import written
from povsim.errors import UserError, said
from povsim.machine import yaml_files


def combinations(overrides: Sequence[str], config_dir: str | None = None) -> list[list[str]]:
    """Return the overrides of every job, in Hydra's order: the last key changes first.

    Raises
    ------
    UserError
        If an override has no values that can be counted, or a key with several stands twice.
    """
    keys = [key_of(text) for text in overrides]
    for text, key in zip(overrides, keys, strict=True):
        if several(text) is not None and keys.count(key) > 1:
            raise UserError(key, split(text)[2], said("key_once"))
    return [list(job) for job in product(*(_texts(text, config_dir) for text in overrides))]


def _texts(text: str, config_dir: str | None) -> list[str]:
    """Return an override with each of its values."""
    found = several(text)
    if found is None:
        return [text]
    override, shown = found
    key, _, value = split(text)
    given = override.value()
    rule: object = said("some_value")
    if isinstance(given, Glob):
        folder = FOLDERS.get(key)
        if folder is None:
            raise UserError(key, value, FOLDERS)
        names = list(yaml_files.files(folder, config_dir))
        given.include, given.exclude = (list(map(shown, g)) for g in (given.include, given.exclude))
        values, rule = [written(name) for name in given.filter(names)], names
    elif override.is_discrete_sweep():
        values = [shown(one) for one in override.sweep_string_iterator()]
    else:
        values, rule = [], said("values_one_by_one")
    if not values:
        raise UserError(key, value, rule)
    return [f"{key}={one}" for one in values]
