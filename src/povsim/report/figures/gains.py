"""Who gains and who loses: differences from the baseline by group and by kind of county."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from povsim.report.figures.style import WIDTH, in_legend, legend_above, mark, plain_ticks, scale
from povsim.report.results.study import CLASSES, GROUPS, Results
from povsim.words.glossary import Glossary

MEASURES = ("mean_income", "relative_poverty_rate_50")
Row = tuple[str, str]
"""The column (group or region) and the value in it that name a part of the population."""


def gains(results: Results, words: Glossary) -> tuple[Figure, str] | None:
    """Draw differences in the last year with 95 % intervals, a row for each part."""
    others = results.others
    year = results.years[-1]
    rows: list[Row] = [("group", g) for g in (*GROUPS, "registered")]
    rows += [("region", c) for c in CLASSES]
    rows = [(k, v) for k, v in rows if results.known(year, **{k: v})]
    if not others or not rows:
        return None
    figure = Figure(figsize=(WIDTH, 0.52 * len(rows) + 1.6), layout="constrained")
    axes = figure.subplots(1, len(MEASURES), sharey=True)
    said = [
        _panel(axis, results, words, measure, rows, others)
        for axis, measure in zip(axes, MEASURES, strict=True)
    ]
    axes[0].set_yticks(range(len(rows)), [part_label(results, words, *row) for row in rows])
    axes[0].set_ylim(len(rows) - 0.4, -0.6)
    legend_above(figure, axes[0], len(others))
    return figure, words.joined(said, "clause")


def part_label(results: Results, words: Glossary, key: str, name: str) -> str:
    """Return the name of a part of the population, with a dagger if it has few rows."""
    label = words.of("groups" if key == "group" else "regions", name)
    return f"{label} †" if name in results.small_groups else label


def _panel(
    axis: Axes, results: Results, words: Glossary, measure: str, rows: list[Row], others: list[str]
) -> str:
    """Draw one measure; return its differences in words."""
    said = []
    for place, (key, name) in enumerate(rows):
        for j, scenario in enumerate(others):
            found = results.effect(measure, scenario, results.years[-1], **{key: name})
            if found is None:
                continue
            y = place + (j - (len(others) - 1) / 2) * min(0.24, 0.7 / len(others))
            colour, marker, _ = mark(scenario, results.arms)
            times = scale(measure)
            axis.plot(
                [found["ci_low"] * times, found["ci_high"] * times], [y, y], color=colour, lw=2
            )
            label = in_legend(words.title(scenario)) if place == 0 else None
            middle = found["difference"] * times
            axis.plot(middle, y, marker=marker, color=colour, ms=6.5, ls="", label=label)
            said.append(
                f"{words.of('groups' if key == 'group' else 'regions', name)} "
                f"{words.title(scenario)} {words.change(measure, float(found['difference']))}"
            )
    axis.axvline(0, color="#333333", lw=1)
    axis.axhline(sum(key == "group" for key, _ in rows) - 0.5, color="#888888", lw=0.9, ls=":")
    axis.set_title(words.joined([words.measure(measure), str(results.years[-1])], "part"))
    axis.set_xlabel(words.word("pp_axis" if times_percent(measure) else "yuan_diff_axis"))
    plain_ticks(axis, "x", signed=True)
    return words.labelled(f"{words.measure(measure)} {results.years[-1]}", words.joined(said))


def times_percent(measure: str) -> bool:
    """Say whether a measure is a share, drawn in percent."""
    return scale(measure) != 1.0
