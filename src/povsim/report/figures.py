"""Draw the figures of a study: one style, one colour and mark for each scenario everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from scipy.stats import t as student

from povsim.ledger import FISCAL_SOURCES
from povsim.report.fonts import chinese_font, drawing_language
from povsim.report.glossary import PERCENT, Glossary, good, kind
from povsim.report.tables import Results, money

MARKS: dict[str, tuple[str, str, Any]] = {
    "hold": ("#4d4d4d", "o", "-"),
    "direct_transfers": ("#0b62a4", "s", "--"),
    "fiscal_leverage": ("#d95f02", "^", "-."),
    "mixed": ("#1b7f4b", "D", ":"),
    "entitlements_only": ("#7a3b8f", "v", (0, (1, 1))),
}
MORE = [
    ("#8c510a", "P", "-"),
    ("#c51b7d", "X", "--"),
    ("#01665e", "*", "-."),
    ("#762a83", "h", ":"),
]
TRAJECTORIES = (
    "relapse_rate",
    "new_poverty_rate",
    "consumption_poverty_rate",
    "relative_poverty_rate_50",
    "mean_income",
    "policy_income_share",
)
SOURCES = ("income_wage", "income_business", "income_property", "income_transfer")
SHADES = ("#2b5c8a", "#7fb069", "#e6c229", "#c8553d")
HATCHES = ("", "//", "..", "xx")
GROUPS = ("G1", "G2", "G3", "G4", "GX", "G0")
CLASSES = ("deep_poverty", "other_lifted", "ordinary")
USES = (
    "received_by_households",
    "invested",
    "medical_providers",
    "fund_balance",
    "administration",
    "leakage",
    "guarantee_loss",
    "interest",
    "unspent",
)
USE_COLOURS = (
    "#0b62a4",
    "#d95f02",
    "#1b7f4b",
    "#a6a6a6",
    "#c9a227",
    "#b2182b",
    "#762a83",
    "#4d4d4d",
    "#dddddd",
)
STYLE = {
    "font.size": 10.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.5,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "svg.fonttype": "path",
    "axes.unicode_minus": False,
    "svg.hashsalt": "povsim",
}


def mark(scenario: str, arms: list[str]) -> tuple[str, str, Any]:
    """Return colour, marker and line of a scenario."""
    if scenario in MARKS:
        return MARKS[scenario]
    return MORE[arms.index(scenario) % len(MORE)]


def draw_all(results: Results, folder: Path, language: str) -> dict[str, str]:
    """Draw every figure as PNG and SVG; return alternative texts by figure name."""
    folder.mkdir(parents=True, exist_ok=True)
    speech = drawing_language(language)
    words = Glossary(speech, {**results.manifest["scenarios"], **results.manifest["programmes"]})
    family = [f for f in (chinese_font() if speech == "zh" else None, "DejaVu Sans") if f]
    drawn: dict[str, str] = {}
    with mpl.rc_context({**STYLE, "font.family": family}):
        makers: dict[str, Callable[[Results, Glossary], tuple[Figure, str] | None]] = {
            "trajectories": trajectories,
            "winners": winners,
            "income": income_by_source,
            "money": where_money_went,
            "causes": causes,
        }
        for name, make in makers.items():
            made = make(results, words)
            if made is None:
                continue
            figure, text = made
            figure.savefig(folder / f"{name}.png", dpi=130)
            figure.set_layout_engine("none")  # the layout is settled; do not solve it again
            figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
            drawn[name] = text
    return drawn


def _bands(results: Results, measure: str, scenario: str) -> pd.DataFrame:
    """Return mean and half width of the 95 % interval over seeds, by year."""
    a = results.annual
    rows = a[
        (a["measure"] == measure)
        & (a["scenario"] == scenario)
        & (a["group"] == "all")
        & (a["region"] == "all")
    ]
    by = rows.groupby("year")["value"].agg(["mean", "std", "size"])
    reach = student.ppf(0.975, np.maximum(by["size"] - 1, 1)) * by["std"] / np.sqrt(by["size"])
    by["reach"] = reach.fillna(0.0)
    return by


def _scale(measure: str) -> float:
    return PERCENT if kind(measure) == "share" else 1.0


def trajectories(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw main outcomes by year and scenario with bands over seeds."""
    shown = [m for m in TRAJECTORIES if (results.annual["measure"] == m).any()]
    figure = Figure(figsize=(11.5, 6.8), layout="constrained")
    axes = figure.subplots(2, 3, squeeze=False).ravel()
    handles: list[Any] = []
    for axis, measure in zip(axes, shown, strict=False):
        scale = _scale(measure)
        handles = []
        for scenario in results.arms:
            colour, marker, line = mark(scenario, results.arms)
            by = _bands(results, measure, scenario)
            years = by.index.to_numpy()
            mean, reach = by["mean"].to_numpy() * scale, by["reach"].to_numpy() * scale
            axis.fill_between(years, mean - reach, mean + reach, color=colour, alpha=0.15, lw=0)
            (drawn,) = axis.plot(
                years,
                mean,
                color=colour,
                marker=marker,
                ls=line,
                ms=4.5,
                lw=1.8,
                label=words.title(scenario),
            )
            handles.append(drawn)
        axis.set_title(words.measure(measure))
        share = kind(measure) == "share"
        axis.set_ylabel(
            words.word("share_axis")
            if share and measure != "policy_income_share"
            else ("%" if share else words.word("yuan_axis"))
        )
        axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axis.yaxis.set_major_formatter(
            FuncFormatter(lambda v, _: f"{v:,.0f}" if v >= 100 else f"{v:g}")
        )
        if measure != "mean_income":
            axis.set_ylim(bottom=0)
        note = {"lower": "lower_is_better", "higher": "higher_is_better"}.get(good(measure))
        if note:
            axis.text(
                0.99,
                0.98,
                words.word(note),
                transform=axis.transAxes,
                ha="right",
                va="top",
                fontsize=8.5,
                color="#666666",
            )
    for axis in axes[len(shown) :]:
        axis.set_visible(False)
    figure.legend(
        handles=handles, loc="outside upper center", ncols=max(len(handles), 1), fontsize=11
    )
    last = results.years[-1]
    parts = [
        f"{words.measure(m)} {last}: "
        + ", ".join(
            f"{words.title(s)} {words.value(m, float(_bands(results, m, s)['mean'].iloc[-1]))}"
            for s in results.arms
        )
        for m in shown
    ]
    return figure, "; ".join(parts)


