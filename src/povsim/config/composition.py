"""Let Hydra compose one configuration out of the files and the declared numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hydra import compose as hydra_compose
from hydra import initialize
from hydra.core.config_store import ConfigStore
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from povsim.config.arm_grids import expand
from povsim.config.keys import BY_NAME, FOLDERS, RUN_GROUPS
from povsim.config.overrides import (
    check_choice,
    check_keys,
    check_override,
    for_hydra,
    lay_on,
    only_hydra_can,
    parse,
)
from povsim.errors import UserError, said
from povsim.machine import yaml_files
from povsim.params import GROUPS, World
from povsim.programmes.cards import Card
from povsim.programmes.scenario_files import load_cards, read_scenario, setting_names
from povsim.study.comparison.experiment import KEYS

HYDRA_VERSION = "1.3"
REFERENCE = "${"
"""How a value begins that refers to another key."""


class Composition:
    """The files and declared numbers from which a configuration is composed.

    Parameters
    ----------
    config_dir : path, optional
        The user's folder, whose files come before our own.
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

    def checked(self, overrides: Sequence[str]) -> list[Override]:
        """Return overrides, parsed and checked; store what they choose."""
        parsed = parse(overrides)
        for override in parsed:
            check_choice(override, self.groups)
        refers = any(REFERENCE in str(override.input_line) for override in parsed)
        tree = self._store(self._choices(parsed), refers)
        settings = {name: setting_names(card) for name, card in self.cards.items()}
        for override in parsed:
            check_override(override, tree, self.groups, settings)
        return parsed

    def compose(self, overrides: Sequence[str]) -> dict[str, Any]:
        """Return the composed configuration as plain values."""
        parsed = self.checked(overrides)
        for_files = [o for o in parsed if only_hydra_can(o, self.groups)]
        texts = [for_hydra(override) for override in for_files]
        try:
            with initialize(version_base=HYDRA_VERSION, config_path=None, job_name="povsim"):
                config = hydra_compose("config", overrides=texts, return_hydra_config=True)
            lay_on(config, [override for override in parsed if override not in for_files])
            return laid_over(self.beneath, plain(config))
        except (HydraException, OmegaConfBaseException) as error:
            problem = str(error).partition("\n")[0]
            raise UserError(said("by_hydra", problem=problem)) from None

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

    def _store(self, chosen: Mapping[str, str], refers: bool) -> dict[str, Any]:
        """Hand Hydra all that it may need; return the tree of known keys.

        Hydra copies all that it is given many times over. The declared numbers and the experiment
        are therefore laid beneath what it composes, unless something refers to them.

        Parameters
        ----------
        refers : bool
            Whether an override refers to another key, as in ``${hazards.illness_rate}``.
        """
        plain_keys = {key: value for key, value in self.primary.items() if key != "defaults"}
        numbers = {**self.world, "programmes": self.numbers}
        tree = {**numbers, **plain_keys, "size": None, "scenario": None, "experiment": None}
        nodes = {(group, name): self._node(group, name, tree) for group, name in chosen.items()}
        whole = refers or any(map(_refers, nodes.values()))
        self.beneath = {} if whole else numbers
        store = ConfigStore.instance()
        store.store(name="config", node=self._primary(chosen))
        store.store(name="world", node=self.world if whole else {}, package="_global_")
        store.store(name="cards", node=self.numbers if whole else {}, package="programmes")
        for (group, name), node in nodes.items():
            if group == "experiment" and not whole:
                self.beneath, given = {**self.beneath, group: node}, {}
            else:
                given = node
            package = group if group in RUN_GROUPS else "_global_"
            store.store(group=group, name=name, node=given, package=package)
            if group == "scenario":
                tree[group] = {"programmes": node["programmes"]}
            if group == "experiment":
                tree[group] = {**dict.fromkeys(KEYS), **node}
        return tree

    def _primary(self, chosen: Mapping[str, str]) -> dict[str, Any]:
        """Return the primary configuration; a scenario takes the place of the experiment."""
        defaults = [
            {"experiment": None} if "scenario" in chosen and "experiment" in entry else entry
            for entry in self.primary["defaults"]
        ]
        return {**self.primary, "defaults": defaults}

    def _node(self, group: str, name: str, tree: Mapping[str, Any]) -> dict[str, Any]:
        if group == "scenario":
            return read_scenario(name, self.cards, self.config_dir)
        path = yaml_files.find(FOLDERS[group], name, group, self.config_dir)
        node = yaml_files.read_yaml(path)
        if group not in RUN_GROUPS:
            check_keys(node, tree, str(path))
            return node
        return expand(node, said("experiment", name=name))


def _refers(node: object) -> bool:
    """Say whether a text somewhere in a node refers to another key."""
    if isinstance(node, Mapping):
        return any(map(_refers, node.values()))
    if isinstance(node, list | tuple):
        return any(map(_refers, node))
    return isinstance(node, str) and REFERENCE in node


def laid_over(beneath: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return nested values with others laid over them, key by key; a list is one value."""
    out = {**beneath, **above}
    for key in beneath.keys() & above.keys():
        low, high = beneath[key], above[key]
        if isinstance(low, Mapping) and isinstance(high, Mapping):
            out[key] = laid_over(low, high)
    return out


def plain(config: Any) -> dict[str, Any]:
    """Return Hydra's configuration as nested plain mappings, with ``choices`` by group."""
    choices = OmegaConf.to_container(config.hydra.runtime.choices)
    tree = OmegaConf.to_container(OmegaConf.masked_copy(config, _own_keys(config)), resolve=True)
    assert isinstance(tree, dict) and isinstance(choices, dict)
    own = {str(group): name for group, name in choices.items() if "hydra/" not in str(group)}
    return {str(key): value for key, value in tree.items()} | {"choices": own}


def _own_keys(config: Any) -> list[str]:
    return [str(key) for key in config if key != "hydra"]


def _values(card: Card) -> dict[str, float]:
    return {name: parameter.value for name, parameter in card.parameters.items()}
