"""Nothing that was asked for is left undone in silence: it is refused, or the results say so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from hydra.core.override_parser.types import Override, OverrideType

from povsim.calendar import MONTHS, date_of
from povsim.config.keys import KEYS
from povsim.errors import NOTHING, Said, UserError, said
from povsim.params import World
from povsim.programmes.lever import PROGRAMMES, Lever, leaves, words_of
from povsim.programmes.scenario import ProgrammeUse, Scenario

MIX = "scenario.programmes."
EXPERIMENT = "experiment."
MADE = ("lhs", "grid", "sobol", "morris")
NEEDS = {
    "max_seeds": ("precision",),
    "checks_households": ("checks",),
    "checks_seeds": ("checks",),
    "vary": ("design", *MADE),
    "n": ("design", "lhs", "sobol", "morris"),
    "levels": ("design", "grid", "morris"),
}
"""Keys that do nothing unless another is set, to one of these values if any are named."""
MOST_TOLD = 4
"""Dates outside of a run that a note names; of the others it gives the number."""


def refuse_repeated(overrides: Sequence[Override]) -> None:
    """Raise UserError if something is set twice, or set and taken out: only one could count."""
    given: dict[str, str] = {}
    gone = {_name(o): str(o.input_line) for o in overrides if o.type is OverrideType.DEL}
    for override in overrides:
        for name, value in _set_by(override):
            out = [text for whole, text in gone.items() if name.startswith(f"{whole}.")]
            first = given.get(name) or (out[0] if out else None)
            if first is not None:
                shown = "null" if value is None else value
                raise UserError(override.key_or_group, shown, said("one_value_given", first=first))
            given[name] = str(override.input_line)


def _name(override: Override) -> str:
    """Return what an override sets under one name: a mix's number is that of its programme."""
    key = override.key_or_group
    return str(Lever.parse(key)) if key.startswith(MIX) else key


def _set_by(override: Override) -> Iterator[tuple[str, Any]]:
    """Yield the names that an override sets, one or those of a mapping, with their values."""
    value = NOTHING if override.type is OverrideType.DEL else override.value()
    if isinstance(value, Mapping) and value:
        yield from leaves(value, f"{_name(override)}.")
    else:
        yield _name(override), value


def refuse_idle_keys(overrides: Sequence[Override], verb: str, tree: Mapping[str, Any]) -> None:
    """Raise UserError if a key does nothing under a verb, or not without another key.

    Parameters
    ----------
    verb : str
        ``run``, ``sweep`` or ``search``.
    tree : Mapping
        The composed configuration.
    """
    for override in overrides:
        key = override.key_or_group
        value = None if override.type is OverrideType.DEL else override.value()
        if value in (None, "none"):
            continue
        verbs = KEYS[key].verbs if key in KEYS else (verb,)
        if verb not in verbs:
            rule = said("only_with", others=[f"povsim {one}" for one in verbs])
            raise UserError(key, value, rule)
        other, *values = NEEDS.get(key, ("",))
        if other and (tree[other] is None or (values and tree[other] not in values)):
            rule = said("only_with", others=[f"{other}={one}" for one in values] or other)
            raise UserError(key, value, rule)
        short = key.removeprefix(EXPERIMENT)
        if key != short and short in ("seeds", "years") and tree[short] is not None:
            rule = said("comes_first", before=f"{short}={tree[short]}")
            raise UserError(key, value, rule)


def refuse_idle_numbers(overrides: Iterable[Override], scenarios: Sequence[Scenario]) -> None:
    """Raise UserError if an override sets a number of a card that no scenario takes from it.

    A scenario that sets a number itself does not take the card's.
    """
    used = sorted({use.name for scenario in scenarios for use in scenario.programmes})
    for override in overrides:
        if words_of(override.key_or_group)[0] != PROGRAMMES:
            continue
        for name, value in _set_by(override):
            lever = Lever.parse(name)
            own = [u for s in scenarios for u in s.programmes if u.name == lever.owner]
            if not own:
                raise UserError(name, value, said("of_used_programme", names=used))
            if all(use.settings[lever.name] != value for use in own):
                raise UserError(name, value, said("set_by_scenario", key=f"scenario.{name}"))


def notes_on_dates(
    scenarios: Sequence[Scenario], worlds: Iterable[World], years: int
) -> tuple[Said, ...]:
    """Return a note on what is dated so that it does nothing within the run, if there is any."""
    end = MONTHS * years
    dated: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for scenario in scenarios:
        for use in scenario.programmes:
            for what, date in _outside(use, end):
                dated.setdefault((scenario.name, what, date), []).append(use.card.title)
    titles = {scenario.name: scenario.title for scenario in scenarios}
    late = [
        said(what, scenario=titles[name], programmes=programmes, date=date)
        for (name, what, date), programmes in dated.items()
    ]
    late += [said("bad_years_from", year=f"{start:g}") for start in _late_stress(worlds, years)]
    if not late:
        return ()
    more = [said("and_more", n=len(late) - MOST_TOLD)] if len(late) > MOST_TOLD else []
    told = reduce(
        lambda before, this: said("and_then", before=before, this=this), [*late[:MOST_TOLD], *more]
    )
    return (said("note_outside", end=date_of(end - 1), told=told),)


def _and_then(before: Said, this: Said) -> Said:
    return said("and_then", before=before, this=this)


def _outside(use: ProgrammeUse, end: int) -> Iterator[tuple[str, str]]:
    """Yield what is dated so that it does nothing in a run of ``end`` months: text and date."""
    if use.start is not None and use.start >= end:
        yield "begins", date_of(use.start)
    elif use.stop is not None and use.stop <= 0:
        yield "ended", date_of(use.stop)
    elif use.transition.shape != "hold" and use.transition.start >= end:
        yield "withdrawn_from", date_of(int(use.transition.start))


def _late_stress(worlds: Iterable[World], years: int) -> list[float]:
    """Return when bad years begin in worlds that have some, but only after the run."""
    bad = [world.stress for world in worlds]
    some = [b for b in bad if b.growth_loss or b.weather_factor != 1.0 or b.illness_factor != 1.0]
    return sorted({b.start for b in some if b.start >= years})
