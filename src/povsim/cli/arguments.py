"""Read the command line: verb, options, overrides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from povsim import __version__
from povsim.codes import LANGUAGES
from povsim.errors import NOTHING, UserError, said
from povsim.words.texts import command_words

VERBS = ("run", "sweep", "search", "list", "describe", "report")
STUDIES = ("run", "sweep", "search")
PATTERNS = {
    "run": "run [OVERRIDE ...]",
    "sweep": "sweep [OVERRIDE ...]",
    "search": "search [OVERRIDE ...]",
    "list": "list [scenarios|experiments|programmes|measures|populations|sizes]",
    "describe": "describe NAME | describe population|vulnerability [OVERRIDE ...]",
    "report": "report DIR",
}
OPTIONS = {
    "--language": "language",
    "--config-dir": "config_dir",
    "--out": "out",
}
"""Options that take a value, and the field of :class:`Arguments` that holds it."""
SWITCHES = ("-m", "--multirun", "-h", "--help", "--version")
MOST_DIGITS = 308
"""Digits of the largest number that a computer's numbers hold."""
LONG_NUMBER = re.compile(rf"\d{{{MOST_DIGITS + 1},}}")
EXAMPLES = (
    "povsim run",
    "povsim run experiment=leverage_vs_transfers years=10 seeds=16 size=desk",
    "povsim run scenario=hold hazards.illness_rate=0.06",
    "povsim sweep design=lhs n=64 size=classroom",
    "povsim run -m scenario=hold,direct_transfers 'seed=range(8)'",
    "povsim list scenarios",
    "povsim describe dibao --language zh",
)


@dataclass(frozen=True)
class Arguments:
    """What the command line says.

    Attributes
    ----------
    verb : str
        One of ``VERBS``; ``help`` or ``version`` if that is asked for.
    rest : tuple of str
        Overrides of ``run``; what ``list``, ``describe`` and ``report`` are about.
    language, config_dir, out : str or None
        Values of the options, if they were given.
    multirun : bool
        Whether every combination of several values is run.
    """

    verb: str = ""
    rest: tuple[str, ...] = ()
    language: str | None = None
    config_dir: str | None = None
    out: str | None = None
    multirun: bool = False

    @property
    def reading(self) -> str:
        """The language to read in: the option, else an override, else English."""
        option = [f"--language={self.language}"] if self.language else []
        return language_of([*option, *self.rest])


def language_of(words: Sequence[str]) -> str:
    """Return the language that a command line asks for, right or wrong in all else."""
    pairs = zip(words, [*words[1:], ""], strict=False)  # of no words there are none
    options = [
        following if word == "--language" else word.partition("=")[2]
        for word, following in pairs
        if word.partition("=")[0] == "--language"
    ]
    overrides = [word.partition("=")[2] for word in words if word.startswith("language=")]
    asked = [*overrides, *options] or ["en"]
    return asked[-1] if asked[-1] in LANGUAGES else "en"


def read_arguments(argv: Sequence[str]) -> Arguments:
    """Return what the command line says, or raise UserError.

    Options may stand before or after the verb and between overrides.
    """
    arguments, plain, asked = Arguments(), [], "" if argv else "help"
    for word in argv:
        if not word.isprintable() and word.encode(errors="ignore").decode() != word:
            raise UserError(said("no_words", text=ascii(word)))
    words = iter(argv)
    for word in words:
        name, _, value = word.partition("=")
        if name in OPTIONS:
            value = value or next(words, "")
            if not value:
                raise UserError(said("needs_value", option=name))
            chosen: dict[str, Any] = {OPTIONS[name]: value}
            arguments = replace(arguments, **chosen)
        elif word in ("-m", "--multirun"):
            arguments = replace(arguments, multirun=True)
        elif word in SWITCHES:
            asked = "version" if word == "--version" else "help"
        elif word.startswith("-"):
            raise UserError(said("word_option"), word, [*OPTIONS, *SWITCHES])
        else:
            if LONG_NUMBER.search(word):
                raise UserError(name, value or word, said("digits", most=MOST_DIGITS))
            plain.append(word)
    arguments = replace(arguments, rest=tuple(plain[1:]))
    if arguments.language is not None and arguments.language not in LANGUAGES:
        raise UserError("--language", arguments.language, LANGUAGES)
    if asked:
        return replace(arguments, verb=asked)
    return replace(arguments, verb=_checked_verb(plain, arguments))


def _checked_verb(plain: Sequence[str], arguments: Arguments) -> str:
    verb = plain[0] if plain else ""
    if verb not in VERBS:
        raise UserError(said("word_verb"), verb or NOTHING, VERBS)
    count = len(plain) - 1
    limits = {"list": (0, 1), "describe": (1, 1), "report": (1, 1)}
    low, high = limits.get(verb, (0, count))
    if plain[:2] in (["describe", "population"], ["describe", "vulnerability"]):
        high = count  # overrides may follow
    if not low <= count <= high:
        found = f"{verb}={' '.join(plain[1:])}" if count else said("nothing_named", verb=verb)
        raise UserError(said("form", found=found, pattern=PATTERNS[verb]))
    if verb not in STUDIES and arguments.out:
        raise UserError(said("out_belongs", verb=verb, verbs=STUDIES))
    if verb != "run" and arguments.multirun:
        raise UserError(said("multirun_belongs", verb=verb))
    return verb


def help_text(language: str) -> str:
    """Return the help of the command in a language."""
    words = command_words(language)
    verbs = [(f"povsim {PATTERNS[verb]}", words[verb]) for verb in VERBS]
    options = [
        ("--language en|zh", words["language_option"]),
        ("--config-dir DIR", words["config_option"]),
        ("--out DIR", words["out_option"]),
        ("-m, --multirun", words["multirun_option"]),
        ("--version", words["version_option"]),
        ("-h, --help", words["help_option"]),
    ]
    lines = [f"povsim {__version__}: {words['about']}", ""]
    lines += [f"  {left}\n      {right}" for left, right in verbs]
    lines += ["", f"  OVERRIDE  {words['overrides']}", ""]
    lines += [f"  {left:<18} {right}" for left, right in options]
    return "\n".join([*lines, "", f"{words['examples']}:", *(f"  {one}" for one in EXAMPLES)])
