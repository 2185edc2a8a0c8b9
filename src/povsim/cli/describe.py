"""Describe one thing: what it does, its numbers, units, ranges and sources."""

from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import normalize

from povsim.cli.arguments import Arguments
from povsim.cli.listing import FOLDERS
from povsim.cli.parameters import describe_parameters, parameter_names, write_number
from povsim.cli.settings import describe_setting, setting_names
from povsim.config.arm_grids import expand
from povsim.errors import UserError, said
from povsim.machine import yaml_files
from povsim.measures.catalogue import declared, measures
from povsim.programmes.cards import available, load_card
from povsim.programmes.lever import PROGRAMMES, Lever
from povsim.programmes.scenario_files import load_cards, load_scenario
from povsim.words.glossary import Glossary
from povsim.words.texts import command_words, entries, in_language, in_one_line, section
from povsim.words.typography import bracketed

Lines = Iterator[str]
Writer = Callable[[str, str], Lines]
IN_CARDS = ("programmes.", "scenario.programmes.")
"""How overrides begin that name a number of a programme's card."""


def describe(arguments: Arguments) -> int:
    """Print everything that bears the name; a name may be several things."""
    name, language = normalize("NFC", arguments.rest[0]), arguments.reading
    if name == "population":
        from povsim.cli.population import describe_population

        print("\n".join(describe_population(language, arguments.rest[1:], arguments.config_dir)))
        return 0
    if name == "vulnerability":
        from povsim.cli.vulnerability import describe_vulnerability

        print("\n".join(describe_vulnerability(arguments.rest[1:], language)))
        return 0
    writers = _writers(name)
    if not writers:
        raise UserError("describe", name, _all_names(name))
    print("\n\n".join("\n".join(write(name, language)) for write in writers))
    return 0


def _writers(name: str) -> list[Writer]:
    from_files: dict[str, Writer] = {
        "scenarios": _scenario,
        "experiments": _experiment,
        "programmes": _programme,
        "populations": _population,
        "sizes": _size,
    }
    writers = [
        write for kind, write in from_files.items() if name in yaml_files.files(FOLDERS[kind])
    ]
    if name in measures():
        writers.append(_measure)
    if name in entries()["parts"]:
        writers.append(_part)
    if name in parameter_names():
        writers.append(describe_parameters)
    if name in setting_names():
        writers.append(describe_setting)
    return writers or _from_lever(Lever.parse(name))


def _from_lever(lever: Lever) -> list[Writer]:
    """Return what writes a number or a programme that is named in another spelling."""
    if str(lever) in parameter_names():
        return [lambda _, language: describe_parameters(str(lever), language)]
    if lever.kind != PROGRAMMES or lever.owner not in available():
        return []
    if not lever.name:
        return [lambda _, language: _programme(lever.owner, language)]
    return [lambda _, language: _card_number(lever, language)] if lever.exists() else []


def _card_number(lever: Lever, language: str) -> Lines:
    """Write one parameter of a programme's card."""
    card = load_card(lever.owner)
    parameter = card.parameters[lever.name]
    title = in_language(card.title, language)
    yield f"{command_words(language)['parameter']} {lever}  {title}"
    yield from write_number(str(lever), parameter.value, parameter, language)


def _all_names(asked: str) -> list[str]:
    """Return all names that can be described; of cards' parameters only if one was asked for."""
    if asked.startswith(IN_CARDS):
        cards = {name: load_card(name).parameters for name in available()}
        start = asked[: asked.index("programmes.")] + "programmes."
        return [
            *(f"{start}{name}" for name in cards),
            *(f"{start}{name}.{key}" for name, own in cards.items() for key in own),
        ]
    names = [name for folder in FOLDERS.values() for name in yaml_files.files(folder)]
    return [
        *names,
        "population",
        "vulnerability",
        *measures(),
        *entries()["parts"],
        *parameter_names(),
        *setting_names(),
    ]


def _scenario(name: str, language: str) -> Lines:
    words = command_words(language)
    raw = yaml_files.read_yaml(yaml_files.find("scenarios", name, "scenario"))
    yield _heading("scenario", name, raw.get("title"), language)
    if raw.get("description"):
        yield f"  {in_language(raw['description'], language)}"
    yield f"  {words['order']}:"
    cards = load_cards()
    settings = raw.get("programmes") or {}
    for place, use in enumerate(load_scenario(name).programmes, start=1):
        own = settings.get(use.name) or {}
        said = ", ".join(f"{_called(key, language)} {value}" for key, value in own.items())
        title = in_language(cards[use.name].title, language)
        yield f"    {place}. {use.name}  {title}" + (f"  ({said})" if said else "")


