"""Parse and check overrides before Hydra composes, so that a slip gets one clear line.

They are parsed once, here. Hydra is told which files are chosen; values are laid into what it has
composed, so that no text of a user is read a second time or taken for something else.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hydra.core.override_parser.types import Override, OverrideType

from povsim.config.grammar import read_override
from povsim.errors import UserError, said, unknown
from povsim.programmes.lever import Lever, leaves, words_of

BY_LANGUAGE = ("title", "question", "reading")
"""Keys whose value is a text or a mapping of languages to texts."""
MIX = "scenario.programmes."
ADDED = (OverrideType.ADD, OverrideType.FORCE_ADD)
Tree = Mapping[str, Any]
Names = Mapping[str, Sequence[str]]


def parse(texts: Sequence[str]) -> list[Override]:
    """Return the parsed overrides, of one value each.

    Parameters
    ----------
    texts : sequence of str
        As on the command line: ``key=value``, ``+key=value`` or ``~key``.
    """
    overrides = [read_override(text) for text in texts]
    for override in overrides:
        if override.is_sweep_override():
            found = str(override.input_line).partition("=")[2]
            raise UserError(override.key_or_group, found, said("one_value_several"))
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
        if set(str(choice).split(",")) <= set(groups[key]):
            raise UserError(key, choice, said("one_value_several"))
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


def lay_on(tree: Tree, override: Override) -> dict[str, Any]:
    """Return a configuration with the value of an override in place, or without its key."""
    words = words_of(override.key_or_group)
    if override.type is OverrideType.DEL:
        return _without(tree, words, override)
    return laid_over(tree, nested(override.key_or_group, override.value()))


def nested(key: str, value: Any) -> dict[str, Any]:
    """Return a value under the words of a dotted key, one inside the other."""
    first, *rest = words_of(key)
    return {first: nested(".".join(rest), value) if rest else value}


def laid_over(beneath: Tree, above: Tree) -> dict[str, Any]:
    """Return nested values with others laid over them, key by key; a list is one value."""
    out = {**beneath, **above}
    for key in beneath.keys() & above.keys():
        low, high = beneath[key], above[key]
        if isinstance(low, Mapping) and isinstance(high, Mapping):
            out[key] = laid_over(low, high)
    return out


def _without(tree: Tree, words: Sequence[str], override: Override) -> dict[str, Any]:
    """Return nested values without one; ``~key=value`` takes out that value only."""
    first, *rest = words
    if first not in tree:
        raise unknown(str(override.input_line), None, first, list(tree))
    if rest:
        return {**tree, first: _without(tree[first], rest, override)}
    asked = override.value()
    if asked is not None and asked != tree[first]:
        raise UserError(override.key_or_group, asked, str(tree[first]))
    return {key: value for key, value in tree.items() if key != first}


def _check_key(key: str, value: object, tree: Tree, groups: Names) -> None:
    """Walk down the tree along ``key``; a mapping as value is walked in turn."""
    node: Any = tree
    before = ""
    for part in words_of(key):
        if not isinstance(node, Mapping) or part not in node:
            found = f"{before}{part}"
            raise unknown(key, value, found, _candidates(key, before, node, tree, groups))
        node, before = node[part], f"{before}{part}."
    if words_of(key)[-1] in BY_LANGUAGE:
        return
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
