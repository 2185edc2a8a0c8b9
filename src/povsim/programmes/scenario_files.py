"""Read what a scenario file says and turn it into a :class:`Scenario`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from povsim.calendar import SHAPES, month_index
from povsim.errors import NOTHING, UserError, said
from povsim.errors.given import is_number
from povsim.machine import yaml_files
from povsim.machine.by_language import by_language, list_of_texts
from povsim.programmes.cards import Card, available, load_card
from povsim.programmes.scenario import BEFORE_2021, ProgrammeUse, Scenario, Transition

GROUP = "scenarios"
KEYS = ("title", "description", "programmes", "paper", "transition")
DATES = ("start", "stop")
TRANSITION = {
    "transition": "shape",
    "transition_start": "start",
    "transition_years": "years",
    "transition_floor": "floor",
    "announced": "announced",
}
"""Settings of a programme's transition, and their short names for a whole scenario."""
Numbers = Mapping[str, Mapping[str, float]]


def scenario_names(config_dir: str | Path | None = None) -> list[str]:
    """Return the names of all scenarios."""
    return list(yaml_files.files(GROUP, config_dir))


def load_cards(config_dir: str | Path | None = None) -> dict[str, Card]:
    """Return the cards of all programmes by name."""
    return {name: load_card(name, config_dir) for name in available(config_dir)}


def load_scenario(name: str, config_dir: str | Path | None = None) -> Scenario:
    """Return a scenario by its file's name, with the numbers of its programmes' cards."""
    cards = load_cards(config_dir)
    return build_scenario(read_scenario(name, cards, config_dir), cards)


def read_scenario(
    name: str, cards: Mapping[str, Card], config_dir: str | Path | None = None
) -> dict[str, Any]:
    """Return the content of a scenario file, complete and with known names only.

    Returns
    -------
    dict
        ``name``, ``title``, ``description`` (by language), ``paper`` and ``programmes``: settings
        by programme, in the order of the file.
    """
    path = yaml_files.find(GROUP, name, "scenario", config_dir)
    raw = yaml_files.read_yaml(path)
    for key in raw:
        if key not in KEYS:
            raise UserError(said("word_key"), key, KEYS, path)
    mix = raw.get("programmes")
    if not isinstance(mix, dict):
        raise UserError("programmes", mix or NOTHING, said("mapping_of_programmes"), path)
    try:
        programmes = {str(key): _settings(str(key), entry, cards) for key, entry in mix.items()}
    except UserError as error:
        raise error.at(path) from None
    change, changed = _transition_settings(raw.get("transition"), programmes, cards, str(path))
    programmes |= {key: {**change, **programmes[key]} for key in changed}
    return {
        "name": name,
        "title": by_language("title", raw.get("title"), path, name),
        "description": by_language("description", raw.get("description"), path),
        "paper": list_of_texts("paper", raw.get("paper"), path),
        "programmes": programmes,
    }


def build_scenario(
    content: Mapping[str, Any], cards: Mapping[str, Card], numbers: Numbers | None = None
) -> Scenario:
    """Return the scenario, each programme with all of its numbers.

    Parameters
    ----------
    content : Mapping
        As :func:`read_scenario` returns it.
    cards : Mapping[str, Card]
        Cards by name; they say which numbers a programme has and what is allowed.
    numbers : Mapping of Mappings, optional
        Numbers by programme that stand in for the cards', checked as overrides are; the
        scenario's own, which are checked here, come before both.
    """
    name = content["name"]
    try:
        uses = tuple(
            _use(cards[key], settings, (numbers or {}).get(key, {}))
            for key, settings in content["programmes"].items()
        )
        total = sum(use.share for use in uses)
        if total > 1.0 + 1e-9:
            raise UserError(said("sum_of_shares"), f"{total:g}", said("one_or_less"))
    except UserError as error:
        raise error.at(said("scenario", name=name)) from None
    before = tuple(cards[key] for key in BEFORE_2021)
    return Scenario(name, MappingProxyType(dict(content["title"])), uses, before)


def _settings(name: str, entry: object, cards: Mapping[str, Card]) -> dict[str, Any]:
    if name not in cards:
        raise UserError(said("word_programme"), name, list(cards))
    settings = {} if entry is None else entry
    if not isinstance(settings, dict):
        raise UserError(f"programmes.{name}", entry, said("mapping_of_settings"))
    allowed = setting_names(cards[name])
    for key in settings:
        if key not in allowed:
            raise UserError(said("word_setting"), key, allowed, f"programmes.{name}")
    return settings


def setting_names(card: Card) -> list[str]:
    """Return what a scenario may set for a programme."""
    money = ["share", "added"] if card.kind == "discretionary" else []
    return [*money, *DATES, *TRANSITION, *card.parameters]


