"""Read the texts that people read: every one is an entry ``{en: ..., zh: ...}`` of a YAML file."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from povsim.machine.yaml_files import read_yaml
from povsim.measures.catalogue import sections as of_measures
from povsim.money.ledger import fund_titles

OF_ONE_SECTION = ("command_line", "keys")
"""Files that are a section each; ``report.yaml`` has many."""


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Return all texts, those of measures and funds included: section, key, fields."""
    report = _file("report")
    own = {"sources": {**report["sources"], **fund_titles()}}
    return {**of_measures(), **report, **own, **{name: _file(name) for name in OF_ONE_SECTION}}


@cache
def section(name: str, language: str) -> Mapping[str, str]:
    """Return the texts of a section in a language, by key; a text that is missing is its key."""
    found = _file(name) if name in OF_ONE_SECTION else entries()[name]
    return {key: entry.get(language) or entry.get("en") or key for key, entry in found.items()}


def command_words(language: str) -> Mapping[str, str]:
    """Return the words of the command line in a language, by key."""
    return section("command_line", language)


def in_language(text: object, language: str) -> str:
    """Return a text that is given by language, or as it stands."""
    if isinstance(text, Mapping):
        by_language: Mapping[str, Any] = text
        return str(by_language.get(language) or by_language.get("en") or "").strip()
    return "" if text is None else str(text).strip()


def in_one_line(text: object, language: str) -> str:
    """Return a text that is given by language, without its line breaks."""
    return " ".join(in_language(text, language).split())


@cache
def _file(name: str) -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name(f"{name}.yaml"))
