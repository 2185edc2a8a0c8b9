"""Write the report: one self-contained page from the files of a study."""

from pathlib import Path
from typing import Any

import pandas as pd

from povsim.ledger import FISCAL_SOURCES
from povsim.report.drawing import embedded, render
from povsim.report.figures import draw_all
from povsim.report.fonts import chinese_font
from povsim.report.gains import part_label
from povsim.report.glossary import Glossary, entries, good
from povsim.report.provenance import provenance
from povsim.report.story import answer
from povsim.report.tables import CLASSES, GROUPS, Results, horizons, money, read

OUTCOMES = (
    "relapse_rate",
    "ever_relapsed_share",
    "new_poverty_rate",
    "absolute_poverty_rate",
    "absolute_poverty_rate_after_expenses",
    "consumption_poverty_rate",
    "poverty_gap",
    "relative_poverty_rate_40",
    "relative_poverty_rate_50",
    "relative_poverty_rate_60",
    "relative_poverty_rate_50_frozen",
    "gini",
    "mean_income",
    "income_wage",
    "income_business",
    "income_property",
    "income_transfer",
    "policy_income_share",
    "mean_consumption",
    "employment_rate",
    "catastrophic_health_rate",
    "distress_sale_rate",
    "fiscal_cost",
    "private_investment",
    "guarantee_losses",
    "cost_per_relapse_averted",
)
EARLY = (
    "relapse_rate",
    "new_poverty_rate",
    "absolute_poverty_rate",
    "consumption_poverty_rate",
    "relative_poverty_rate_40",
    "relative_poverty_rate_50",
    "relative_poverty_rate_60",
    "mean_income",
    "policy_income_share",
    "cost_per_relapse_averted",
)
"""Outcomes of the scorecards of earlier years; the last year has all."""
BY_GROUP = (
    "mean_income",
    "absolute_poverty_rate",
    "relative_poverty_rate_50",
    "relapse_rate",
    "new_poverty_rate",
)


def write_report(study_dir: str | Path, language: str = "en") -> Path:
    """Draw the figures of a finished study and write its page.

    Parameters
    ----------
    study_dir : path
        Folder with the tables of the study.
    language : str
        ``en`` or ``zh``.

    Returns
    -------
    Path
        ``report.html`` in that folder; figures are beside it in ``figures``.
    """
    folder = Path(study_dir)
    results = read(folder)
    words = Glossary(language, results.titles)
    texts = draw_all(results, folder / "figures", language) if results.arms else {}
    page = render(
        "report.html.j2",
        language="zh-CN" if language == "zh" else "en",
        w=words,
        results=results,
        manifest=results.manifest,
        texts=texts,
        images=embedded(folder / "figures", texts),
        title=results.manifest["title"].get(language, results.manifest["experiment"]),
        question=results.manifest["question"].get(language, ""),
        reading=results.manifest.get("reading", {}).get(language, ""),
        answer=answer(results, words) if results.arms else [],
        scorecards=[_scorecard(results, words, year) for year in horizons(results.years)]
        if results.arms
        else [],
        missing=[words.measure(m) for m in OUTCOMES if not (results.effects["measure"] == m).any()],
        groups=_by_group(results, words),
        ledger=_ledger(results, words),
        verdicts=_verdicts(results, words),
        cautions=_cautions(results, words, language),
        provenance=provenance(results.manifest, words),
        failed=_failed(results),
    )
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def _cell(results: Results, words: Glossary, measure: str, row: pd.Series | None) -> dict[str, str]:
    """Return text and judgement of one difference."""
    if row is None or pd.isna(row["difference"]):
        return {"text": "–", "interval": "", "kind": "none"}
    low, high = row["ci_low"], row["ci_high"]
    judged = "none"
    if row["difference"] == 0.0 and (pd.isna(low) or low == high == 0.0):
        judged = "same"
    elif pd.notna(low) and (low > 0 or high < 0):
        up = low > 0
        judged = {"lower": "worse" if up else "better", "higher": "better" if up else "worse"}.get(
            good(measure), "changed"
        )
    elif pd.notna(low):
        judged = "unclear"
    return {
        "text": words.difference(measure, float(row["difference"])),
        "interval": words.interval(measure, float(low), float(high), unit=False),
        "kind": judged,
        "value": words.value(measure, float(row["value"])),
    }


def _scorecard(results: Results, words: Glossary, year: int) -> dict[str, Any]:
    """Return the scorecard of one year: baseline levels and differences of the arms."""
    others = [s for s in results.arms if s != results.baseline]
    rows = []
    for measure in OUTCOMES if year == results.years[-1] else EARLY:
        base = results.effect(measure, results.baseline, year)
        cells = [_cell(results, words, measure, results.effect(measure, s, year)) for s in others]
        if base is None and all(c["text"] == "–" for c in cells):
            continue
        level = words.value(measure, float(base["value"])) if base is not None else "–"
        rows.append(
            {
                "name": words.measure(measure),
                "what": words.what(measure),
                "unit": words.unit(measure),
                "base": level,
                "cells": cells,
            }
        )
    return {"year": year, "arms": [words.title(s) for s in others], "rows": rows}


