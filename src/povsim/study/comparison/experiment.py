"""What is compared: scenarios, the equal-cost rule, outcomes, and signs expected beforehand."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from povsim.errors import NOTHING, Places, UserError, said
from povsim.errors.given import is_number, whole_number
from povsim.machine.by_language import by_language
from povsim.measures.catalogue import GROUPS, REGIONS, declared, measures, told_for
from povsim.study.comparison.dial import Dial

SIGNS = ("<", ">", "=")
RULES = ("envelope", "present_value", "none")
KEYS = (
    "title",
    "question",
    "paper",
    "baseline",
    "reference",
    "scenarios",
    "equal_cost",
    "years",
    "seeds",
    "outcomes",
    "hypotheses",
    "arms",
    "fill",
    "reading",
    "horizons",
    "dials",
)


@dataclass(frozen=True)
class Term:
    """One number of a comparison and its weight; ``year`` counts from 1."""

    scenario: str
    measure: str
    group: str
    region: str
    year: int
    weight: float


@dataclass(frozen=True)
class Hypothesis:
    """A sign that is expected before the experiment is run.

    Attributes
    ----------
    measure, group, region : str
        What is compared, and for whom.
    year : int
        Year of the run, 1 = the first.
    scenario, versus : str
        The sign is that of ``scenario`` less ``versus``.
    expected : str
        ``<``, ``>`` or ``=``.
    versus_measure, versus_year, versus_group, versus_region : optional
        What differs on the other side, if not only the scenario.
    contrast : Mapping[str, float]
        Weights by arm in place of ``scenario`` less ``versus``: ``{both: 1, first: -1, second:
        -1, neither: 1}`` is the interaction of two levers. ``arm@group`` or ``arm@group@region``
        takes another group or region of that arm.
    margin : float
        Half width of equivalence under ``=``, in the unit of the measure: the two sides count as
        equal if the whole interval lies within it. 0 asks for no difference at all.
    """

    id: str
    statement: Mapping[str, str]
    measure: str
    scenario: str
    versus: str
    year: int
    expected: str
    falsifier: str | Mapping[str, str]
    group: str = "all"
    region: str = "all"
    versus_measure: str = ""
    versus_year: int = 0
    versus_group: str = ""
    versus_region: str = ""
    contrast: Mapping[str, float] = field(default_factory=dict)
    margin: float = 0.0

    def terms(self) -> list[Term]:
        """Return what is added up, seed by seed, to see the sign."""
        own = (self.measure, self.group, self.region, self.year)
        if self.contrast:
            return [self._term(name, weight) for name, weight in self.contrast.items()]
        other = (
            self.versus_measure or self.measure,
            self.versus_group or self.group,
            self.versus_region or self.region,
            self.versus_year or self.year,
        )
        return [Term(self.scenario, *own, 1.0), Term(self.versus, *other, -1.0)]

    def _term(self, name: str, weight: float) -> Term:
        arm, _, rest = name.partition("@")
        group, _, region = rest.partition("@")
        where = (group or self.group, region or self.region)
        return Term(arm, self.measure, *where, self.year, float(weight))


@dataclass(frozen=True)
class Experiment:
    """A declared comparison.

    Attributes
    ----------
    baseline : str
        Scenario from which differences are taken.
    reference : str or None
        Scenario without the money at stake, for cost per relapse averted.
    scenarios : tuple of str
        Arms, the baseline among them.
    equal_cost : str
        ``envelope``: each arm gets the same money by construction; ``present_value``: a dial of
        each arm is turned until its discounted outlay is the baseline's; ``none``.
    dials : Mapping[str, Dial]
        What is turned in each arm under ``present_value``; the arm's envelope if not named.
    """

    name: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    baseline: str
    scenarios: tuple[str, ...]
    reference: str | None = None
    equal_cost: str = "envelope"
    outcomes: tuple[str, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = field(default=())
    paper: tuple[str, ...] = ()
    reading: Mapping[str, str] = field(default_factory=dict)
    horizons: tuple[int, ...] = ()
    dials: Mapping[str, Dial] = field(default_factory=dict)

    @classmethod
    def from_mapping(cls, name: str, text: Mapping[str, Any]) -> "Experiment":
        """Return the experiment that a YAML mapping declares.

        Raises
        ------
        UserError
            In one line: an unknown key, a missing one, or a value that is not allowed.
        """
        where: Places = (said("experiment", name=name),)
        for key in text:
            if key not in KEYS:
                raise UserError(said("word_key"), key, KEYS, where)
        check_shapes(where[0], text)
        rule = str(text.get("equal_cost", "envelope"))
        if rule not in RULES:
            raise UserError("equal_cost", rule, RULES, where)
        arms = tuple(dict.fromkeys([str(text["baseline"]), *map(str, text["scenarios"])]))
        hypotheses = tuple(
            _hypothesis((*where, said("hypothesis", name=i + 1)), item, arms)
            for i, item in enumerate(text.get("hypotheses") or ())
        )
        outcomes = tuple(map(str, text.get("outcomes") or ()))
        _known("outcomes", outcomes, measures(), where)
        reference = text.get("reference")
        dials = text.get("dials") or {}
        for arm in dials:
            if arm not in arms:
                raise UserError("dials", arm, arms, where)
        return cls(
            name=name,
            title=by_language("title", text["title"], where),
            question=by_language("question", text["question"], where),
            baseline=str(text["baseline"]),
            scenarios=arms,
            reference=str(reference) if reference else None,
            equal_cost=rule,
            outcomes=outcomes,
            hypotheses=hypotheses,
            paper=tuple(map(str, text.get("paper") or ())),
            reading=by_language("reading", text.get("reading"), where),
            horizons=tuple(map(int, text.get("horizons") or ())),
            dials={str(arm): Dial.from_mapping(str(arm), dial) for arm, dial in dials.items()},
        )

    def all_scenarios(self) -> tuple[str, ...]:
        """Return the arms and the reference, baseline first."""
        more = (self.reference,) if self.reference else ()
        return tuple(dict.fromkeys([self.baseline, *self.scenarios, *more]))


def check_shapes(where: object, text: Mapping[str, Any]) -> None:
    """Raise UserError where a file lacks a key, or has one value in place of several."""
    for key in ("title", "question", "baseline", "scenarios"):
        if not text.get(key) and not (key == "scenarios" and text.get("grids")):
            raise UserError(said("missing", key=key), place=where)
    for key in ("arms", "dials", "grids"):
        if not isinstance(text.get(key) or {}, Mapping):
            raise UserError(key, text[key], said("mapping_of_names"), where)
    for arm, content in (text.get("arms") or {}).items():
        if not isinstance(content, Mapping):
            rule = said("mapping_of_settings")
            raise UserError(f"arms.{arm}", content or NOTHING, rule, where)
    for key in ("scenarios", "outcomes", "hypotheses", "paper", "horizons"):
        if isinstance(text.get(key) or [], str | Mapping | int | float):
            raise UserError(key, text[key], said("list"), where)
    for arm, dial in (text.get("dials") or {}).items():
        if not isinstance(dial, Mapping):
            raise UserError(f"dials.{arm}", dial or NOTHING, said("mapping_of_settings"), where)
    for key, names in (
        ("scenarios", text.get("scenarios") or ()),
        ("reference", [text.get("reference")]),
    ):
        for name in names:
            if isinstance(name, Mapping | list | tuple):
                raise UserError(key, name, said("name_of_scenario"), where)
    for horizon in text.get("horizons") or ():
        _year_in(where, "horizons", horizon)
    for i, item in enumerate(text.get("hypotheses") or ()):
        if not isinstance(item, Mapping):
            which = said("hypothesis", name=i + 1)
            raise UserError(which, item, said("mapping"), where)
    if not isinstance(text["baseline"], str):
        raise UserError("baseline", text["baseline"], said("name_of_scenario"), where)


def _year_in(where: object, key: str, year: object) -> int:
    """Return a year of a run, counted from 1, or raise UserError with its place."""
    try:
        return whole_number(key, year, 1)
    except UserError as error:
        raise error.at(where) from None


def check_declared(where: object, text: Mapping[str, Any]) -> None:
    """Raise UserError where a file declares what nothing comes of: once read, nobody would know.

    Parameters
    ----------
    text : Mapping
        The content of a file, its grids spread out.
    """
    compared = [text["baseline"], text.get("reference"), *text["scenarios"]]
    for arm in text.get("arms") or {}:
        if arm not in compared:
            rule = said("among_scenarios", names=text["scenarios"])
            raise UserError("arms", arm, rule, where)
    dials, rule = list(text.get("dials") or ()), text.get("equal_cost", "envelope")
    if dials and rule != "present_value":
        raise UserError("dials", dials, said("only_with", others="equal_cost=present_value"), where)
    identities = [h.get("id") for h in text.get("hypotheses") or ()]
    for key, names in (*((k, text.get(k) or ()) for k in LISTS), ("hypotheses", identities)):
        for name in names:
            if list(names).count(name) > 1:
                raise UserError(key, name, said("once"), where)


YEARS = ("year", "versus_year")
LISTS = ("scenarios", "outcomes", "horizons")


def _hypothesis(where: Places, text: Mapping[str, Any], arms: tuple[str, ...]) -> Hypothesis:
    allowed = tuple(Hypothesis.__dataclass_fields__)
    for key in text:
        if key not in allowed:
            raise UserError(said("word_key"), key, allowed, where)
    sides = () if text.get("contrast") else ("scenario", "versus")
    for key in ("id", "measure", *sides, "year", "expected", "falsifier", "statement"):
        if key not in text:
            raise UserError(said("missing", key=key), place=where)
    if text["expected"] not in SIGNS:
        raise UserError("expected", text["expected"], SIGNS, where)
    if isinstance(text["id"], Mapping | list | tuple):
        raise UserError("id", text["id"], said("one_value"), where)
    years = {key: _year_in(where, key, text[key]) for key in YEARS if text.get(key) is not None}
    _check_sides(where, text, arms)
    _check_margin(where, text)
    for side in ("", "versus_"):
        _known(f"{side}measure", _given(text, f"{side}measure"), measures(), where)
        _known(f"{side}group", _given(text, f"{side}group"), GROUPS, where)
        _known(f"{side}region", _given(text, f"{side}region"), REGIONS, where)
    texts: dict[str, Any] = {"statement": by_language("statement", text["statement"], where)}
    if isinstance(text["falsifier"], Mapping):
        texts["falsifier"] = by_language("falsifier", text["falsifier"], where)
    hypothesis = Hypothesis(**{"scenario": "", "versus": "", **text, **texts, **years})
    for term in hypothesis.terms():
        _check_told(where, term)
    return hypothesis


def _check_told(where: Places, term: Term) -> None:
    """Raise UserError if nobody measures this for the group and region that are compared."""
    if term.measure not in told_for(term.group, term.region):
        parts = (said("everybody"), *map(str, declared(term.measure).parts))
        raise UserError(
            term.measure,
            said("group_in_region", group=term.group, region=term.region),
            said("told_for", parts=parts),
            where,
        )


def _check_sides(where: Places, text: Mapping[str, Any], arms: tuple[str, ...]) -> None:
    """Raise UserError if a side names an arm, a group or a region that does not exist."""
    contrast = text.get("contrast") or {}
    if not isinstance(contrast, Mapping):
        raise UserError("contrast", contrast, said("mapping_of_names"), where)
    for name, weight in contrast.items():
        if not is_number(weight) or not math.isfinite(weight):
            raise UserError(f"contrast.{name}", weight, said("number"), where)
    for name in contrast or [text["scenario"], text["versus"]]:
        arm, _, rest = str(name).partition("@")
        group, _, region = rest.partition("@")
        _known("scenario", [arm], arms, where)
        _known("group", [group] if group else [], GROUPS, where)
        _known("region", [region] if region else [], REGIONS, where)


def _check_margin(where: Places, text: Mapping[str, Any]) -> None:
    margin = text.get("margin", 0.0)
    if not is_number(margin) or margin < 0.0:
        raise UserError("margin", margin, said("margin"), where)
    if margin and text["expected"] != "=":
        rule = said("no_margin", sign=text["expected"])
        raise UserError("margin", margin, rule, where)


def _given(text: Mapping[str, Any], key: str) -> list[str]:
    return [str(text[key])] if text.get(key) else []


def _known(key: str, names: Iterable[str], known: Iterable[str], where: Places) -> None:
    """Raise UserError with the nearest name if a name is not known."""
    choices = list(known)
    for name in names:
        if name not in choices:
            raise UserError(key, name, choices, where)
