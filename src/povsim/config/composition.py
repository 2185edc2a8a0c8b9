"""Let Hydra compose one configuration out of the files and the declared numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import reduce
from pathlib import Path
from typing import Any

from hydra import compose as hydra_compose
from hydra import initialize
from hydra.core.config_store import ConfigStore
from hydra.core.override_parser.types import Override
from omegaconf import OmegaConf

from povsim.config.arm_grids import expand
from povsim.config.idle import refuse_repeated
from povsim.config.keys import BY_NAME, FOLDERS, RUN_GROUPS
from povsim.config.overrides import (
    check_choice,
    check_keys,
    check_override,
    laid_over,
    lay_on,
    nested,
    parse,
)
from povsim.errors import UserError, said
from povsim.machine import yaml_files
from povsim.machine.by_language import by_language
from povsim.params import GROUPS, World
from povsim.programmes.cards import Card
from povsim.programmes.scenario_files import load_cards, read_scenario, setting_names
from povsim.study.comparison.experiment import KEYS, check_declared, check_shapes

HYDRA_VERSION = "1.3"
CHOSEN = "chosen"
"""What Hydra knows every chosen file as: names of files may be any text."""
ABOUT = ("title", "description")
"""What a file of a group may say about itself."""


class Composition:
    """The files and declared numbers from which a configuration is composed.

    Parameters
    ----------
    config_dir : path, optional
        The user's folder, whose files come before our own.

    Attributes
    ----------
    given : list of Override
        The overrides of what was composed last.
    """

    def __init__(self, config_dir: str | Path | None = None) -> None:
        self.config_dir = config_dir
        self.cards = load_cards(config_dir)
        self.primary = yaml_files.read_yaml(yaml_files.own_folder() / "configs" / "config.yaml")
        self.world = {name: asdict(getattr(World(), name)) for name in GROUPS}
        self.numbers = {name: _values(card) for name, card in self.cards.items()}
        self.groups = {
            group: list(yaml_files.files(folder, config_dir))
            for group, folder in FOLDERS.items()
            if group not in BY_NAME
        }
        self.beneath: dict[str, Any] = {}
        self.given: list[Override] = []
        self.above: dict[str, Any] = {}

    def checked(self, overrides: Sequence[str]) -> list[Override]:
        """Return overrides, parsed and checked; read what they choose."""
        parsed = parse(overrides)
        for override in parsed:
            check_choice(override, self.groups)
        tree = self._read(self._choices(parsed))
        settings = {name: setting_names(card) for name, card in self.cards.items()}
        for override in parsed:
            check_override(override, tree, self.groups, settings)
        refuse_repeated(parsed)
        return parsed

    def compose(self, overrides: Sequence[str]) -> dict[str, Any]:
        """Return the composed configuration as plain values."""
        parsed = self.given = self.checked(overrides)
        tree = laid_over(self.beneath, composed(self.primary, self.above))
        for override in parsed:
            if override.key_or_group not in self.groups:
                tree = lay_on(tree, override)
        chosen = self._choices(parsed)
        return {**tree, "choices": {group: chosen.get(group) for group in self._in_order()}}

    def _in_order(self) -> list[str]:
        """Return the groups in the order in which the primary configuration takes them."""
        return [g for entry in self.primary["defaults"] if isinstance(entry, dict) for g in entry]

    def _choices(self, parsed: Sequence[Override]) -> dict[str, str]:
        """Return what is chosen in each group: the overrides' choices, else the default's."""
        chosen = {
            group: str(name)
            for entry in self.primary["defaults"]
            if isinstance(entry, dict)
            for group, name in entry.items()
            if name is not None
        }
        named = {o.key_or_group: str(o.value()) for o in parsed if o.key_or_group in self.groups}
        if "scenario" in named and "experiment" in named:
            one, other = named["scenario"], named["experiment"]
            raise UserError(said("not_both", scenario=one, experiment=other))
        if "scenario" in named:
            del chosen["experiment"]
        return {**chosen, **named}

    def _read(self, chosen: Mapping[str, str]) -> dict[str, Any]:
        """Read the chosen files; return the tree of known keys.

        Numbers and what is run are laid beneath what Hydra composes: it copies all that it is
        given many times over.
        """
        plain_keys = {key: value for key, value in self.primary.items() if key != "defaults"}
        numbers = {**self.world, "programmes": self.numbers}
        tree = {**numbers, **plain_keys, "size": None, "scenario": None, "experiment": None}
        nodes = {group: self._node(group, name, tree) for group, name in chosen.items()}
        run = {group: node for group, node in nodes.items() if group in RUN_GROUPS}
        self.beneath = {**numbers, **run}
        self.above = {group: node for group, node in nodes.items() if group not in RUN_GROUPS}
        if "scenario" in run:
            tree["scenario"] = {"programmes": run["scenario"]["programmes"]}
        if "experiment" in run:
            tree["experiment"] = {**dict.fromkeys(KEYS), **run["experiment"]}
        return tree

    def _node(self, group: str, name: str, tree: Mapping[str, Any]) -> dict[str, Any]:
        if group == "scenario":
            return read_scenario(name, self.cards, self.config_dir)
        path = yaml_files.find(FOLDERS[group], name, group, self.config_dir)
        node = yaml_files.read_yaml(path)
        if group not in RUN_GROUPS:
            own = {key: value for key, value in node.items() if key not in ABOUT}
            for key in node.keys() & set(ABOUT):
                by_language(key, node[key], path)
            check_keys(own, tree, str(path))
            return reduce(laid_over, (nested(key, value) for key, value in own.items()), {})
        where = said("experiment", name=name)
        check_shapes(where, node)
        spread = expand(node, where)
        check_shapes(where, spread)
        check_declared(where, spread)
        return spread


def composed(primary: Mapping[str, Any], nodes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what Hydra composes of the primary configuration and the chosen file of each group.

    It decides by the list of defaults what comes over what. Values are numbered and put back
    afterwards, so that no ``${...}`` in a text of a user can be taken for a reference.
    """
    values: list[Any] = []
    store = ConfigStore.instance()
    defaults = [
        {group: CHOSEN if group in nodes else None for group in entry}
        if isinstance(entry, dict)
        else entry
        for entry in primary["defaults"]
    ]
    store.store(name="config", node={**_numbered(primary, values), "defaults": defaults})
    for entry in defaults:
        if isinstance(entry, str) and entry != "_self_":
            store.store(name=entry, node={})
    for group, node in nodes.items():
        store.store(group=group, name=CHOSEN, node=_numbered(node, values), package="_global_")
    with initialize(version_base=HYDRA_VERSION, config_path=None, job_name="povsim"):
        config = hydra_compose("config")
    return _with_values(OmegaConf.to_container(config), values)


def _numbered(node: Mapping[str, Any], values: list[Any]) -> dict[str, Any]:
    """Return nested mappings with the place of each value in a list of values."""
    out: dict[str, Any] = {}
    for key, value in node.items():
        if isinstance(value, Mapping):
            out[key] = _numbered(value, values)
        else:
            out[key] = len(values)
            values.append(value)
    return out


def _with_values(node: Any, values: Sequence[Any]) -> Any:
    """Return nested mappings with each value in place of its number."""
    if isinstance(node, dict):
        return {str(key): _with_values(value, values) for key, value in node.items()}
    return values[node]


def _values(card: Card) -> dict[str, float]:
    return {name: parameter.value for name, parameter in card.parameters.items()}
