"""Stress tests: each arm's outcomes in each bad time, and whether the ranking changes."""

from itertools import combinations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from povsim.report.figures.style import WIDTH, legend_above, mark, plain_ticks, scale
from povsim.report.results.claims import ASKED
from povsim.report.results.sweep import SweepResults
from povsim.report.results.trials import ahead, excludes_zero
from povsim.report.sections.html_table import Cell, Grid, Line, judged, same_widths
from povsim.words.glossary import Glossary, good

FACTOR = "stress"
CALM = "none"
SHOWN = (*ASKED, "absolute_poverty_rate", "mean_income")


def stresses(sweep: SweepResults) -> list[str]:
    """Return the stresses in the order of the design, the calm one first."""
    there = [str(s) for s in sweep.design[FACTOR]]
    return sorted(there, key=lambda s: s != CALM)


def outcomes(sweep: SweepResults) -> list[str]:
    """Return the outcomes that stress tests show."""
    return [m for m in SHOWN if len(sweep.rows(sweep.baseline, m))]


def levels(sweep: SweepResults, measure: str, scenario: str) -> dict[str, float]:
    """Return a scenario's level under each stress."""
    rows = sweep.rows(scenario, measure)
    values = rows.set_index("point")["value"].reindex(sweep.design["point"])
    return dict(zip(sweep.design[FACTOR].astype(str), values.astype(float), strict=True))


def stress_figure(sweep: SweepResults, words: Glossary) -> tuple[Figure, str] | None:
    """Draw every outcome's level by stress, an arm a line."""
    shown = outcomes(sweep)
    if not shown:
        return None
    rows = (len(shown) + 1) // 2
    figure = Figure(figsize=(WIDTH, 2.6 * rows + 0.6), layout="constrained")
    axes = figure.subplots(rows, 2, squeeze=False).ravel()
    for axis, measure in zip(axes, shown, strict=False):
        _panel(axis, sweep, words, measure)
    for axis in axes[len(shown) :]:
        axis.set_axis_off()
    legend_above(figure, axes[0], len(sweep.arms))
    return figure, words.paragraph(rankings(sweep, words))


def _panel(axis: Axes, sweep: SweepResults, words: Glossary, measure: str) -> None:
    """Draw one outcome."""
    names = stresses(sweep)
    for j, scenario in enumerate(sweep.arms):
        colour, marker, dashes = mark(scenario, sweep.arms)
        value = levels(sweep, measure, scenario)
        x = [i + 0.06 * (j - (len(sweep.arms) - 1) / 2) for i in range(len(names))]
        y = [value[n] * scale(measure) for n in names]
        axis.plot(x, y, color=colour, marker=marker, ls=dashes, lw=1.1, label=words.title(scenario))
    axis.set_xticks(range(len(names)), [words.choice(FACTOR, n) for n in names])
    axis.set_title(words.measure(measure))
    axis.set_ylabel(words.axis(measure))
    plain_ticks(axis, most=5)


def rankings(sweep: SweepResults, words: Glossary) -> list[str]:
    """Return, for each outcome asked for, under which stresses the order of arms changes."""
    said = []
    for measure in [m for m in ASKED if m in outcomes(sweep)]:
        turned = {s: turns(sweep, measure, s) for s in stresses(sweep) if s != CALM}
        clearly = [s for s, pairs in turned.items() if any(sure for *_, sure in pairs)]
        loosely = [s for s, pairs in turned.items() if pairs and s not in clearly]
        said.append(
            words.sentence(
                "ranking",
                measure=words.inside(measure),
                best=words.quoted(_best(sweep, measure, CALM)),
                told=_told(sweep, measure, turned, clearly, loosely, words),
            )
        )
    return said


Turn = tuple[str, str, bool]
"""Two arms whose order is turned, the one ahead under stress first, and whether that is clear."""


def turns(sweep: SweepResults, measure: str, stress: str) -> list[Turn]:
    """Return the pairs of arms whose order under a stress is another than in calm years.

    A turn is clear if the interval of the paired difference excludes zero both times.
    """
    at = [list(sweep.design[FACTOR].astype(str)).index(s) for s in (CALM, stress)]
    found = []
    for one, other in combinations(sweep.arms, 2):
        both = sweep.paired(measure, one, other).iloc[at]
        if not float(np.prod(both["difference"].to_numpy(dtype=float))) < 0.0:
            continue
        first = bool(ahead(measure, both["difference"].to_numpy())[1])
        pair = (one, other) if first else (other, one)
        found.append((*pair, bool(excludes_zero(both).all())))
    return found


def _best(sweep: SweepResults, measure: str, stress: str) -> str:
    values = {s: levels(sweep, measure, s)[stress] for s in sweep.arms}
    pick = max if good(measure) == "higher" else min
    return pick(values, key=lambda s: values[s])


def _told(
    sweep: SweepResults,
    measure: str,
    turned: dict[str, list[Turn]],
    clearly: list[str],
    loosely: list[str],
    words: Glossary,
) -> str:
    """Say which stresses turn the order, clearly or within the reach of luck."""
    if not clearly and not loosely:
        return words.sentence("ranking_same")
    said = []
    for stress in clearly:
        one, other = next((a, b) for a, b, sure in turned[stress] if sure)
        said.append(
            words.sentence(
                "ranking_turned",
                stress=words.choice(FACTOR, stress),
                one=words.quoted(one),
                other=words.quoted(other),
            )
        )
    if loosely:
        named = words.joined(words.choice(FACTOR, s) for s in loosely)
        said.append(words.sentence("ranking_luck", stresses=named))
    kept = all(_best(sweep, measure, s) == _best(sweep, measure, CALM) for s in turned)
    said.append(words.sentence("best_kept" if kept else "best_changes"))
    return words.joined(said, "clause")


def stress_tables(sweep: SweepResults, words: Glossary) -> list[Grid]:
    """Return, for each outcome asked for, levels of the baseline and differences by stress."""
    tables = []
    others = sweep.others
    for measure in [m for m in ASKED if m in outcomes(sweep)]:
        base = levels(sweep, measure, sweep.baseline)
        places = {str(s): i for i, s in enumerate(sweep.design[FACTOR])}
        lines = []
        for stress in stresses(sweep):
            row = [Cell(words.value(measure, base[stress]))]
            row += [
                judged(words, measure, sweep.rows(s, measure).iloc[places[stress]]) for s in others
            ]
            lines.append(Line(words.choice(FACTOR, stress), row))
        head = [words.word("stress_head"), words.title(sweep.baseline), *map(words.title, others)]
        caption = words.sentence(
            "stress_caption",
            measure=words.measure(measure),
            year=sweep.year,
            unit=words.unit(measure),
            difference=words.word("difference"),
        )
        tables.append(Grid(caption, head, lines, widths=same_widths(len(head))))
    return tables
