"""The sign map: where leverage beats which arm, over additionality and the poor's job share."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.figure import Figure

from povsim.programmes.lever import Lever
from povsim.report.figures.style import WIDTH, plain_ticks, scale
from povsim.report.figures.sweep import draw_points, even_scale, palette
from povsim.report.results.claims import ASKED
from povsim.report.results.study import Results
from povsim.report.results.sweep import SweepResults
from povsim.report.results.trials import LEVERAGE, ahead, excludes_zero
from povsim.words.glossary import Glossary

Both = tuple[Results, SweepResults]
"""A study and its companion sweep over additionality and poor job share."""


def leverage_arm(results: Results) -> str | None:
    """Return the arm that gives most of its envelope to leverage; None if none gives any."""
    shares = {
        s: use["share"]
        for s in results.arms
        for use in results.timeline(s)
        if use["programme"] == LEVERAGE and use["share"] > 0.0
    }
    return max(shares, key=lambda s: shares[s]) if shares else None


def base_point(results: Results, sweep: SweepResults) -> list[float] | None:
    """Return the study's own values of the two factors, or None if it does not tell them."""
    arm = leverage_arm(results)
    uses = results.timeline(arm) if arm else []
    own: dict[str, Any] = next((u["settings"] for u in uses if u["programme"] == LEVERAGE), {})
    names = [Lever.parse(f.name).name for f in sweep.factors]
    return [float(own[n]) for n in names] if all(n in own for n in names) else None


def drawable(results: Results, sweep: SweepResults) -> bool:
    """Say whether the sweep is a map over two numbers, and the study has a leverage arm."""
    plane = len(sweep.factors) == 2 and not any(f.choices for f in sweep.factors)
    return plane and leverage_arm(results) in sweep.arms


def leverage_map(both: Both, words: Glossary) -> tuple[Figure, str] | None:
    """Draw leverage less each other arm at each point, a row for each outcome."""
    results, sweep = both
    if not drawable(results, sweep):
        return None
    measures = [m for m in ASKED if sweep.has(m)]
    arm = str(leverage_arm(results))
    others = [s for s in sweep.arms if s != arm]
    figure = Figure(figsize=(WIDTH, 3.3 * len(measures) + 0.4), layout="constrained")
    grid = figure.subplots(len(measures), len(others), squeeze=False, sharex=True, sharey=True)
    x, y = (sweep.design[f.name].to_numpy(dtype=float) for f in sweep.factors)
    for axes, measure in zip(grid, measures, strict=True):
        tables = [sweep.paired(measure, arm, s) for s in others]
        norm = even_scale([t["difference"].to_numpy() for t in tables], scale(measure))
        for axis, table, scenario in zip(axes, tables, others, strict=True):
            draw_points(axis, x, y, table, measure, norm)
            _mark_base(axis, base_point(results, sweep))
            against = words.word("against").format(baseline=words.title(scenario))
            axis.set_title(f"{words.measure(measure)}:\n{against}", fontsize=9.5)
        bar = figure.colorbar(ScalarMappable(norm, palette(measure)), ax=list(axes), shrink=0.85)
        bar.set_label(words.axis(measure, difference=True))
        plain_ticks(bar.ax, signed=True, most=5)
    across, up = (sweep.title(f.name, words.language) for f in sweep.factors)
    figure.supxlabel(across, fontsize=9.5)
    figure.supylabel(up, fontsize=9.5)
    return figure, " ".join(beaten(results, sweep, words))


def _mark_base(axis: Axes, point: list[float] | None) -> None:
    """Mark the values that the study itself has."""
    if point is not None:
        axis.plot(*point, marker="*", ms=17, color="#e6c229", mec="#1d2733", ls="", zorder=5)


def beaten(results: Results, sweep: SweepResults, words: Glossary) -> list[str]:
    """Return in words at how many points leverage beats each other arm, and how clearly."""
    arm = str(leverage_arm(results))
    said = []
    for measure in [m for m in ASKED if sweep.has(m)]:
        told = []
        for scenario in [s for s in sweep.arms if s != arm]:
            table = sweep.paired(measure, arm, scenario)
            wins = ahead(measure, table["difference"].to_numpy())
            sure = wins & excludes_zero(table)
            told.append(
                words.sentence(
                    "beats",
                    scenario=words.quoted(scenario),
                    wins=int(wins.sum()),
                    n=int(np.isfinite(table["difference"]).sum()),
                    clear=int(sure.sum()),
                )
            )
        said.append(
            words.sentence(
                "beats_on",
                leverage=words.quoted(arm),
                measure=words.inside(measure),
                told=words.joined(told, "clause"),
            )
        )
    return said