def _programme(name: str, language: str) -> Lines:
    words, card = command_words(language), load_card(name)
    yield _heading("programme", name, card.title, language)
    yield f"  {words['kind']}: {words[card.kind]}"
    for key in ("mechanism", "eligibility", "unit_cost"):
        yield f"  {words[key]}: {in_language(getattr(card, key), language)}"
    yield f"  {words['source']}: {card.source}"
    yield f"  {words['paper']}: {', '.join(card.paper)}"
    yield f"  {words['parameters']}:"
    for key, parameter in card.parameters.items():
        yield from write_number(f"programmes.{name}.{key}", parameter.value, parameter, language)


def _experiment(name: str, language: str) -> Lines:
    raw = yaml_files.read_yaml(yaml_files.find("experiments", name, "experiment"))
    raw = expand(raw, said("experiment", name=name))
    yield _heading("experiment", name, raw.get("title"), language)
    yield from _plain({k: v for k, v in raw.items() if k != "title"}, language, "  ")


def _population(name: str, language: str) -> Lines:
    raw = yaml_files.read_yaml(yaml_files.find("configs/population", name, "population"))
    yield _heading("population", name, raw.get("title"), language)
    yield from _plain({k: v for k, v in raw.items() if k != "title"}, language, "  ")


def _size(name: str, language: str) -> Lines:
    raw = yaml_files.read_yaml(yaml_files.find("configs/size", name, "size"))
    yield _heading("size", name, raw.get("title"), language)
    yield from _plain({k: v for k, v in raw.items() if k != "title"}, language, "  ")


def _measure(name: str, language: str) -> Lines:
    words, glossary = command_words(language), Glossary(language)
    measure = declared(name)
    yield _heading("measure", name, measure.title, language)
    yield f"  {words['definition']}: {glossary.what(name)}"
    yield f"  {words['unit']}: {glossary.unit(name)}"
    yield f"  {words['in_files']}: {glossary.unit_in_files(name)}"
    yield f"  {words['of_whom']}: {glossary.of('counts', measure.counts)}"
    parts = [glossary.of("spans", part) for part in ("whole", *measure.parts)]
    yield f"  {words['for_parts']}: {glossary.joined(parts)}"
    if measure.formula:
        yield f"  {words['formula']}: {measure.formula[language]}"
        yield f"  {words['source']}: {measure.source}"
    yield f"  {words['good']}: {words[measure.better]}"


def _part(name: str, language: str) -> Lines:
    """Write a group, a region or a county class of the tables."""
    glossary = Glossary(language)
    section = "groups" if name in entries()["groups"] else "regions"
    yield f"{command_words(language)['part']} {name}  {glossary.of(section, name)}"
    yield f"  {command_words(language)['definition']}: {glossary.of('parts', name)}"


def _heading(kind: str, name: str, title: object, language: str) -> str:
    return f"{command_words(language)[kind]} {name}  {in_one_line(title, language)}".rstrip()


def _plain(content: Any, language: str, indent: str) -> Lines:
    """Write nested values as they stand in a file, texts in the reader's language."""
    entries = content.items() if isinstance(content, dict) else enumerate(content, start=1)
    for key, value in entries:
        name = _called(str(key), language)
        if isinstance(value, dict) and {"en", "zh"} & set(value):
            yield f"{indent}{name}: {in_language(value, language)}"
        elif isinstance(value, dict) or (isinstance(value, list) and _nested(value)):
            yield f"{indent}{name}:"
            yield from _plain(value, language, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{name}: {', '.join(_item(item, language) for item in value)}"
        elif key == "falsifier":
            yield f"{indent}{name}: {section('falsifiers', language).get(str(value), value)}"
        else:
            yield f"{indent}{name}: {value}"


def _called(key: str, language: str) -> str:
    """Return what a key of a file is called; names of arms and programmes stay as they are."""
    return section("keys", language).get(key) or section("regions", language).get(key, key)


def _item(item: object, language: str) -> str:
    """Return an item of a list; a measure with what it is called."""
    if str(item) not in measures():
        return str(item)
    called = Glossary(language).measure(str(item))
    return bracketed(str(item), called, language)


def _nested(items: list[Any]) -> bool:
    return any(isinstance(item, dict | list) for item in items)
