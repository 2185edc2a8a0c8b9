"""Read one override as its user wrote it: texts as they stand, the rest by Hydra's grammar.

Hydra's grammar knows few signs beside English letters, and makes numbers of ``2021`` and ``1e3``.
Where a key takes texts, every sign of its value is therefore handed over in a form that is a word
to Hydra, and turned back afterwards; elsewhere only the signs that Hydra does not know.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from unicodedata import normalize

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, QuotedString
from hydra.errors import HydraException

from povsim.config.keys import FOLDERS
from povsim.errors import UserError, said
from povsim.machine.yaml_texts import TEXTS
from povsim.programmes.lever import words_of

PATHS = ("out", "design")
"""Keys whose value is a path: no sign of it is changed, not even to a composed form."""
OPENING = ("[", "{")
FOREIGN = re.compile(r"[^\x00-\x7f]|[#&;!^<>`~\x00-\x1f]")
"""Signs that Hydra does not know in a value."""
FOREIGN_TO_KEYS = re.compile(r"[^\w.@/+~$?:-]|[^\x00-\x7f]")
IN_LIST = re.compile(r"[^\[\],'\"\\\s]")
IN_MAPPING = re.compile(r"[^\[\]{},:'\"\\\s]")
"""Signs of texts in a list and in a mapping: all but those that part them or quote them."""
ANY = re.compile(r"[\s\S]")


def split(text: str) -> tuple[str, str, str]:
    """Return key, sign and value of an override; a wide sign (＝) may stand between them."""
    narrow, wide = text.partition("="), text.partition("＝")
    key, _, value = min(narrow, wide, key=lambda parts: len(parts[0]))
    return key.strip(), "=" if len(key) < len(text) else "", value


def key_of(text: str) -> str:
    """Return the key of an override."""
    return split(text)[0]


def beneath(defaults: Sequence[str], overrides: Sequence[str]) -> list[str]:
    """Return overrides, and of the defaults those whose keys they leave alone."""
    given = set(map(key_of, overrides))
    return [*(one for one in defaults if key_of(one) not in given), *overrides]


def read_override(text: str) -> Override:
    """Return an override with the texts that its user wrote.

    Raises
    ------
    UserError
        If it is neither ``key=value``, ``+key=value`` nor ``~key``.
    """
    key, sign, value = split(text)
    if key not in PATHS:
        value = normalize("NFC", value).strip()
    key = normalize("NFC", key)
    if not sign:
        return _parsed(text, key)
    if not takes_text(key):
        return _parsed(text, key, value, FOREIGN)
    if value[:1] in (*OPENING, "'", '"') and key not in PATHS:
        try:
            return _parsed(text, key, value, _in(value))
        except UserError:
            pass  # brackets and quotes are signs of a text, too
    if key in PATHS and _is_quoted(value):
        return _parsed(text, key, value, IN_LIST)
    if value == "null" and key not in FOLDERS:
        return _parsed(text, key, value)
    return _parsed(text, key, value, ANY, "'{}'")


def takes_text(key: str) -> bool:
    """Say whether the value of a key is a text: a name, a title, a path."""
    return key in FOLDERS or words_of(key.lstrip("+~"))[-1] in TEXTS


def several(text: str) -> tuple[Override, Callable[[str], str]] | None:
    """Return an override that has several values, and what turns back the signs in them."""
    key, sign, value = split(text)
    if not sign:
        return None
    mark = _mark(text)
    foreign = _in(value) if takes_text(key) and not _is_function(value) else FOREIGN
    try:
        override = _by_hydra(
            f"{_hidden(key, FOREIGN_TO_KEYS, mark)}={_hidden(value, foreign, mark)}"
        )
    except UserError:
        return None
    return (override, lambda one: _shown(one, mark)) if override.is_sweep_override() else None


def _in(value: str) -> re.Pattern[str]:
    """Return the signs of texts in a value that may be a list or a mapping of them."""
    return IN_MAPPING if value.startswith("{") else IN_LIST


def _is_function(value: str) -> bool:
    """Say whether a value is one of Hydra's functions, such as ``range(8)``."""
    return bool(re.match(r"[a-z_]+\(.*\)$", value.strip()))


def _is_quoted(value: str) -> bool:
    first, last = value[:1], value[-1:]
    return len(value) > 1 and first == last and first in "'\"" and first not in value[1:-1]


def _parsed(
    text: str,
    key: str,
    value: str | None = None,
    foreign: re.Pattern[str] | None = None,
    form: str = "{}",
) -> Override:
    """Return an override parsed by Hydra, with foreign signs of its value hidden from it."""
    mark = _mark(text)
    words = _hidden(key, FOREIGN_TO_KEYS, mark)
    if value is not None:
        words += "=" + form.format(value if foreign is None else _hidden(value, foreign, mark))
    try:
        override = _by_hydra(words)
    except UserError:
        raise UserError(said("key_value", text=text)) from None
    if override.package is not None:
        raise UserError(said("key_value", text=text))
    override.key_or_group = _shown(override.key_or_group, mark)
    override.input_line = text
    if not override.is_sweep_override():
        override._value = _each(override._value, lambda one: _shown(one, mark))
    return override


def _by_hydra(text: str) -> Override:
    try:
        return _parser().parse_override(text)
    except (HydraException, RecursionError, ValueError):
        raise UserError(said("key_value", text=text)) from None


@cache
def _parser() -> OverridesParser:
    return OverridesParser.create()


def _mark(text: str) -> str:
    """Return letters that the text does not have."""
    mark = "Q"
    while mark in text:
        mark += "Q"
    return mark


def _hidden(text: str, foreign: re.Pattern[str], mark: str) -> str:
    """Return a text with each foreign sign as a word between two marks."""
    return foreign.sub(lambda sign: f"{mark}{ord(sign[0]):x}{mark}", text)


def _shown(text: str, mark: str) -> str:
    """Return a text with its hidden signs as they were."""
    return re.sub(f"{mark}([0-9a-f]+){mark}", lambda code: chr(int(code[1], 16)), text)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """Return a parsed value with its texts changed; keys of mappings are texts."""
    if isinstance(value, QuotedString):
        return QuotedString(change(value.text), value.quote)
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    if isinstance(value, dict):
        return {_key(key, change): _each(one, change) for key, one in value.items()}
    return value


def _key(key: Any, change: Callable[[str], str]) -> str:
    return change(key.text if isinstance(key, QuotedString) else str(key))
