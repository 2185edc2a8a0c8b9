"""Write the report of a search: fronts, robustness, the next ten million yuan."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from povsim.errors import UserError
from povsim.report.drawing import draw_figures, embedded, render
from povsim.report.glossary import PERCENT, Glossary
from povsim.report.provenance import provenance
from povsim.report.style import SOFT, WIDTH
from povsim.report.sweep_page import box_in_words

FILES = ("mixes.csv", "futures.csv", "robustness.csv", "marginal.csv", "manifest.json")
RELAPSE, RELATIVE, COST = "ever_relapsed_share", "relative_poverty_rate_50", "fiscal_cost_pv"
REGION_COLOURS = {"deep_poverty": "#762a83", "other_lifted": "#01665e", "ordinary": "#8c510a"}


@dataclass(frozen=True)
class SearchResults:
    """The tables of a finished search."""

    mixes: pd.DataFrame
    robustness: pd.DataFrame
    marginal: pd.DataFrame
    failures: dict[str, Any]
    manifest: dict[str, Any]

    @property
    def names(self) -> list[str]:
        """Programmes that share the budget."""
        return list(self.manifest["programmes"])


def read_search(folder: Path) -> SearchResults:
    """Return the tables in the folder of a finished search, or raise UserError."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise UserError("report", str(folder), f"a finished search ({', '.join(missing)} missing)")
    return SearchResults(
        mixes=pd.read_csv(folder / "mixes.csv"),
        robustness=pd.read_csv(folder / "robustness.csv"),
        marginal=pd.read_csv(folder / "marginal.csv"),
        failures=json.loads((folder / "failures.json").read_text(encoding="utf-8")),
        manifest=json.loads((folder / "manifest.json").read_text(encoding="utf-8")),
    )


def write_search_report(folder: str | Path, language: str = "en") -> Path:
    """Draw the figures of a finished search and write its page; return the page's path."""
    folder = Path(folder)
    results = read_search(folder)
    titles = results.manifest["programmes"]
    words = Glossary(language, titles)
    makers = {"front": front, "marginal": marginal}
    texts = draw_figures(makers, results, titles, folder / "figures", language)
    page = render(
        "search.html.j2",
        language="zh-CN" if language == "zh" else "en",
        w=words,
        manifest=results.manifest,
        texts=texts,
        images=embedded(folder / "figures", texts),
        answer=_answer(results, words),
        programmes=[words.title(n) for n in results.names],
        objectives=[
            words.measure(RELAPSE),
            words.measure(RELATIVE),
            f"{words.word('outlay')}, {words.word('large_yuan')}",
        ],
        chosen=_chosen(results, words),
        robustness=_robustness(results, words),
        robustness_caption=_limits(results, words),
        marginal=_marginal(results, words),
        marginal_note=words.sentence("marginal_note"),
        regions=[words.of("regions", r) for r in results.marginal["region"].drop_duplicates()],
        factors=[
            f"{f['title'][language]} (`{f['name']}`): {f['low']:g} – {f['high']:g}"
            for f in results.manifest["factors"]
        ],
        cautions=[
            words.sentence(key)
            for key in ("caution_ranges", "caution_income", "caution_assumed", "caution_luck")
        ],
        provenance=provenance(results.manifest, words),
    )
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def front(results: SearchResults, words: Glossary) -> tuple[Figure, str] | None:
    """Draw every mix: relapse against relative poverty, by outlay; the front is ringed."""
    m = results.mixes
    figure = Figure(figsize=(WIDTH, 5.2), layout="constrained")
    axis = figure.subplots()
    x, y = PERCENT * m[RELAPSE].to_numpy(), PERCENT * m[RELATIVE].to_numpy()
    cost = m[COST].to_numpy() / words.large
    on = m["front"].to_numpy(dtype=bool)
    dots = axis.scatter(x, y, c=cost, s=38, cmap="viridis", edgecolors="none", zorder=2)
    axis.scatter(x[on], y[on], s=110, facecolors="none", edgecolors="#1d2733", lw=1.4, zorder=3)
    for row in results.manifest["chosen"]:
        axis.annotate(
            str(row["mix"]).removeprefix("mix_"),
            (PERCENT * row[RELAPSE], PERCENT * row[RELATIVE]),
            (8, 7), textcoords="offset points", fontsize=12, fontweight="bold",
        )  # fmt: skip
    axis.set_xlabel(f"{words.measure(RELAPSE)} (%)")
    axis.set_ylabel(f"{words.measure(RELATIVE)} (%)")
    bar = figure.colorbar(dots, ax=axis)
    bar.set_label(f"{words.word('outlay')}, {words.word('large_yuan')}")
    return figure, words.word("front_note")


