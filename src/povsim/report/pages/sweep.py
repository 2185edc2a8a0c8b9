"""Write the report of a sweep: one self-contained page from its files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from povsim.report.faults import Faults, page_in
from povsim.report.figures.drawing import draw_figures, embedded, render, titles_as_written
from povsim.report.figures.sweep import sign_map, tornado
from povsim.report.pages.files import changes, write_page
from povsim.report.results.sweep import SweepResults, read_sweep
from povsim.report.sections.factors import strongest
from povsim.report.sections.html_table import Cell, Grid, Line, same_widths
from povsim.report.sections.provenance import notes, provenance
from povsim.study.sweeps.discovery import Box, say
from povsim.study.sweeps.marks import BELOW, BEYOND, CONSTANT, most_needed
from povsim.units import in_words
from povsim.words.glossary import Glossary
from povsim.words.texts import in_language
from povsim.words.typography import CODES, MINUS, percent

MAKERS = {"tornado": tornado, "map": sign_map}
SIGNS = {BELOW: "†", BEYOND: "‡", CONSTANT: "*"}
"""Signs of marks, in the table of indices and under it."""
PLAIN = ("mu_star", "mu", "sigma")
"""Indices in the unit of the outcome; the others have none."""


def write_sweep_report(folder: str | Path, language: str = "en") -> Path:
    """Draw the figures of a finished sweep and write its page; return the page's path."""
    folder = Path(folder)
    results = read_sweep(folder)
    manifest, titles = results.manifest, results.manifest["scenarios"]
    words = Glossary(language, titles_as_written(titles))
    with page_in(folder, language) as faults:
        texts = draw_figures(MAKERS, results, titles, folder / "figures", language, faults)
        page = render(
            "sweep.html.j2",
            language=CODES[language],
            w=words,
            manifest=manifest,
            texts=texts,
            images=embedded(folder / "figures", texts),
            title=in_language(manifest["title"], language),
            question=in_language(manifest["question"], language),
            figures=[
                (name, words.word(name), words.word(f"{name}_note")) for name in ("map", "tornado")
            ],
            runs=len(results.runs),
            **_parts(results, words, faults),
            faults=faults,
            changed=changes(folder, manifest, language),
        )
        return write_page(folder, page)


def _parts(results: SweepResults, words: Glossary, faults: Faults) -> dict[str, Any]:
    """Return what the page says by the name under which its template knows it."""
    makers: dict[str, Callable[[], Any]] = {
        "lead": lambda: words.paragraph(_compared(results, words, s) for s in _known(results)),
        "details": lambda: [d for s in _known(results) for d in _details(results, words, s)],
        "factors": lambda: _factors(results, words),
        "indices": lambda: _indices(results, words),
        "regret": lambda: _regret(results, words),
        "marks": lambda: _marks(results, words),
        "cautions": lambda: [*notes(results.manifest, words), *_cautions(results, words)],
        "provenance": lambda: provenance(results.manifest, words),
        "failed": lambda: _failed(results),
    }
    return {name: faults.section(name, make, "") for name, make in makers.items()}


def _failed(results: SweepResults) -> list[str]:
    """Return each failed run with its error, in a line."""
    bad = results.runs[results.runs["status"] != "ok"]
    return [f"{r.scenario}, {r.world}, {r.seed}: {r.error}" for r in bad.itertuples()]


def _known(results: SweepResults) -> list[str]:
    """Return the scenarios whose difference from the baseline is known at every point."""
    return [s for s in results.others if results.complete(s)]


def _compared(results: SweepResults, words: Glossary, scenario: str) -> str:
    """Return how often and by how much a scenario does better than the baseline."""
    measure, y = results.primary, results.differences(scenario)
    rows = results.rows(scenario)
    return words.sentence(
        "sweep_answer",
        n=len(y),
        measure=words.inside(measure),
        year=results.year,
        scenario=words.quoted(scenario),
        baseline=words.quoted(results.baseline),
        share=percent(float(np.mean(y < 0))),
        clear=int(((rows["ci_low"] > 0.0) | (rows["ci_high"] < 0.0)).sum()),
        difference=words.change(measure, float(y.mean())),
        low=words.change(measure, float(y.min())),
        high=words.change(measure, float(y.max())),
    )


def _details(results: SweepResults, words: Glossary, scenario: str) -> list[str]:
    """Return what decides for one scenario, and where it does worse than the baseline."""
    box = words.sentence(
        "sweep_box",
        scenario=words.quoted(scenario),
        baseline=words.quoted(results.baseline),
        measure=words.inside(results.primary),
        box=_box(results, words, scenario),
    )
    return [strongest(results, scenario, words), box]


def box_in_words(told: Any, names: dict[str, str], words: Glossary) -> str:
    """Return in words the box that a file of failures holds, or that there is none."""
    if told is None:
        return words.sentence("no_box")
    limits = {
        name: tuple(_bound(value, end) for end, value in enumerate(limit))
        for name, limit in told["limits"].items()
    }
    box = Box(
        limits, told["coverage"], told["density"], told["mass"], told["p_values"], pd.DataFrame()
    )
    return say(box, names, words.language)


