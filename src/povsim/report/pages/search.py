"""Write the report of a search: fronts, robustness, the next ten million yuan."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from povsim.report.faults import Faults, page_in
from povsim.report.figures.drawing import draw_figures, embedded, render
from povsim.report.figures.style import SOFT, WIDTH
from povsim.report.pages.files import changes, write_page
from povsim.report.pages.sweep import box_in_words
from povsim.report.results.reading import need_files, read_csv, read_json
from povsim.report.sections.html_table import Cell, Grid, Line, cells, judgement, same_widths
from povsim.report.sections.provenance import notes, provenance
from povsim.words.glossary import Glossary
from povsim.words.typography import CODES, PERCENT, percent, signless_zero

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
    need_files(folder, FILES, "search")
    return SearchResults(
        mixes=read_csv(folder / "mixes.csv", [RELAPSE, RELATIVE, COST, "front"]),
        robustness=read_csv(folder / "robustness.csv", ["mix", "satisficing_share"]),
        marginal=read_csv(folder / "marginal.csv", ["programme", "region", "falls_averted"]),
        failures=read_json(folder / "failures.json"),
        manifest=read_json(folder / "manifest.json", ("programmes", "chosen", "factors", "seeds")),
    )


def write_search_report(folder: str | Path, language: str = "en") -> Path:
    """Draw the figures of a finished search and write its page; return the page's path."""
    folder = Path(folder)
    results = read_search(folder)
    titles = results.manifest["programmes"]
    words = Glossary(language, titles)
    makers = {"front": front, "marginal": marginal}
    with page_in(folder, language) as faults:
        texts = draw_figures(makers, results, titles, folder / "figures", language, faults)
        page = render(
            "search.html.j2",
            language=CODES[language],
            w=words,
            manifest=results.manifest,
            texts=texts,
            images=embedded(folder / "figures", texts),
            marginal_note=words.sentence("marginal_note"),
            **_parts(results, words, faults),
            faults=faults,
            changed=changes(folder, results.manifest, language),
        )
        return write_page(folder, page)


def _parts(results: SearchResults, words: Glossary, faults: Faults) -> dict[str, Any]:
    """Return what the page says by the name under which its template knows it."""
    cautions = ("caution_ranges", "caution_income", "caution_assumed", "caution_luck")
    makers: dict[str, Callable[[], Any]] = {
        "lead": lambda: words.paragraph(_answer(results, words)),
        "chosen": lambda: _chosen(results, words),
        "robustness": lambda: _robustness(results, words),
        "marginal": lambda: _marginal(results, words),
        "factors": lambda: _factors(results, words),
        "cautions": lambda: [*notes(results.manifest, words), *map(words.sentence, cautions)],
        "provenance": lambda: provenance(results.manifest, words),
    }
    return {name: faults.section(name, make, "") for name, make in makers.items()}


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
    axis.set_xlabel(words.bracketed(words.measure(RELAPSE), "%"))
    axis.set_ylabel(words.bracketed(words.measure(RELATIVE), "%"))
    bar = figure.colorbar(dots, ax=axis)
    bar.set_label(words.joined([words.word("outlay"), words.word("large_yuan")], "part"))
    best = m[on].sort_values(RELAPSE, kind="stable").iloc[0]
    levels = [f"{words.measure(k)} {words.value(k, float(best[k]))}" for k in (RELAPSE, RELATIVE)]
    return figure, words.paragraph([words.word("front_note"), words.joined(levels)])


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
    told = (
        f"{words.title(str(r['programme']))} {_persons(r['falls_averted'])}"
        for r in said.to_dict("records")
    )
    return figure, words.joined(told, "clause")


def _answer(results: SearchResults, words: Glossary) -> list[str]:
    """Return which mixes lead, which to regret least, and where the next yuan does most."""
    best = results.mixes[results.mixes["front"]]
    first, second = (best.sort_values(m, kind="stable").iloc[0] for m in (RELAPSE, RELATIVE))
    robust = results.robustness.sort_values(f"worst_regret_{RELAPSE}", kind="stable").iloc[0]
    worst = words.difference(RELAPSE, float(robust[f"worst_regret_{RELAPSE}"])).lstrip("+")
    same = all(first[n] == second[n] for n in results.names)
    return [
        words.sentence(
            "search_answer_one" if same else "search_answer",
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
            worst=worst,
        ),
        _next_money(results, words),
    ]


def _next_money(results: SearchResults, words: Glossary) -> str:
    """Return where ten million yuan more do most, and from what that cannot be told apart."""
    whole = results.marginal[results.marginal["region"] == "all"]
    rows = whole.sort_values("falls_averted", ascending=False, kind="stable").to_dict("records")
    top = rows[0]
    clear = [r for r in rows if r["ci_low"] > 0.0 or r["ci_high"] < 0.0]
    key = "search_marginal" if top in clear else "search_marginal_unclear"
    return words.sentence(
        key,
        programme=words.quoted(str(top["programme"])),
        value=_persons(top["falls_averted"]),
        low=_persons(top["ci_low"]),
        high=_persons(top["ci_high"]),
        n=len(rows),
        clear=len(clear),
    )


