"""Robustness under structural alternatives: every headline under every account of behaviour."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from povsim.report.figures.style import SOFT, WIDTH, mark, plain_ticks, scale
from povsim.report.results.study import Results
from povsim.report.results.sweep import SweepResults
from povsim.report.results.trials import Trial, survival, trials
from povsim.report.sections.html_table import Cell, Grid, Line, judged, same_widths
from povsim.words.glossary import Glossary

Both = tuple[Results, SweepResults]
"""A study and the companion sweep over structures."""


def forest(both: Both, words: Glossary) -> tuple[Figure, str] | None:
    """Draw each headline's difference with its interval under each alternative."""
    results, sweep = both
    tried = trials(results, sweep)
    if not tried:
        return None
    rows = labels(results, sweep, words)
    figure = Figure(figsize=(WIDTH, 0.27 * len(rows) + 1.3), layout="constrained")
    axes = figure.subplots(1, len(tried), squeeze=False, sharey=True)[0]
    for axis, one in zip(axes, tried, strict=True):
        _panel(axis, one, words, mark(one.claim.best, results.arms)[0])
    axes[0].set_yticks(range(len(rows)), rows)
    axes[0].set_ylim(len(rows) - 0.4, -0.6)
    for label, default in zip(axes[0].get_yticklabels(), _defaults(results, sweep), strict=True):
        label.set_fontweight("bold" if default else "normal")
        label.set_fontsize(8.5)
    return figure, words.paragraph(survival(one, words) for one in tried)


def _panel(axis: Axes, tried: Trial, words: Glossary, colour: str) -> None:
    """Draw one headline: filled where the interval excludes zero, squares where it reverses."""
    times = scale(tried.claim.measure)
    measure, clear, holds = tried.claim.measure, tried.clear, tried.holds
    low, high = (tried.table[end].to_numpy(dtype=float) * times for end in ("ci_low", "ci_high"))
    for place, x in enumerate(tried.difference * times):
        axis.plot([low[place], high[place]], [place, place], color=colour, lw=1.2)
        axis.plot(
            x, place, marker="o" if holds[place] else "s", ms=6, color=colour,
            markerfacecolor=colour if clear[place] else "white",
        )  # fmt: skip
    axis.axvline(0.0, color="#333333", lw=1.0)
    pair = f"{words.title(tried.claim.best)} \u2212 {words.title(tried.claim.other)}"
    axis.set_title(f"{words.measure(measure)}:\n{pair}", fontsize=10.5)
    axis.set_xlabel(words.axis(measure, difference=True), color=SOFT)
    plain_ticks(axis, "x", signed=True, most=5)


def labels(results: Results, sweep: SweepResults, words: Glossary) -> list[str]:
    """Return the name of each alternative: its choices, the study's own marked."""
    names = [
        " · ".join(words.choice(f.name, str(row[f.name])) for f in sweep.factors)
        for row in sweep.design.to_dict("records")
    ]
    own = words.word("own_structure")
    defaults = _defaults(results, sweep)
    return [f"{n} {own}" if here else n for n, here in zip(names, defaults, strict=True)]


def _defaults(results: Results, sweep: SweepResults) -> list[bool]:
    """Return which alternative is the structure that the study itself has."""
    choices = results.manifest.get("choices", {})
    return [
        all(str(choices.get(f.name)) == str(row[f.name]) for f in sweep.factors)
        for row in sweep.design.to_dict("records")
    ]


def table(results: Results, sweep: SweepResults, words: Glossary) -> Grid | None:
    """Return difference and interval of each headline under each alternative."""
    tried = trials(results, sweep)
    if not tried:
        return None
    by = [t.table.to_dict("records") for t in tried]
    lines = [
        Line(name, [_cell(t, row, words) for t, row in zip(tried, rows, strict=True)])
        for name, *rows in zip(labels(results, sweep, words), *by, strict=True)
    ]
    counts = [
        Cell(words.sentence("sign_holds", holds=int(t.holds.sum()), n=t.points)) for t in tried
    ]
    head = [words.word("alternative"), *(_named(t, words) for t in tried)]
    caption = words.sentence(
        "alternatives_caption", year=sweep.year, seeds=len(sweep.manifest["seeds"])
    )
    foot = [Line(words.word("how_often"), counts)]
    return Grid(caption, head, lines, foot, widths=same_widths(len(head), 46.0))


def _cell(tried: Trial, row: dict[str, float], words: Glossary) -> Cell:
    return judged(words, tried.claim.measure, row)


def _named(tried: Trial, words: Glossary) -> str:
    pair = f"{words.title(tried.claim.best)} \u2212 {words.title(tried.claim.other)}"
    return words.labelled(words.measure(tried.claim.measure), pair)


def by_choice(results: Results, sweep: SweepResults, words: Glossary) -> Grid | None:
    """Return, for each choice of each switch, the mean difference and how often the sign holds."""
    tried = trials(results, sweep)
    if not tried:
        return None
    lines = []
    for factor in sweep.factors:
        title = sweep.title(factor.name, words.language)
        for i, choice in enumerate(factor.choices):
            here = (sweep.design[factor.name] == choice).to_numpy()
            row = [
                Cell(
                    words.difference(t.claim.measure, float(t.difference[here].mean())),
                    words.sentence("sign_holds", holds=int(t.holds[here].sum()), n=int(here.sum())),
                )
                for t in tried
            ]
            name = words.choice(factor.name, choice)
            of = title if i == 0 else ""
            lines.append(Line(name, row, of=of, rows=len(factor.choices)))
    head = [words.word("factor"), words.word("alternative"), *(_named(t, words) for t in tried)]
    return Grid(words.word("by_choice_caption"), head, lines)