def _box(results: SweepResults, words: Glossary, scenario: str) -> str:
    """Return in words where a scenario does worse than the baseline."""
    worse = results.differences(scenario) > 0.0
    if not worse.any() or worse.all():
        return words.sentence("always_worse" if worse.any() else "never_worse")
    names = {f.name: results.title(f.name, words.language) for f in results.factors}
    return box_in_words(results.failures.get(scenario), names, words)


def _bound(value: Any, place: int) -> Any:
    return (-np.inf, np.inf)[place] if value is None else value


def _factors(results: SweepResults, words: Glossary) -> Grid:
    """Return what was varied, and over which range."""
    lines = []
    for f, told in zip(results.factors, results.manifest["factors"], strict=True):
        if f.choices:
            bounds = words.joined(words.choice(f.name, c) for c in f.choices)
        else:
            bounds = f"{f.low:g} – {f.high:g}"
        unit = told["title"].get("unit") or ""
        unit = "" if unit in ("share", "index") else in_words(unit, words.language)
        title = results.title(f.name, words.language)
        lines.append(Line(title, [Cell(f"{bounds} {unit}".strip())], code=f.name))
    design = results.manifest["design"]
    caption = words.labelled(words.word("design"), words.of("designs", design))
    head = [words.word("factor"), words.word("range")]
    return Grid(caption, head, lines, left=frozenset({1}), widths=(62.0, 38.0))


def _indices(results: SweepResults, words: Glossary) -> Grid | None:
    """Return the indices of the first outcome's differences, a row for each factor."""
    s = results.sensitivity
    own = s[(s["measure"] == results.primary) & s["scenario"].isin(results.others)]
    if own.empty:
        return None
    columns = list(own[["scenario", "index"]].drop_duplicates().itertuples(index=False, name=None))
    by = own.set_index(["factor", "scenario", "index"])
    lines = []
    for factor in own["factor"].drop_duplicates():
        row = [_cell(by.loc[(factor, *key)], key[1], results.primary, words) for key in columns]
        name = " × ".join(results.title(part, words.language) for part in str(factor).split(" × "))
        lines.append(Line(words.word("rest") if factor == "rest" else name, row))
    caption = words.sentence(
        "sensitivity_caption",
        measure=words.measure(results.primary),
        year=results.year,
        baseline=words.title(results.baseline),
        seeds=len(results.manifest["seeds"]),
        n=len(results.design),
    )
    head = [
        words.word("factor"),
        *(words.labelled(words.title(a), words.word(i)) for a, i in columns),
    ]
    return Grid(caption, head, lines, widths=same_widths(len(head), 40.0))


def _cell(row: "pd.Series[Any]", index: str, measure: str, words: Glossary) -> Cell:
    def text(value: float) -> str:
        if index in PLAIN:
            return words.difference(measure, value)
        return f"{value:.2f}".replace("-", MINUS)

    low, high = float(row["ci_low"]), float(row["ci_high"])
    value = words.word("undefined") if row["note"] == CONSTANT else text(float(row["value"]))
    interval = np.isfinite(low) and row["note"] != CONSTANT
    return Cell(
        f"{value}{SIGNS.get(str(row['note']), '')}",
        f"{text(low)} … {text(high)}" if interval else "",
    )


def _marks(results: SweepResults, words: Glossary) -> list[str]:
    """Return what the marks in the table of indices mean, and how many points would be needed."""
    own = results.sensitivity
    own = own[(own["measure"] == results.primary) & own["scenario"].isin(results.others)]
    said = [
        words.labelled(sign, words.sentence(f"mark_{note}"))
        for note, sign in SIGNS.items()
        if (own["note"] == note).any()
    ]
    needed, n = most_needed(own), own["n"].max()
    return [*said, words.sentence("marks_need", n=n, needed=needed)] if needed else said


def _regret(results: SweepResults, words: Glossary) -> Grid | None:
    """Return how far each scenario is from the best one at worst, and how often it is the best."""
    lines = [
        Line(
            words.title(str(r["scenario"])),
            [
                Cell(words.change(results.primary, float(r["worst_regret"]))),
                Cell(
                    percent(float(r["share_best"])),
                    f"{percent(float(r['ci_low']))} … {percent(float(r['ci_high']))}",
                ),
            ],
        )
        for r in results.regret.to_dict("records")
    ]
    if not lines:
        return None
    caption = words.sentence("regret_caption", measure=words.measure(results.primary))
    head = [words.word(w) for w in ("scenario", "worst_regret", "share_best")]
    return Grid(caption, head, lines, widths=same_widths(3, 44.0))


def _cautions(results: SweepResults, words: Glossary) -> list[str]:
    said = [words.sentence("caution_ranges"), words.sentence("caution_luck")]
    if (results.sensitivity["index"] == "pawn").any():
        noise = 0.83 / np.sqrt(max(len(results.design) / 10.0, 1.0))
        said.append(words.sentence("caution_pawn", noise=f"{noise:.2f}"))
    return [*said, words.sentence("caution_income"), words.sentence("caution_assumed")]