def winners(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw differences from the baseline by group and county class in the last year."""
    arms = [s for s in results.arms if s != results.baseline]
    if not arms:
        return None
    year = results.years[-1]
    rows = [("group", g) for g in GROUPS] + [("region", c) for c in CLASSES]
    e = results.effects
    rows = [(k, v) for k, v in rows if ((e[k] == v) & (e["year"] == year)).any()]
    figure = Figure(figsize=(11.5, 0.52 * len(rows) + 2.2), layout="constrained")
    axes = figure.subplots(1, 2, sharey=True)
    said: list[str] = []
    for axis, measure, label in (
        (axes[0], "mean_income", "yuan_diff_axis"),
        (axes[1], "relative_poverty_rate_50", "pp_axis"),
    ):
        scale = _scale(measure)
        for j, scenario in enumerate(arms):
            colour, marker, _ = mark(scenario, results.arms)
            for i, (key, name) in enumerate(rows):
                row = results.effect(measure, scenario, year, **{key: name})
                if row is None:
                    continue
                y = i + (j - (len(arms) - 1) / 2) * 0.24
                low, high = row["ci_low"] * scale, row["ci_high"] * scale
                if np.isfinite(low):
                    axis.plot([low, high], [y, y], color=colour, lw=1.6)
                axis.plot(
                    row["difference"] * scale,
                    y,
                    marker=marker,
                    color=colour,
                    ms=6,
                    ls="",
                    label=words.title(scenario) if i == 0 else None,
                )
                if name in ("G1", "deep_poverty"):
                    said.append(
                        f"{words.measure(measure)}, {name}, {words.title(scenario)}: "
                        f"{words.difference(measure, float(row['difference']))}"
                    )
        axis.axvline(0, color="#333333", lw=1)
        axis.set_title(f"{words.measure(measure)}, {year}")
        axis.set_xlabel(words.word(label))
        axis.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:+,.4g}" if v else "0"))
        axis.xaxis.set_major_locator(MaxNLocator(nbins=6))
    axes[0].set_yticks(
        range(len(rows)), [words.of("groups" if k == "group" else "regions", v) for k, v in rows]
    )
    axes[0].set_ylim(len(rows) - 0.4, -0.6)
    split = sum(k == "group" for k, _ in rows) - 0.5
    for axis in axes:
        axis.axhline(split, color="#999999", lw=0.8, ls=":")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), fontsize=11)
    return figure, "; ".join(said)


def income_by_source(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw income by source, stacked, for everybody and for registered households."""
    year = results.years[-1]
    groups = [
        g
        for g in ("all", "registered")
        if results.effect(SOURCES[0], results.arms[0], year, g) is not None
    ]
    figure = Figure(figsize=(11.5, 0.5 * len(results.arms) + 2.4), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, len(groups), sharey=True))
    said: list[str] = []
    for axis, group in zip(axes, groups, strict=True):
        for i, scenario in enumerate(results.arms):
            left = 0.0
            for source, shade, hatch in zip(SOURCES, SHADES, HATCHES, strict=True):
                row = results.effect(source, scenario, year, group)
                value = 0.0 if row is None else float(row["value"])
                axis.barh(
                    i,
                    value,
                    left=left,
                    color=shade,
                    hatch=hatch,
                    edgecolor="white",
                    height=0.66,
                    label=words.measure(source) if i == 0 else None,
                )
                if value > 1200:
                    axis.text(
                        left + value / 2,
                        i,
                        f"{value:,.0f}",
                        ha="center",
                        va="center",
                        fontsize=9,
                        color="white" if shade != "#e6c229" else "black",
                        bbox={"facecolor": shade, "edgecolor": "none", "pad": 1.2},
                    )
                left += value
            said.append(f"{words.of('groups', group)}, {words.title(scenario)}: {left:,.0f}")
            axis.text(left, i, f" {left:,.0f}", va="center", fontsize=9.5)
        axis.set_title(f"{words.of('groups', group)}, {year}")
        axis.set_xlabel(words.word("yuan_axis"))
        axis.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
        axis.margins(x=0.12)
    axes[0].set_yticks(range(len(results.arms)), [words.title(s) for s in results.arms])
    axes[0].invert_yaxis()
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels))
    return figure, "; ".join(said)


