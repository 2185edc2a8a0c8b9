"""The address of a number: one object parses it, reads and sets the number, and describes it.

A number is named in overrides, under ``vary`` of a sweep, ``set`` of a grid, ``world`` of an arm
and ``dial`` of an experiment. One grammar serves them all; these are its spellings::

    hazards.illness_rate    world.hazards.illness_rate
    dibao.standard          programmes.dibao.standard    scenario.programmes.dibao.standard
    transition.years        how all programmes by share of an arm are withdrawn
    behaviour/trap, stress  a file of configs, which sets several numbers
    envelope                factor on the discretionary money of an arm
    transition_start        month in which whatever is withdrawn in an arm begins to be

Dotted names are taken apart here and nowhere else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from povsim.errors import UserError, said
from povsim.machine import yaml_files
from povsim.params import GROUPS, Declaration, World, declarations, options
from povsim.programmes.cards import Card, available, load_card
from povsim.programmes.scenario import ProgrammeUse, Scenario

WORLD, PROGRAMMES, TRANSITION = FIRST_WORDS = ("world", "programmes", "transition")
CHOICE, DIAL = ("choice", "dial")
"""Kinds of levers; a key may begin with the first three."""
ENVELOPE, TRANSITION_START = DIALS = ("envelope", "transition_start")
CHOICES = (
    "behaviour/motivation",
    "behaviour/trap",
    "behaviour/crowding",
    "behaviour/expectations",
    "stress",
)
"""Groups of configs of which a file may be chosen where a number may be set."""
Cards = Mapping[str, Card]
Arm = tuple[World, Scenario]


def words_of(key: str) -> list[str]:
    """Return the words of a dotted name; the last is the leaf."""
    return key.split(".")


@dataclass(frozen=True)
class Lever:
    """Something that can be set: a number, a switch, a choice of files.

    Attributes
    ----------
    kind : str
        ``world``, ``programmes``, ``transition``, ``choice`` or ``dial``.
    owner : str
        Parameter group, programme, or group of files; empty for a transition or a dial.
    name : str
        The number; empty where the owner alone is named.
    """

    kind: str
    owner: str
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> "Lever":
        """Return the lever that a text names, in whichever of its spellings.

        Whether there is such a number is another question: see :meth:`exists`.
        """
        if text in CHOICES:
            return cls(CHOICE, text)
        if text in DIALS:
            return cls(DIAL, "", text)
        words = words_of(text)
        if words[:2] == ["scenario", PROGRAMMES]:
            words = words[1:]
        kind = WORLD if words[0] in GROUPS else PROGRAMMES
        if words[0] in FIRST_WORDS:
            kind, *words = words
        owner = "" if kind == TRANSITION or not words else words.pop(0)
        return cls(kind, owner, ".".join(words))

    def __str__(self) -> str:
        """Return the one spelling under which results and documents name the lever."""
        first = "" if self.kind in (WORLD, CHOICE, DIAL) else self.kind
        return ".".join(word for word in (first, self.owner, self.name) if word)

    @property
    def section(self) -> str:
        """What the number stands under: ``hazards``, ``programmes.dibao``."""
        return str(replace(self, name=""))

    def exists(self, cards: Cards | None = None) -> bool:
        """Say whether there is such a number of the world or of a card."""
        if self.kind == WORLD:
            return self.owner in GROUPS and self.name in vars(getattr(World(), self.owner))
        return self.declaration(cards) is not None

    def declaration(self, cards: Cards | None = None) -> Declaration | None:
        """Return unit, range, meaning and source; None for what is no declared number.

        Parameters
        ----------
        cards : Mapping, optional
            Cards by name; those of the project and of the user's folder if not given.
        """
        if self.kind == WORLD and self.owner in GROUPS:
            return declarations(getattr(World(), self.owner)).get(self.name)
        if self.kind == PROGRAMMES and self.owner in (available() if cards is None else cards):
            card = load_card(self.owner) if cards is None else cards[self.owner]
            return card.parameters.get(self.name)
        return None

    def options(self) -> tuple[str, ...]:
        """Return what a structural switch of the world may be."""
        if self.kind != WORLD or self.owner not in GROUPS:
            return ()
        return options(getattr(World(), self.owner)).get(self.name, ())

    def get(self, world: World, scenario: Scenario) -> Any:
        """Return the value in an arm; None if the arm has nothing of the kind.

        An envelope is a factor on the arm's own money, so it is 1; a choice of files is not kept.
        """
        if self.kind == WORLD:
            return getattr(getattr(world, self.owner), self.name)
        if self.kind == PROGRAMMES:
            own = [use.values() for use in scenario.programmes if use.name == self.owner]
            return getattr(own[0], self.name) if own else None
        if self.name == TRANSITION_START:
            changing = [u.transition for u in scenario.programmes if u.transition.shape != "hold"]
            return changing[0].start if changing else None
        return 1.0 if self.name == ENVELOPE else None

    def set(
        self, world: World, scenario: Scenario, value: Any, config_dir: str | Path | None = None
    ) -> Arm:
        """Return an arm's world and scenario with the value in place; ranges are not checked.

        A number of a programme is set where the arm has the programme; elsewhere nothing moves.

        Parameters
        ----------
        config_dir : path, optional
            The user's folder, for a choice of files.
        """
        if self.kind == WORLD:
            group = replace(getattr(world, self.owner), **{self.name: _as_number(value)})
            return replace(world, **{self.owner: group}), scenario
        if self.kind == PROGRAMMES:
            uses = tuple(self._set_in(use, value) for use in scenario.programmes)
            return world, replace(scenario, programmes=uses)
        if self.kind == CHOICE:
            for lever, number in self.numbers(value, config_dir):
                world, scenario = lever.set(world, scenario, number)
            return world, scenario
        if self.name == ENVELOPE:
            money = value * world.fiscal.envelope_per_registered_person
            return Lever(WORLD, "fiscal", "envelope_per_registered_person").set(
                world, scenario, money
            )
        if self.name == TRANSITION_START:
            uses = tuple(_begun(use, value) for use in scenario.programmes)
            return world, replace(scenario, programmes=uses)
        raise UserError(str(self), value, said("number_of_arm"))

    def _set_in(self, use: ProgrammeUse, value: Any) -> ProgrammeUse:
        if use.name != self.owner:
            return use
        return replace(use, settings=MappingProxyType({**use.settings, self.name: float(value)}))

    def numbers(
        self, value: Any, config_dir: str | Path | None = None
    ) -> Iterator[tuple["Lever", Any]]:
        """Yield the numbers that a value sets: those of a chosen file, else the lever's own."""
        if self.kind != CHOICE:
            yield self, value
            return
        path = yaml_files.find(f"configs/{self.owner}", str(value), self.owner, config_dir)
        for key, number in leaves(yaml_files.read_yaml(path)):
            yield Lever.parse(key), number

    def in_arm(self, value: Any) -> Iterator[dict[str, Any]]:
        """Yield the pieces of an arm's text that set the value."""
        for lever, number in self.numbers(value):
            if lever.kind == WORLD:
                yield {WORLD: {str(lever): number}}
            elif lever.kind == TRANSITION:
                yield {TRANSITION: {lever.name: number}}
            else:
                yield {PROGRAMMES: {lever.owner or lever.name: {lever.name: number}}}


def all_levers(cards: Cards) -> Iterator[Lever]:
    """Yield every number and switch of the world, then every number of the cards."""
    for group in GROUPS:
        holder = getattr(World(), group)
        for name in (*declarations(holder), *options(holder)):
            yield Lever(WORLD, group, name)
    for card in cards.values():
        for name in card.parameters:
            yield Lever(PROGRAMMES, card.name, name)


def leaves(tree: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the keys of nested mappings in dotted form, each with its value."""
    for name, node in tree.items():
        if isinstance(node, Mapping):
            yield from leaves(node, f"{before}{name}.")
        else:
            yield f"{before}{name}", node


def _as_number(value: Any) -> Any:
    """Return whole numbers as floats, so that 12 and 12.0 are the same world."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _begun(use: ProgrammeUse, month: float) -> ProgrammeUse:
    """Return a use whose withdrawal, if it has any, begins in a month."""
    if use.transition.shape == "hold":
        return use
    return replace(use, transition=replace(use.transition, start=month))
