"""The dated policy timeline: what each arm does, from when to when, and how it is withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from povsim.calendar import MONTHS, month_index
from povsim.programmes.lever import ENVELOPE
from povsim.programmes.scenario import Transition
from povsim.report.figures.style import PROGRAMMES, WIDTH
from povsim.report.results.study import Results
from povsim.report.sections.html_table import Grid, Line, cells
from povsim.words.glossary import Glossary
from povsim.words.typography import PERCENT, percent

Use = Mapping[str, Any]
BEFORE = -100 * MONTHS
"""A change that was turned for equal cost may have begun before the run."""


def timeline_table(results: Results, words: Glossary) -> Grid | None:
    """Return every arm's programmes with dates; what all arms share stands first, once."""
    by_arm = {s: _as_run(results, s) for s in results.arms}
    if not all(by_arm.values()):
        return None
    told = {s: {u["programme"]: _told(u, words) for u in uses} for s, uses in by_arm.items()}
    first = told[results.arms[0]]
    several = len(by_arm) > 1
    same = [n for n, row in first.items() if all(t.get(n) == row for t in told.values())]
    common = same if several else []
    blocks = [(words.word("all_arms"), {n: first[n] for n in common})] if several else []
    turned = {_heading(results, s, words) for s in told if results.turned(s) is not None}
    blocks += [
        (_heading(results, s, words), {n: r for n, r in rows.items() if n not in common})
        for s, rows in told.items()
    ]
    shown = [(title, rows or NOTHING) for title, rows in blocks if rows or title in turned]
    lines = [line for title, rows in shown for line in _block(title, rows, words)]
    heads = ("arm", "programmes", "in_force", "transition")
    return Grid(
        words.word("timeline_caption"),
        [words.word(w) for w in heads],
        lines,
        left=frozenset({1, 2, 3}),
        widths=(18.0, 42.0, 15.0, 25.0),
    )


def _as_run(results: Results, scenario: str) -> list[Use]:
    """Return the programmes of an arm with shares of the envelope as declared.

    Where the envelope was turned until costs were equal, an arm has more or less than one.
    """
    factor = results.money_factor(scenario)
    return [{**use, "share": factor * use["share"]} for use in results.timeline(scenario)]


def _heading(results: Results, scenario: str, words: Glossary) -> str:
    """Return an arm's title, and what was turned until it cost what the baseline costs."""
    title, turned = words.title(scenario), results.turned(scenario)
    if turned is None:
        return title
    key = "turned_envelope" if turned[0] == ENVELOPE else "turned_dial"
    return title + words.sentence(key, dial=turned[0], value=f"{turned[1]:.4g}")


Told = tuple[str, str, str]
"""Name with the part of the envelope, when it is in force, how it is withdrawn."""


NOTHING: Mapping[str, Told] = {"": ("–", "–", "–")}
"""The row of an arm that differs from others in nothing but what was turned."""


def _block(title: str, rows: Mapping[str, Told], words: Glossary) -> list[Line]:
    """Return the rows of one arm: programmes that share their dates stand in one row."""
    by_dates: dict[tuple[str, str], list[str]] = {}
    for name, force, change in rows.values():
        by_dates.setdefault((force, change), []).append(name)
    return [
        Line(words.joined(names), cells(dates), of=title if i == 0 else "", rows=len(by_dates))
        for i, (dates, names) in enumerate(by_dates.items())
    ]


def _told(use: Use, words: Glossary) -> Told:
    """Return name and share, dates and transition of one programme in words."""
    name = words.title(use["programme"])
    if use["share"] > 0.0:
        name += f" {percent(use['share'])}"
    if use.get("added"):
        name += words.sentence("added_money", yuan=f"{use['added']:,.0f}")
    if use["start"] and use["stop"]:
        force = f"{use['start']} – {use['stop']}"
    elif use["stop"]:
        force = words.sentence("until", date=use["stop"])
    else:
        force = words.sentence("since", date=use["start"]) if use["start"] else words.word("always")
    return name, force, _change(use, words)


