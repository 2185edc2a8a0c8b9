"""Check overrides before Hydra sees them, so that a slip gets one clear line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, OverrideType
from hydra.errors import HydraException

from povsim.errors import UserError, said, unknown

MIX = "scenario.programmes."
ADDED = (OverrideType.ADD, OverrideType.FORCE_ADD)
Tree = Mapping[str, Any]
Names = Mapping[str, Sequence[str]]


def parse(texts: Sequence[str], several: bool = False) -> list[Override]:
    """Return the parsed overrides.

    Parameters
    ----------
    texts : sequence of str
        As on the command line: ``key=value``, ``+key=value`` or ``~key``.
    several : bool
        Whether a key may take several values (``scenario=hold,mixed``), as in a multirun.
    """
    parser = OverridesParser.create()
    overrides = []
    for text in texts:
        try:
            override = parser.parse_override(text)
        except HydraException:
            raise UserError(said("key_value", text=text)) from None
        if override.is_sweep_override() and not several:
            found = text.partition("=")[2]
            raise UserError(override.key_or_group, found, said("one_value_several"))
        overrides.append(override)
    return overrides


def values(override: Override) -> Iterator[Any]:
    """Yield the value of an override, or each value of a sweep."""
    if override.is_sweep_override():
        yield from override.sweep_string_iterator()
    else:
        yield override.value()


def check_choice(override: Override, groups: Names) -> None:
    """Raise UserError if an override chooses in a group what the group does not have."""
    key = override.key_or_group
    if key not in groups:
        return
    if override.type is not OverrideType.CHANGE:
        raise UserError(said("can_be_chosen", text=override.input_line, key=key))
    for choice in values(override):
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
    if key in groups or key.startswith(("hydra.", "hydra/")):
        return
    if key.startswith(MIX):
        _check_mix(override, tree, settings)
        return
    if override.type is not OverrideType.CHANGE:
        raise UserError(said("only_programmes", text=override.input_line))
    for value in values(override):
        _check_key(key, value, tree, groups)


def check_keys(content: Tree, tree: Tree, place: str) -> None:
    """Raise UserError if a file sets a key that the tree does not have."""
    for key, value in content.items():
        try:
            _check_key(str(key), value, tree, {})
        except UserError as error:
            raise error.at(place) from None


def for_hydra(override: Override) -> str:
    """Return the override's text as Hydra needs it: settings of a mix may be new keys."""
    text = str(override.input_line)
    if override.key_or_group.startswith(MIX) and override.type is not OverrideType.DEL:
        return "++" + text.lstrip("+")
    return text


def _check_key(key: str, value: object, tree: Tree, groups: Names) -> None:
    """Walk down the tree along ``key``; a mapping as value is walked in turn."""
    node: Any = tree
    before = ""
    for part in key.split("."):
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
    elsewhere = [leaf for leaf in _leaves(tree) if leaf.rpartition(".")[2] == key]
    return elsewhere or [*tree, *(group for group in groups if group not in tree)]


def _check_mix(override: Override, tree: Tree, settings: Names) -> None:
    key = override.key_or_group
    name, _, setting = key.removeprefix(MIX).partition(".")
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
    for value in values(override) if override.type is not OverrideType.DEL else [None]:
        given: dict[str, object] = {setting: value} if setting else {}
        if isinstance(value, dict):
            given |= {str(inner): own for inner, own in value.items()}
        for one, own in given.items():
            if one not in settings[name]:
                raise unknown(f"{MIX}{name}.{one}", own, one, settings[name])


def _leaves(tree: Tree, before: str = "") -> Iterator[str]:
    for name, node in tree.items():
        if isinstance(node, Mapping):
            yield from _leaves(node, f"{before}{name}.")
        else:
            yield f"{before}{name}"