def marginal(results: SearchResults, words: Glossary) -> tuple[Figure, str] | None:
    """Draw falls averted per ten million yuan, by programme and kind of county."""
    table = results.marginal
    names = list(table["programme"].drop_duplicates())
    figure = Figure(figsize=(WIDTH, 0.75 * len(names) + 1.2), layout="constrained")
    axis = figure.subplots()
    for j, (region, colour) in enumerate({"all": "#1d2733", **REGION_COLOURS}.items()):
        own = table[table["region"] == region].set_index("programme").reindex(names)
        at = np.arange(len(names)) + 0.18 * (j - 1.5)
        mean = own["falls_averted"].to_numpy(float)
        reach = np.nan_to_num(own["ci_high"].to_numpy(float) - mean)
        label = words.of("regions", region)
        axis.errorbar(mean, at, xerr=reach, fmt="oDs^"[j], color=colour, ms=6, lw=1.3, label=label)
    axis.axvline(0.0, color=SOFT, lw=1.0)
    axis.set_yticks(range(len(names)), [words.title(n) for n in names])
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.set_xlabel(words.word("persons_axis"))
    figure.legend(loc="outside upper center", ncols=4)
    said = table[table["region"] == "all"]
    return figure, "; ".join(
        f"{words.title(str(r['programme']))} {r['falls_averted']:,.1f}"
        for r in said.to_dict("records")
    )


def _answer(results: SearchResults, words: Glossary) -> list[str]:
    best = results.mixes[results.mixes["front"]]
    first, second = (best.sort_values(m, kind="stable").iloc[0] for m in (RELAPSE, RELATIVE))
    robust = results.robustness.sort_values(f"worst_regret_{RELAPSE}", kind="stable").iloc[0]
    top = results.marginal[results.marginal["region"] == "all"].iloc[0]
    return [
        words.sentence(
            "search_answer",
            n=len(results.mixes),
            front=int(results.mixes["front"].sum()),
            relapse=words.value(RELAPSE, float(first[RELAPSE])),
            relative=words.value(RELATIVE, float(second[RELATIVE])),
            first=_in_words(first, results, words),
            second=_in_words(second, results, words),
        ),
        words.sentence(
            "search_robust",
            futures=results.manifest["futures"],
            mix=_mix(str(robust["mix"]), words),
            worst=words.difference(RELAPSE, float(robust[f"worst_regret_{RELAPSE}"])).lstrip("+"),
        ),
        words.sentence(
            "search_marginal",
            programme=words.title(str(top["programme"])),
            value=f"{top['falls_averted']:,.1f}",
            low=f"{top['ci_low']:,.1f}".replace("-", "\u2212"),
            high=f"{top['ci_high']:,.1f}".replace("-", "\u2212"),
        ),
    ]


def _in_words(row: Any, results: SearchResults, words: Glossary) -> str:
    """Return a mix as its programmes, largest first."""
    parts = sorted(((float(row[n]), n) for n in results.names if row[n] > 0), reverse=True)
    comma = "、" if words.language == "zh" else ", "
    return comma.join(f"{words.title(n)} {PERCENT * share:.0f} %" for share, n in parts)


def _mix(name: str, words: Glossary) -> str:
    number = name.removeprefix("mix_")
    return f"组合{number}" if words.language == "zh" else f"mix {number}"


def _chosen(results: SearchResults, words: Glossary) -> list[dict[str, Any]]:
    rows = []
    for row in results.manifest["chosen"]:
        cells = [f"{PERCENT * row[n]:.0f}" if row[n] > 0 else "–" for n in results.names]
        cells.append(f"{PERCENT * row['budget']:.0f} %")
        cells += [words.value(m, float(row[m])) for m in (RELAPSE, RELATIVE)]
        cells.append(f"{row[COST] / words.large:,.1f}")
        rows.append({"name": _mix(str(row["mix"]), words), "cells": cells})
    return rows


def _robustness(results: SearchResults, words: Glossary) -> list[dict[str, Any]]:
    titles = {f["name"]: f["title"] for f in results.manifest["factors"]}
    names = {name: str(told[words.language]) for name, told in titles.items()}
    rows = []
    for r in results.robustness.to_dict("records"):
        told = results.failures.get(str(r["mix"]))
        rows.append(
            {
                "name": _mix(str(r["mix"]), words),
                "cells": [
                    words.difference(m, float(r[f"worst_regret_{m}"])) for m in (RELAPSE, RELATIVE)
                ],
                "share": f"{PERCENT * r['satisficing_share']:.0f} %",
                "interval": f"{PERCENT * r['ci_low']:.0f} … {PERCENT * r['ci_high']:.0f} %",
                "fails": box_in_words(told, names, words),
            }
        )
    return rows


def _limits(results: SearchResults, words: Glossary) -> str:
    first = results.robustness.iloc[0]
    return words.sentence(
        "search_limits",
        futures=results.manifest["futures"],
        relapse=words.value(RELAPSE, float(first[f"limit_{RELAPSE}"])),
        relative=words.value(RELATIVE, float(first[f"limit_{RELATIVE}"])),
    )


def _marginal(results: SearchResults, words: Glossary) -> list[dict[str, Any]]:
    table = results.marginal
    rows = []
    for name in table["programme"].drop_duplicates():
        own = table[table["programme"] == name]
        cells = [
            {
                "text": f"{r['falls_averted']:,.1f}".replace("-", "\u2212"),
                "interval": f"{r['ci_low']:,.1f} … {r['ci_high']:,.1f}".replace("-", "\u2212"),
            }
            for r in own.to_dict("records")
        ]
        rows.append({"name": words.title(str(name)), "cells": cells})
    return rows