def _change(use: Use, words: Glossary) -> str:
    """Return how a programme is withdrawn, in words."""
    if use["shape"] == "hold":
        return words.word("shape_hold")
    when = use["change_start"]
    if use["change_end"]:
        when = f"{when} – {use['change_end']}"
    return words.sentence(
        "transition_told",
        shape=words.word(f"shape_{use['shape']}"),
        when=when,
        left=percent(use["floor"]),
        announced=words.word("announced" if use["announced"] else "unannounced"),
    )


def timeline(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw, for each arm, the part of the first envelope that each programme still has.

    None where nothing changes with time: the table says it all then.
    """
    by_arm = {s: [u for u in _as_run(results, s) if u["share"] > 0] for s in results.arms}
    if not any(_moves(u) for uses in by_arm.values() for u in uses):
        return None
    months = np.arange(MONTHS * len(results.years) + 1)
    rows = (len(by_arm) + 1) // 2
    figure = Figure(figsize=(WIDTH, 1.15 * rows + 1.0), layout="constrained")
    axes = figure.subplots(rows, 2, squeeze=False, sharex=True, sharey=True)
    names = list(dict.fromkeys(u["programme"] for uses in by_arm.values() for u in uses))
    said = []
    for axis, (scenario, uses) in zip(axes.ravel(), by_arm.items(), strict=False):
        left = _strip(axis, uses, names, months, results.years[0], words)
        axis.set_title(words.title(scenario), fontsize=10)
        said.append(f"{words.title(scenario)} {left:.0f}%")
    most = max(sum(u["share"] for u in uses) for uses in by_arm.values())
    axes[0, 0].set_ylim(0, max(PERCENT, round(PERCENT * most, 6)))  # axes share it
    for axis in axes.ravel()[len(by_arm) :]:
        axis.set_axis_off()
    figure.supylabel(words.word("envelope_axis"), fontsize=9.5)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=4, fontsize=9.5)
    return figure, words.sentence(
        "timeline_alt", year=results.years[-1], arms=words.joined(said, "clause")
    )


def _moves(use: Use) -> bool:
    return use["shape"] != "hold" or bool(use["start"]) or bool(use["stop"])


def _strip(
    axis: Axes, uses: Sequence[Use], names: list[str], months: Any, first_year: int, words: Glossary
) -> float:
    """Draw one arm; return percent of the envelope that is in force at the end."""
    shares = {u["programme"]: PERCENT * u["share"] * strength(u, months) for u in uses}
    layers = [shares.get(name, np.zeros(len(months))) for name in names]
    looks = [PROGRAMMES[i % len(PROGRAMMES)] for i in range(len(names))]
    at = first_year + months / MONTHS
    for layer, under, (colour, hatch), name in zip(
        layers, np.cumsum([np.zeros(len(at)), *layers[:-1]], axis=0), looks, names, strict=True
    ):
        axis.fill_between(
            at, under, under + layer, facecolor=colour, hatch=hatch, edgecolor="white",
            linewidth=0.4, label=words.title(name),
        )  # fmt: skip
    axis.set_xlim(at[0], at[-1])
    axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axis.set_yticks([0, 50, 100])
    return float(sum(layer[-1] for layer in layers))


def strength(use: Use, months: Any) -> Any:
    """Return what is left of a programme in each month, as the model has it."""
    start = month_index(use["change_start"], BEFORE) if use["change_start"] else 0
    end = month_index(use["change_end"], BEFORE) if use["change_end"] else start
    change = Transition(use["shape"], float(start), float(end - start), use["floor"])
    begin = month_index(use["start"]) if use["start"] else 0
    stop = month_index(use["stop"]) if use["stop"] else np.inf
    left = np.array([change.strength(float(m)) for m in months])
    return np.where((months >= begin) & (months < stop), left, 0.0)
