"""Write the report of a sweep: one self-contained page from its files."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from povsim.report.drawing import draw_figures, embedded, render
from povsim.report.glossary import Glossary
from povsim.report.provenance import provenance
from povsim.report.sweep_figures import sign_map, tornado
from povsim.report.sweep_tables import SweepResults, read_sweep
from povsim.study.discovery import Box, say
from povsim.study.sensitivity import tornado as swings

MAKERS = {"tornado": tornado, "map": sign_map}
PLAIN = ("mu_star", "mu", "sigma")
"""Indices in the unit of the outcome; the others have none."""


def write_sweep_report(folder: str | Path, language: str = "en") -> Path:
    """Draw the figures of a finished sweep and write its page; return the page's path."""
    folder = Path(folder)
    results = read_sweep(folder)
    words = Glossary(language, results.manifest["scenarios"])
    texts = draw_figures(
        MAKERS, results, results.manifest["scenarios"], folder / "figures", language
    )
    bad = results.runs[results.runs["status"] != "ok"]
    page = render(
        "sweep.html.j2",
        language="zh-CN" if language == "zh" else "en",
        w=words,
        manifest=results.manifest,
        texts=texts,
        images=embedded(folder / "figures", texts),
        title=results.manifest["title"][language],
        question=results.manifest["question"][language],
        answer=_answer(results, words),
        factors=_factors(results, words),
        figures=[
            (name, words.word(name), words.word(f"{name}_note")) for name in ("map", "tornado")
        ],
        indices=_indices(results, words),
        regret=_regret(results, words),
        primary=words.measure(results.primary),
        cautions=_cautions(results, words),
        provenance=provenance(results.manifest, words),
        failed=[f"{r.scenario}, {r.world}, {r.seed}: {r.error}" for r in bad.itertuples()],
        runs=len(results.runs),
    )
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def _answer(results: SweepResults, words: Glossary) -> list[str]:
    """Return the answer in sentences written from the numbers."""
    said = []
    measure = results.primary
    base = words.title(results.baseline)
    for scenario in [s for s in results.others if results.complete(s)]:
        y = results.differences(scenario)
        said.append(
            words.sentence(
                "sweep_answer",
                n=len(y),
                measure=words.measure(measure),
                year=results.year,
                scenario=words.title(scenario),
                baseline=base,
                share=f"{100 * float(np.mean(y < 0)):.0f} %",
                difference=words.change(measure, float(y.mean())),
                low=words.change(measure, float(y.min())),
                high=words.change(measure, float(y.max())),
            )
        )
        top = swings(results.factors, results.design, y).iloc[0]
        said[-1] += ("" if words.language == "zh" else " ") + words.sentence(
            "sweep_strongest",
            factor=results.title(str(top["factor"]), words.language),
            first=words.change(measure, float(top["outcome_low"])),
            last=words.change(measure, float(top["outcome_high"])),
        )
        said.append(
            words.sentence(
                "sweep_box",
                scenario=words.title(scenario),
                baseline=base,
                measure=words.measure(measure),
                box=_box(results, words, scenario),
            )
        )
    return said


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


def _factors(results: SweepResults, words: Glossary) -> list[dict[str, str]]:
    rows = []
    for f, told in zip(results.factors, results.manifest["factors"], strict=True):
        bounds = ", ".join(f.choices) if f.choices else f"{f.low:g} – {f.high:g}"
        unit = told["title"].get("unit") or ""
        rows.append(
            {
                "name": f.name,
                "title": results.title(f.name, words.language),
                "range": f"{bounds} {unit}".strip() if unit != "share" else bounds,
            }
        )
    return rows


def _indices(results: SweepResults, words: Glossary) -> dict[str, Any]:
    """Return the indices of the first outcome's differences, a row for each factor."""
    s = results.sensitivity
    own = s[(s["measure"] == results.primary) & s["scenario"].isin(results.others)]
    if own.empty:
        return {"rows": [], "columns": [], "caption": ""}
    columns = list(own[["scenario", "index"]].drop_duplicates().itertuples(index=False, name=None))
    rows = []
    for factor in own["factor"].drop_duplicates():
        cells = []
        for scenario, index in columns:
            found = own[
                (own["factor"] == factor) & (own["scenario"] == scenario) & (own["index"] == index)
            ]
            cells.append(_cell(found.iloc[0], results.primary, words))
        name = " × ".join(results.title(part, words.language) for part in str(factor).split(" × "))
        rows.append({"name": words.word("rest") if factor == "rest" else name, "cells": cells})
    caption = words.sentence(
        "sensitivity_caption",
        measure=words.measure(results.primary),
        year=results.year,
        baseline=words.title(results.baseline),
        seeds=len(results.manifest["seeds"]),
        n=len(results.design),
    )
    named = [f"{words.title(a)}: {words.word(i)}" for a, i in columns]
    return {"rows": rows, "columns": named, "caption": caption}


def _cell(row: "pd.Series[Any]", measure: str, words: Glossary) -> dict[str, str]:
    def text(value: float) -> str:
        if row["index"] in PLAIN:
            return words.difference(measure, value)
        return f"{value:.2f}".replace("-", "\u2212")

    low, high = float(row["ci_low"]), float(row["ci_high"])
    interval = "" if np.isnan(low) else f"{text(low)} … {text(high)}"
    return {"text": text(float(row["value"])), "interval": interval}


def _regret(results: SweepResults, words: Glossary) -> list[dict[str, str]]:
    return [
        {
            "name": words.title(str(r["scenario"])),
            "worst": words.change(results.primary, float(r["worst_regret"])),
            "share": f"{100 * float(r['share_best']):.0f} %",
            "interval": f"{100 * float(r['ci_low']):.0f} … {100 * float(r['ci_high']):.0f} %",
        }
        for r in results.regret.to_dict("records")
    ]


def _cautions(results: SweepResults, words: Glossary) -> list[str]:
    said = [words.sentence("caution_ranges"), words.sentence("caution_luck")]
    if (results.sensitivity["index"] == "pawn").any():
        noise = 0.83 / np.sqrt(max(len(results.design) / 10.0, 1.0))
        said.append(words.sentence("caution_pawn", noise=f"{noise:.2f}"))
    return [*said, words.sentence("caution_income"), words.sentence("caution_assumed")]
