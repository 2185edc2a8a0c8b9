"""Read a text that is given once for all readers, or by language as ``{en: ..., zh: ...}``."""

from collections.abc import Mapping
from typing import Any

from povsim.codes import LANGUAGES
from povsim.errors import UserError, said


def by_language(key: object, text: Any, place: object = (), default: str = "") -> dict[str, str]:
    """Return a text by language; what is given in one language stands for the others too.

    Parameters
    ----------
    key : str
        What the text is: ``title``, ``question``.
    default : str
        What stands where there is no text.

    Raises
    ------
    UserError
        If a language is not known, or there is something else than a text.
    """
    if not isinstance(text, Mapping):
        return dict.fromkeys(LANGUAGES, _text(key, text, place) or default)
    for language in text:
        if language not in LANGUAGES:
            raise UserError(said("language_of", key=key), language, LANGUAGES, place)
    given = {language: _text(f"{key}.{language}", text.get(language), place) for language in text}
    first = next((given[one] for one in LANGUAGES if given.get(one)), default)
    return {language: given.get(language) or first for language in LANGUAGES}


def list_of_texts(key: object, texts: Any, place: object = ()) -> list[str]:
    """Return a list of texts, empty if there is none; a single text is no list."""
    if texts is not None and not isinstance(texts, list | tuple):
        raise UserError(key, texts, said("list"), place)
    return [_text(key, text, place) for text in texts or ()]


def _text(key: object, text: object, place: object) -> str:
    if isinstance(text, Mapping | list | tuple):
        raise UserError(key, text, said("text_or_both"), place)
    return "" if text is None else str(text)
