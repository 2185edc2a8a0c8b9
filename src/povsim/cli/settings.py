"""Describe the keys that ``povsim run`` takes and that are no numbers of the world."""

from collections.abc import Iterator
from functools import cache

from povsim.config.keys import FOLDERS, KEYS
from povsim.machine import yaml_files
from povsim.words.texts import command_words


@cache
def _defaults() -> dict[str, object]:
    """Return the values of the primary configuration, by key."""
    primary = yaml_files.read_yaml(yaml_files.own_folder() / "configs" / "config.yaml")
    chosen = [one for one in primary.pop("defaults") if isinstance(one, dict)]
    values = {str(key): value for one in chosen for key, value in one.items()}
    values |= {key: value for key, value in primary.items() if key not in values}
    inner = {
        f"{key}.{name}": value
        for key, own in primary.items()
        if isinstance(own, dict)
        for name, value in own.items()
    }
    return values | inner


def setting_names() -> tuple[str, ...]:
    """Return the keys, as an override writes them."""
    return tuple(_defaults())


def describe_setting(name: str, language: str) -> Iterator[str]:
    """Write a key with its default, what it means and what it may be."""
    words, value, key = command_words(language), _defaults()[name], KEYS[name]
    yield f"{words['setting']} {name}"
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    if not isinstance(shown, dict):
        yield f"    {name} = {'null' if shown is None else shown}"
    yield f"        {key.zh if language == 'zh' else key.en}"
    if name in FOLDERS:
        yield f"        {words['options']}: {', '.join(yaml_files.files(FOLDERS[name]))}"
