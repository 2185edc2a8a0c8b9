"""Parse and check overrides before Hydra composes, so that a slip gets one clear line.

They are parsed once, here. Hydra composes from texts alone, so it has to parse again what only it
can do: choose files, and add or take out programmes of a mix. Values of keys that are there are
laid into what it has composed as they were parsed, in the way in which it would do it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, OverrideType
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf

from povsim.errors import UserError, said, unknown
from povsim.programmes.lever import Lever, leaves, words_of

MIX = "scenario.programmes."
ADDED = (OverrideType.ADD, OverrideType.FORCE_ADD)
Tree = Mapping[str, Any]
Names = Mapping[str, Sequence[str]]


def parse(texts: Sequence[str]) -> list[Override]:
    """Return overrides of one value each, parsed as :func:`parsed` does."""
    overrides = parsed(texts)
    for override in overrides:
        if override.is_sweep_override():
            found = str(override.input_line).partition("=")[2]
            raise UserError(override.key_or_group, found, said("one_value_several"))
    return overrides


def parsed(texts: Sequence[str]) -> list[Override]:
    """Return the parsed overrides.

    Parameters
    ----------
    texts : sequence of str
        As on the command line: ``key=value``, ``+key=value`` or ``~key``.
    """
    parser = OverridesParser.create()
    overrides = []
    for text in texts:
        try:
            overrides.append(parser.parse_override(text))
        except HydraException:
            raise UserError(said("key_value", text=text)) from None
    return overrides


def check_choice(override: Override, groups: Names) -> None:
    """Raise UserError if an override chooses in a group what the group does not have."""
    key = override.key_or_group
    if key not in groups:
        return
    if override.type is not OverrideType.CHANGE:
        raise UserError(said("can_be_chosen", text=override.input_line, key=key))
    choice = override.value()
    if choice not in groups[key]:
        raise UserError(key, "null" if choice is None else choice, groups[key])


def check_override(override: Override, tree: Tree, groups: Names, settings: Names) -> None:
    """Raise UserError if an override names or does what it cannot.

    Parameters
    ----------
    tree : Mapping
        All keys, as nested mappings.
    groups : Mapping
        Choices by config group, such as ``size`` or ``behaviour/trap``.
    settings : Mapping
        What a scenario may set, by programme.
    """
    key = override.key_or_group
    if key.startswith(("hydra.", "hydra/")):
        raise UserError(key, override.value(), said("jobs_are_ours"))
    if key in groups:
        return
    if key.startswith(MIX):
        _check_mix(override, tree, settings)
        return
    if override.type is not OverrideType.CHANGE:
        raise UserError(said("only_programmes", text=override.input_line))
    _check_key(key, override.value(), tree, groups)


def check_keys(content: Tree, tree: Tree, place: str) -> None:
    """Raise UserError if a file sets a key that the tree does not have."""
    for key, value in content.items():
        try:
            _check_key(str(key), value, tree, {})
        except UserError as error:
            raise error.at(place) from None


def only_hydra_can(override: Override, groups: Names) -> bool:
    """Say whether an override is more than a value of a key that is there."""
    key = override.key_or_group
    return override.package is not None or key in groups or key.startswith(MIX)


def for_hydra(override: Override) -> str:
    """Return the override's text as Hydra needs it: settings of a mix may be new keys."""
    text = str(override.input_line)
    if override.key_or_group.startswith(MIX) and override.type is not OverrideType.DEL:
        return "++" + text.lstrip("+")
    return text


def lay_on(config: DictConfig, overrides: Iterable[Override]) -> None:
    """Set the values of overrides in a composed configuration."""
    for override in overrides:
        OmegaConf.update(
            config, override.key_or_group, override.value(), merge=True, force_add=True
        )


def _check_key(key: str, value: object, tree: Tree, groups: Names) -> None:
    """Walk down the tree along ``key``; a mapping as value is walked in turn."""
    node: Any = tree
    before = ""
    for part in words_of(key):
        if not isinstance(node, Mapping) or part not in node:
            found = f"{before}{part}"
            raise unknown(key, value, found, _candidates(key, before, node, tree, groups))
        node, before = node[part], f"{before}{part}."
    if isinstance(value, Mapping) and isinstance(node, Mapping):
        for inner, nested in value.items():
            _check_key(f"{key}.{inner}", nested, tree, groups)
    elif isinstance(node, Mapping) and node:
        example = f"{key}.{next(iter(node))}=..."
        shown = "null" if value is None else value
        raise UserError(key, shown, said("one_key", example=example))
    elif isinstance(value, Mapping):
        raise UserError(key, value, said("one_value"))


def _candidates(key: str, before: str, node: Any, tree: Tree, groups: Names) -> list[str]:
    """Return names at this level; at the top, leaves of the same name come first."""
    if before:
        return [f"{before}{name}" for name in node] if isinstance(node, Mapping) else [before[:-1]]
    elsewhere = [leaf for leaf, _ in leaves(tree) if words_of(leaf)[-1] == key]
    return elsewhere or [*tree, *(group for group in groups if group not in tree)]


def _check_mix(override: Override, tree: Tree, settings: Names) -> None:
    key = override.key_or_group
    lever = Lever.parse(key)
    name, setting = lever.owner, lever.name
    scenario = tree["scenario"]
    if scenario is None:
        raise UserError(said("scenario_first", key=key, name=name))
    mix = list(scenario["programmes"])
    known = list(settings) if override.type in ADDED else mix
    if name not in known:
        mistake = UserError(said("word_of_mix"), name, known)
        if name in settings:
            raise UserError(said("hint_added", mistake=mistake, key=f"{MIX}{name}"))
        raise mistake
    value = override.value() if override.type is not OverrideType.DEL else None
    given: dict[str, object] = {setting: value} if setting else {}
    if isinstance(value, dict):
        given |= {str(inner): own for inner, own in value.items()}
    for one, own in given.items():
        if one not in settings[name]:
            raise unknown(f"{MIX}{name}.{one}", own, one, settings[name])