def _persons(number: float) -> str:
    """Return persons kept from falling, with a proper minus sign."""
    return signless_zero(f"{number:,.1f}")


def _in_words(row: Any, results: SearchResults, words: Glossary) -> str:
    """Return a mix as its programmes, largest first."""
    parts = sorted(((float(row[n]), n) for n in results.names if row[n] > 0), reverse=True)
    return words.joined(f"{words.title(n)} {percent(share)}" for share, n in parts)


def _mix(name: str, words: Glossary) -> str:
    """Return the name of a mix, which is never broken over two lines."""
    return words.sentence("mix_named", number=name.removeprefix("mix_"))


def _chosen(results: SearchResults, words: Glossary) -> Grid:
    """Return the mixes that were looked at: shares of the money, and what they reach."""
    lines = []
    for row in results.manifest["chosen"]:
        texts = [percent(row[n]) if row[n] > 0 else "–" for n in results.names]
        texts.append(percent(row["budget"]))
        texts += [words.value(m, float(row[m])) for m in (RELAPSE, RELATIVE)]
        texts.append(f"{row[COST] / words.large:,.1f}")
        lines.append(Line(_mix(str(row["mix"]), words), cells(texts)))
    head = [words.word("mix"), *map(words.title, results.names), words.word("budget")]
    head += [words.measure(RELAPSE), words.measure(RELATIVE)]
    head.append(words.bracketed(words.word("outlay"), words.word("large_yuan")))
    return Grid(words.word("chosen_caption"), head, lines)


def _robustness(results: SearchResults, words: Glossary) -> Grid:
    """Return each mix's worst regret, how often it does well, and when it fails."""
    names = {f["name"]: str(f["title"][words.language]) for f in results.manifest["factors"]}
    lines = []
    for r in results.robustness.to_dict("records"):
        worst = [words.difference(m, float(r[f"worst_regret_{m}"])) for m in (RELAPSE, RELATIVE)]
        low, high = (percent(float(r[end])) for end in ("ci_low", "ci_high"))
        share = Cell(percent(r["satisficing_share"]), f"{low} … {high}")
        fails = Cell(box_in_words(results.failures.get(str(r["mix"])), names, words))
        lines.append(Line(_mix(str(r["mix"]), words), [*cells(worst), share, fails]))
    regret = words.word("worst_regret")
    head = [
        words.word("mix"),
        *(words.labelled(regret, words.measure(m)) for m in (RELAPSE, RELATIVE)),
        words.word("satisficing"),
        words.word("when_it_fails"),
    ]
    left, widths = frozenset({4}), (9.0, 15.0, 15.0, 17.0, 44.0)
    return Grid(_limits(results, words), head, lines, left=left, widths=widths)


def _limits(results: SearchResults, words: Glossary) -> str:
    first = results.robustness.iloc[0]
    return words.sentence(
        "search_limits",
        futures=results.manifest["futures"],
        relapse=words.value(RELAPSE, float(first[f"limit_{RELAPSE}"])),
        relative=words.value(RELATIVE, float(first[f"limit_{RELATIVE}"])),
    )


def _marginal(results: SearchResults, words: Glossary) -> Grid:
    """Return what ten million yuan more avert, by programme and kind of county."""
    table = results.marginal
    lines = []
    for name in table["programme"].drop_duplicates():
        row = [_averted(r) for r in table[table["programme"] == name].to_dict("records")]
        lines.append(Line(words.title(str(name)), row))
    regions = [words.of("regions", str(r)) for r in table["region"].drop_duplicates()]
    head = [words.word("programme"), *regions]
    return Grid(words.word("marginal_caption"), head, lines, widths=same_widths(len(head)))


def _averted(row: dict[Any, Any]) -> Cell:
    """Return persons kept from falling; more is better, an interval with zero is unclear."""
    low, high = float(row["ci_low"]), float(row["ci_high"])
    kind = judgement("mean_income", float(row["falls_averted"]), low, high)
    return Cell(_persons(row["falls_averted"]), f"{_persons(low)} … {_persons(high)}", kind)


def _factors(results: SearchResults, words: Glossary) -> Grid:
    """Return over what the futures differ."""
    lines = [
        Line(
            str(f["title"][words.language]),
            cells([f"{f['low']:g} – {f['high']:g}"]),
            code=str(f["name"]),
        )
        for f in results.manifest["factors"]
    ]
    caption = words.sentence("futures_caption", futures=results.manifest["futures"])
    head = [words.word("factor"), words.word("range")]
    return Grid(caption, head, lines, left=frozenset({1}), widths=(62.0, 38.0))