def where_money_went(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw fiscal money by use, with private money beside it, hatched."""
    table = money(results)
    if table.empty:
        return None
    kinds = {
        True: table[table["source"].isin(FISCAL_SOURCES)],
        False: table[table["source"] == "private_investors"],
    }
    figure = Figure(figsize=(11.5, 0.72 * len(results.arms) + 2.6), layout="constrained")
    axis = figure.subplots()
    said: list[str] = []
    seen: set[str] = set()
    for i, scenario in enumerate(results.arms):
        for fiscal, part in kinds.items():
            y = i - 0.17 if fiscal else i + 0.27
            left = 0.0
            by_use = part[part["scenario"] == scenario].groupby("use")["billion"].sum()
            for use, colour in zip(USES, USE_COLOURS, strict=True):
                value = float(by_use.get(use, 0.0))
                if value <= 0:
                    continue
                axis.barh(
                    y,
                    value,
                    left=left,
                    height=0.46 if fiscal else 0.2,
                    color=colour,
                    edgecolor="white",
                    hatch=None if fiscal else "///",
                    label=words.of("uses", use) if fiscal and use not in seen else None,
                )
                seen.add(use) if fiscal else None
                left += value
            if left > 0:
                name = words.word("fiscal" if fiscal else "private")
                axis.text(left, y, f" {name} {left:,.0f}", va="center", fontsize=9)
                said.append(f"{words.title(scenario)}, {name}: {left:,.0f}")
    axis.set_yticks(range(len(results.arms)), [words.title(s) for s in results.arms])
    axis.invert_yaxis()
    axis.margins(x=0.12)
    axis.set_xlabel(words.word("billion_axis"))
    axis.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
    figure.legend(loc="outside upper center", ncols=4)
    return figure, "; ".join(said)


def causes(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw the causes of falls, mean over years, by scenario."""
    a = results.annual
    rows = a[a["measure"].str.startswith("falls_by_cause_")]
    if rows.empty:
        return None
    by = rows.groupby(["measure", "scenario"])["value"].mean().unstack()[results.arms] * PERCENT
    by = by[by.max(axis=1) > 0.05].sort_values(results.baseline, ascending=False)
    figure = Figure(figsize=(9.5, 0.55 * len(by) + 1.8), layout="constrained")
    axis = figure.subplots()
    for j, scenario in enumerate(results.arms):
        colour, marker, _ = mark(scenario, results.arms)
        y = np.arange(len(by)) + (j - (len(results.arms) - 1) / 2) * 0.16
        axis.hlines(y, 0, by[scenario], color=colour, lw=1.4)
        axis.plot(
            by[scenario], y, marker=marker, color=colour, ls="", ms=6, label=words.title(scenario)
        )
    axis.set_yticks(range(len(by)), [words.measure(m) for m in by.index])
    axis.set_ylim(len(by) - 0.4, -0.6)
    axis.set_xlim(left=0)
    axis.set_xlabel(words.word("cause_axis"))
    figure.legend(loc="outside upper center", ncols=len(results.arms))
    first = by.index[0]
    return figure, "; ".join(
        f"{words.measure(m)} {by.loc[m, results.baseline]:.0f} %" for m in by.index
    ) or str(first)