def change_scenario(
    content: Mapping[str, Any], name: str, changes: Mapping[str, Any], cards: Mapping[str, Card]
) -> dict[str, Any]:
    """Return a scenario's content under another name, with programmes set otherwise.

    Parameters
    ----------
    changes : Mapping
        ``title``; ``programmes``: settings that come before the scenario's own, ``null`` to leave
        a programme out; ``transition``: as in a scenario file, before the scenario's own.

    Raises
    ------
    UserError
        If a programme is not known, or is to be left out and not there.
    """
    before, after = content["programmes"], dict(content["programmes"])
    own: dict[str, dict[str, Any]] = {}
    for key, settings in (changes.get("programmes") or {}).items():
        programme = str(key)
        if settings is not None:
            own[programme] = _settings(programme, settings, cards)
            after[programme] = {**before.get(programme, {}), **own[programme]}
        elif after.pop(programme, None) is None:
            raise UserError(said("word_of_mix"), programme, list(before))
    change, changed = _transition_settings(changes.get("transition"), after, cards, "")
    for programme in changed:
        after[programme] = {**before.get(programme, {}), **change, **own.get(programme, {})}
    title = by_language("title", changes.get("title") or content["title"])
    return {**content, "name": name, "title": title, "programmes": after}


def _transition_settings(
    common: object, programmes: Mapping[str, Any], cards: Mapping[str, Card], place: str
) -> tuple[dict[str, Any], list[str]]:
    """Return a scenario's transition as settings of a programme, and the programmes it is for.

    Those are the programmes named, or all by share.
    """
    if common is None:
        return {}, []
    if not isinstance(common, Mapping):
        raise UserError("transition", common, said("mapping"), place)
    allowed = [*TRANSITION.values(), "programmes"]
    for key in common:
        if key not in allowed:
            places = (place, "transition") if place else "transition"
            raise UserError(said("word_key"), key, allowed, places)
    named = common.get("programmes") or [p for p in programmes if cards[p].kind == "discretionary"]
    if isinstance(named, str | Mapping) or not isinstance(named, Sequence):
        raise UserError("transition.programmes", named, said("list"), place)
    for name in named:
        if not isinstance(name, str) or name not in programmes:
            raise UserError("transition.programmes", name, list(programmes), place=place)
    return {key: common[short] for key, short in TRANSITION.items() if short in common}, list(named)


def _use(card: Card, settings: object, numbers: Mapping[str, float]) -> ProgrammeUse:
    if not isinstance(settings, Mapping):
        raise UserError(card.name, settings, said("mapping_of_card"))
    own = {key: value for key, value in settings.items() if key in card.parameters}
    start, stop = (_month(f"{card.name}.{key}", settings.get(key)) for key in DATES)
    if start is not None and stop is not None and stop <= start:
        raise UserError(
            f"{card.name}.stop", settings["stop"], said("after", date=settings["start"])
        )
    values = {**card.defaults(), **numbers, **card.checked(own)}
    return ProgrammeUse(
        name=card.name,
        share=_share(card, settings.get("share")),
        settings=MappingProxyType({name: float(value) for name, value in values.items()}),
        start=start,
        stop=stop,
        transition=_transition(card.name, settings),
        added=_number(f"{card.name}.added", settings.get("added", 0.0), 0.0, MOST_ADDED),
        card=card,
    )


def _transition(name: str, settings: Mapping[str, Any]) -> Transition:
    """Return the transition that a programme's settings declare."""
    shape = settings.get("transition", "hold")
    if shape not in SHAPES:
        raise UserError(f"{name}.transition", shape, SHAPES)
    years = _number(f"{name}.transition_years", settings.get("transition_years", 3.0), 0.0, 50.0)
    floor = _number(f"{name}.transition_floor", settings.get("transition_floor", 0.0), 0.0, 5.0)
    announced = settings.get("announced", True)
    if not isinstance(announced, bool):
        raise UserError(f"{name}.announced", announced, said("true_or_false"))
    begin = settings.get("transition_start", 1.0)
    if isinstance(begin, str):
        start = float(_month(f"{name}.transition_start", begin) or 0)
    else:
        start = 12.0 * _number(f"{name}.transition_start", begin, 0.0, 100.0)
    return Transition(str(shape), start, 12.0 * years, floor, announced)


def _number(key: str, value: object, low: float, high: float) -> float:
    if not is_number(value) or not low <= value <= high:
        raise UserError(key, value, said("from_to", low=f"{low:g}", high=f"{high:g}"))
    return float(value)


MOST_ADDED = 20000.0
"""Most money beside the envelope that a programme may get, yuan per registered person and year."""


def _share(card: Card, share: object) -> float:
    if card.kind != "discretionary":
        return 0.0
    if not is_number(share) or not 0 <= share <= 1:
        found = NOTHING if share is None else share
        raise UserError(f"{card.name}.share", found, said("share_of_envelope"))
    return float(share)


def _month(key: str, date: object) -> int | None:
    """Return the month that ``2022-01`` names, counted from the start of a run."""
    if date is None:
        return None
    try:
        return month_index(str(date))
    except UserError as error:
        raise error.at(key) from None
