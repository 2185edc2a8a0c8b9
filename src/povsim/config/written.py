"""Write what is asked for in Python as the overrides of a command line."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from hydra.core.override_parser.types import Quote, QuotedString

from povsim.config.grammar import split
from povsim.config.keys import KEYS
from povsim.errors import Said, UserError, said
from povsim.errors.given import is_number, list_of, texts_of
from povsim.programmes.lever import words_of

NOTHING_ELSE: Mapping[str, Any] = MappingProxyType({})


def asked(
    what: object,
    overrides: object,
    numbers: Mapping[str, Any],
    own: Mapping[str, Any] = NOTHING_ELSE,
    taken: Mapping[str, Said] = NOTHING_ELSE,
) -> list[str]:
    """Return the overrides that ask for an experiment, or for scenarios against the first.

    Parameters
    ----------
    what : str or sequence of str
        An experiment, or scenarios of which the first is the baseline.
    overrides : sequence of str
        As on the command line.
    numbers : Mapping
        Numbers by key, checked here; None where nobody gives one.
    own : Mapping
        Other arguments by key.
    taken : Mapping
        What is allowed in place of an override, by key.

    Raises
    ------
    UserError
        If an argument cannot be used, or an override says what an argument says.
    """
    if isinstance(what, str):
        arms, keys = [f"experiment={written(what)}"], ["experiment", "scenario"]
    else:
        arms, keys = _arms(what), ["scenario", "experiment.baseline", "experiment.scenarios"]
    named = {key: said("by_argument", argument="what") for key in keys}
    return [*arms, *with_arguments(overrides, numbers, own, {**taken, **named})]


def with_arguments(
    overrides: object,
    numbers: Mapping[str, Any],
    own: Mapping[str, Any],
    taken: Mapping[str, Said],
) -> list[str]:
    """Return overrides and the arguments beside them, as :func:`asked`; none may be said twice."""
    texts = texts_of("overrides", overrides, said("list_of_overrides"))
    arguments = {key: value for key, value in {**own, **numbers}.items() if value is not None}
    rules = {key: said("by_argument", argument=words_of(key)[-1]) for key in arguments}
    refused = {"checks": said("checks_by_run"), **rules, **taken}
    for text in texts:
        key, _, value = split(text)
        if key.lstrip("+~") in refused:
            raise UserError(key, value, refused[key.lstrip("+~")])
    checked = {
        key: KEYS[key].check(key, value) if key in numbers else value
        for key, value in arguments.items()
    }
    return [*texts, *(f"{key}={written(value)}" for key, value in checked.items())]


def written(value: object) -> str:
    """Return a value as an override says it; texts are quoted and taken whole."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{written(own)}" for key, own in value.items()) + "}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if is_number(value):
        return str(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "[" + ",".join(map(written, value)) + "]"
    return str(QuotedString(str(value), Quote.single).with_quotes())


def _arms(what: object) -> list[str]:
    """Return the overrides that compare scenarios with the first of them."""
    names = texts_of("scenarios", what, said("scenarios_to_compare"))
    if not names:
        raise UserError("scenarios", "[]", said("scenarios_to_compare"))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        rule = said("each_scenario_once", name=twice)
        raise UserError("scenarios", f"[{', '.join(names)}]", rule)
    return [
        f"experiment.baseline={written(names[0])}",
        f"experiment.scenarios={written(names)}",
        "experiment.reference=null",
        "experiment.hypotheses=[]",
    ]


def varied(vary: object) -> list[Any] | None:
    """Return what a sweep varies as a list; None leaves it to the sweep's file."""
    return None if vary is None else list_of("vary", vary, said("parameters_to_vary"))


def shared(programmes: object) -> list[str] | None:
    """Return the programmes of a search as a list; None leaves it to the configuration."""
    rule = said("two_programmes")
    return None if programmes is None else texts_of("search.programmes", programmes, rule)
