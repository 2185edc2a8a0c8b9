"""Sections that companion sweeps fill: stress, sign map, sensitivity, structures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from povsim.errors import UserError
from povsim.report.faults import Faults
from povsim.report.figures.drawing import Maker, draw_figures
from povsim.report.figures.leverage_map import beaten, drawable, leverage_map
from povsim.report.figures.sweep import tornado
from povsim.report.results.study import Results
from povsim.report.results.sweep import SweepResults
from povsim.report.results.trials import NAMES, survival, trials
from povsim.report.sections.alternatives import by_choice, forest
from povsim.report.sections.alternatives import table as alternatives_table
from povsim.report.sections.factors import strongest
from povsim.report.sections.html_table import Grid
from povsim.report.sections.stress import rankings, stress_figure, stress_tables
from povsim.words.glossary import Glossary

Checks = dict[str, SweepResults]


@dataclass(frozen=True)
class Section:
    """One section: heading, findings in words, one figure, tables."""

    name: str
    title: str
    findings: list[str]
    note: str = ""
    grids: list[Grid] = field(default_factory=list)
    missing: str = ""


def draw_checks(
    results: Results, checks: Checks, folder: Path, language: str, faults: Faults
) -> dict[str, str]:
    """Draw the figures of the companion sweeps; return alternative texts by figure name."""
    makers: dict[str, tuple[Maker, str, Any]] = {
        "stress": (stress_figure, "stress", None),
        "sign_map": (leverage_map, "sign_map", results),
        "uncertainties": (tornado, "uncertainties", None),
        "structures": (forest, "structures", results),
    }
    texts: dict[str, str] = {}
    for name, (make, sweep, beside) in makers.items():
        if sweep in checks:
            what = checks[sweep] if beside is None else (beside, checks[sweep])
            texts |= draw_figures({name: make}, what, results.titles, folder, language, faults)
    return texts


def check_sections(
    results: Results,
    checks: Checks,
    words: Glossary,
    faults: Faults | None = None,
    damage: Mapping[str, UserError] | None = None,
) -> list[Section]:
    """Return the sections in the order of the page; one that was not run says how to get it."""
    if not results.others:
        return []
    faults, damage = faults or Faults(), damage or {}
    made = {
        "stress": _stress,
        "sign_map": _sign_map,
        "uncertainties": _uncertainties,
        "structures": _structures,
    }
    if not any(name in checks or name in damage for name in NAMES):
        return [Section("checks", words.word("checks"), [], missing=words.sentence("no_checks"))]
    sections = []
    for name, make in made.items():
        heading = words.word(f"check_{name}")
        told = damage[name].told(words.language) if name in damage else words.sentence("no_check")
        section = Section(name, heading, [], missing=told)
        if name in checks:
            none = Section(name, heading, [])
            own = partial(make, results, checks[name], words)
            section = faults.section(f"check_{name}", own, none)
        sections.append(section)
    return sections


def _stress(results: Results, sweep: SweepResults, words: Glossary) -> Section:
    return Section(
        "stress",
        words.word("check_stress"),
        rankings(sweep, words),
        _note(sweep, "stress_note", words),
        stress_tables(sweep, words),
    )


def _sign_map(results: Results, sweep: SweepResults, words: Glossary) -> Section:
    title = words.word("check_sign_map")
    if not drawable(results, sweep):
        return Section("sign_map", title, [], missing=words.sentence("no_leverage"))
    note = _note(sweep, "sign_map_note", words)
    return Section("sign_map", title, beaten(results, sweep, words), note)


def _uncertainties(results: Results, sweep: SweepResults, words: Glossary) -> Section:
    findings = [
        strongest(sweep, scenario, words) for scenario in sweep.others if sweep.complete(scenario)
    ]
    note = words.paragraph([words.word("tornado_note"), _note(sweep, "sweep_note", words)])
    return Section("uncertainties", words.word("check_uncertainties"), findings, note)


def _structures(results: Results, sweep: SweepResults, words: Glossary) -> Section:
    tables = [by_choice(results, sweep, words), alternatives_table(results, sweep, words)]
    return Section(
        "structures",
        words.word("check_structures"),
        [survival(t, words) for t in trials(results, sweep)],
        _note(sweep, "structures_note", words),
        [t for t in tables if t is not None],
    )


def _note(sweep: SweepResults, key: str, words: Glossary) -> str:
    """Return the note under a figure: how to read it, and how much was run."""
    size = words.sentence(
        "sweep_size",
        points=len(sweep.design),
        seeds=len(sweep.manifest["seeds"]),
        households=f"{sweep.manifest['households']:,}",
        years=sweep.manifest["years"],
    )
    return words.paragraph([words.word(key), size] if key != "sweep_note" else [size])
