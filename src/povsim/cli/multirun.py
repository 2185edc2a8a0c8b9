"""Every combination of overrides with several values: the jobs of ``povsim run -m``."""

from collections.abc import Sequence
from itertools import product

from hydra.core.override_parser.types import Glob, Override

from povsim.config.keys import FOLDERS
from povsim.config.overrides import parsed
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
    all_of = parsed(overrides)
    keys = [override.get_key_element() for override in all_of]
    for override, key in zip(all_of, keys, strict=True):
        if override.is_sweep_override() and keys.count(key) > 1:
            raise UserError(key, _value(override), said("key_once"))
    return [list(job) for job in product(*(_texts(o, config_dir) for o in all_of))]


def _texts(override: Override, config_dir: str | None) -> list[str]:
    """Return an override with each of its values."""
    if not override.is_sweep_override():
        return [str(override.input_line)]
    key, value = override.get_key_element(), override.value()
    if isinstance(value, Glob):
        folder = FOLDERS.get(override.key_or_group)
        if folder is None:
            raise UserError(key, _value(override), FOLDERS)
        names = list(yaml_files.files(folder, config_dir))
        found = [written(name) for name in value.filter(names)]
        rule: object = names
    elif override.is_discrete_sweep():
        found, rule = list(override.sweep_string_iterator()), said("some_value")
    else:
        found, rule = [], said("values_one_by_one")
    if not found:
        raise UserError(key, _value(override), rule)
    return [f"{key}={one}" for one in found]


def _value(override: Override) -> str:
    return str(override.input_line).partition("=")[2]