def _by_group(results: Results, words: Glossary) -> list[dict[str, Any]]:
    """Return, for each measure, differences by group and county class in the last year."""
    if not results.arms:
        return []
    year = results.years[-1]
    others = [s for s in results.arms if s != results.baseline]
    tables = []
    for measure in BY_GROUP:
        rows = []
        for key, names in (("group", (*GROUPS, "registered")), ("region", CLASSES)):
            for name in names:
                base = results.effect(measure, results.baseline, year, **{key: name})
                if base is None:
                    continue
                cells = [
                    _cell(results, words, measure, results.effect(measure, s, year, **{key: name}))
                    for s in others
                ]
                rows.append(
                    {
                        "name": part_label(results, words, key, name),
                        "base": words.value(measure, float(base["value"])),
                        "cells": cells,
                    }
                )
        if rows:
            tables.append(
                {
                    "measure": words.measure(measure),
                    "unit": words.unit(measure),
                    "year": year,
                    "arms": [words.title(s) for s in others],
                    "rows": rows,
                }
            )
    return tables


def _ledger(results: Results, words: Glossary) -> dict[str, Any]:
    """Return the cost ledger: rows by programme, source and use, columns by scenario."""
    table = money(results)
    if table.empty or not results.arms:
        return {"rows": [], "arms": [], "totals": [], "residual": []}
    wide = table.pivot_table(
        index=["programme", "source", "use"], columns="scenario", values="yuan", fill_value=0.0
    ).reindex(columns=results.arms, fill_value=0.0)
    wide /= words.large
    rows = [
        {
            "programme": words.title(p),
            "source": words.of("sources", s),
            "use": words.of("uses", u),
            "fiscal": s in FISCAL_SOURCES,
            "cells": [f"{v:,.1f}" for v in values],
        }
        for (p, s, u), values in zip(wide.index, wide.to_numpy(), strict=True)
        if max(values) >= 0.05
    ]
    fiscal = table[table["source"].isin(FISCAL_SOURCES)].groupby("scenario")["yuan"].sum()
    fiscal /= words.large
    residual = results.manifest["cost_residual"]
    return {
        "rows": rows,
        "arms": [words.title(s) for s in results.arms],
        "totals": [f"{fiscal.get(s, 0.0):,.1f}" for s in results.arms],
        "residual": [
            f"{100 * residual[s]:+.3f} %".replace("-", "\u2212") if s in residual else "–"
            for s in results.arms
        ],
    }


def _verdicts(results: Results, words: Glossary) -> list[dict[str, str]]:
    """Return the verdicts, misses first."""
    order = {"contradicted": 0, "inconclusive": 1, "matched": 2}
    rows = sorted(results.verdicts.to_dict("records"), key=lambda r: order[r["verdict"]])
    return [
        {
            "statement": str(r[f"statement_{words.language}"]),
            "compared": _compared(r, words),
            "found": words.change(r["measure"], float(r["difference"])),
            "interval": words.interval(
                r["measure"], float(r["ci_low"]), float(r["ci_high"]), unit=False
            ),
            "kind": str(r["verdict"]),
            "verdict": words.of("verdicts", r["verdict"]),
        }
        for r in rows
    ]


def _compared(row: dict[Any, Any], words: Glossary) -> str:
    """Return what a verdict compares: measure, place and the two scenarios."""
    parts = [words.measure(row["measure"])]
    parts += [words.of("groups", row["group"])] if row["group"] != "all" else []
    parts += [words.of("regions", row["region"])] if row["region"] != "all" else []
    parts.append(str(row["year"]))
    comma = "，" if words.language == "zh" else ", "
    pair = f"{words.title(row['scenario'])} \u2212 {words.title(row['versus'])}"
    return f"{comma.join(parts)}: {pair}"


def _cautions(results: Results, words: Glossary, language: str) -> list[str]:
    """Return what the reader should keep in mind."""
    small = results.small_groups
    national = (
        results.annual["measure"].eq("national_median_income").any()
        and "national" in str(results.manifest.get("population", "")).lower()
    )
    said = [
        words.sentence("caution_income"),
        words.sentence(
            "caution_median", source=words.sentence("median_rows" if national else "median_path")
        ),
        words.sentence("caution_assumed"),
        words.sentence("caution_intervals"),
    ]
    if small:
        names = [words.of("groups", g) for g in small]
        said.insert(
            0,
            words.sentence(
                "caution_small", groups="、".join(names) if language == "zh" else ", ".join(names)
            ),
        )
    if language == "zh" and chinese_font() is None:
        said.append(entries()["words"]["font_note"]["zh"])
    return said


def _failed(results: Results) -> list[str]:
    """Return each failed run with its error, in a line."""
    bad = results.runs[results.runs["status"] != "ok"]
    return [f"{r.scenario}, seed {r.seed}: {r.error}" for r in bad.itertuples()]
