"""Set texts and numbers as each language does: joints, brackets, signs, percent."""

from collections.abc import Iterable
from types import MappingProxyType

MINUS = "\u2212"
PERCENT = 100.0
JOINTS = MappingProxyType(
    {
        "en": {"list": ", ", "clause": "; ", "part": ", ", "colon": ": ", "sentence": " "},
        "zh": {"list": "、", "clause": "；", "part": "，", "colon": "：", "sentence": ""},
    }
)
"""What stands between names of a list, clauses, parts of a heading, a name and its text, sentences."""  # noqa: E501
BRACKETS = MappingProxyType({"en": (" (", ")"), "zh": ("（", "）")})
CODES = MappingProxyType({"en": "en", "zh": "zh-CN"})
"""How a page names its language."""


def joined(texts: Iterable[str], language: str, joint: str = "list") -> str:
    """Return texts strung together by one of ``JOINTS``; empty ones are left out."""
    return JOINTS[language][joint].join(text for text in texts if text)


def labelled(name: str, text: str, language: str) -> str:
    """Return a name and what is said of it: ``name: text``."""
    return f"{name}{JOINTS[language]['colon']}{text}"


def bracketed(text: str, inside: str, language: str) -> str:
    """Return a text with a remark in brackets, or alone if there is none."""
    first, last = BRACKETS[language]
    return f"{text}{first}{inside}{last}" if inside else text


def percent(share: float, digits: int = 0) -> str:
    """Return a share as percent: 0.031 is 3%."""
    return f"{signless_zero(f'{PERCENT * share:.{digits}f}')}%"


def signless_zero(text: str) -> str:
    """Return a number without the sign of a rounded zero, with a proper minus sign."""
    return text.removeprefix("-") if not text.strip("-0.,") else text.replace("-", MINUS)
