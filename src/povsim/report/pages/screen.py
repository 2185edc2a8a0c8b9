"""The same on the screen: outcomes by scenario, differences, cost residual, path of the report."""

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from povsim.report.results.study import Results, read
from povsim.report.sections.answer import cost_apart, verdict_count
from povsim.report.sections.money import residual_of
from povsim.report.sections.scorecards import EARLY
from povsim.words.glossary import Glossary, good, kind
from povsim.words.typography import PERCENT

MOST_COLUMNS = 5
"""Arms that stand side by side; of more, each has a row."""
NAME_WIDTH, CELL_WIDTH, FRAME = 23, 13, 3
"""Characters that a name and a number need on the screen with their frame, and the frame alone."""
NARROWEST = 40
"""Characters that a line has at least, whatever a terminal says of itself."""
LARGEST_CELL = 20
EXACT = 0.005
"""Cost residual, as a share, over which an arm is named."""
COST = "cost_per_relapse_averted"


def print_summary(
    study: str | Path | Results, language: str = "en", console: Console | None = None
) -> None:
    """Print the table of a finished study, named by its folder or read already."""
    results = study if isinstance(study, Results) else read(Path(study))
    console = console or Console()
    console.width = max(console.width, NARROWEST)
    words = Glossary(language, results.titles)
    if results.arms:
        many = len(results.arms) > MOST_COLUMNS
        console.print(_by_arm(results, words, console.width) if many else _table(results, words))
        if told := residual_line(results, words):
            console.print(told, highlight=False, markup=False, emoji=False)
        if told := cost_apart(results, words):
            console.print(told, highlight=False, markup=False, emoji=False)
    if told := verdict_count(results, words):
        console.print(told, markup=False, emoji=False)
    failed = int((results.runs["status"] != "ok").sum())
    if failed:
        said = words.word("failed").format(failed=failed, runs=len(results.runs))
        console.print(f"[red]{said}[/red]")


def residual_line(results: Results, words: Glossary) -> str:
    """Return how near costs are to the baseline's, with the arms that are not; one line."""
    off = results.manifest["cost_residual"]
    others = {s: r for s, r in off.items() if s != results.baseline}
    if not others:
        return ""
    near = [abs(r) for r in others.values() if abs(r) <= EXACT]
    apart = {s: r for s, r in others.items() if not abs(r) <= EXACT}
    said = []
    if near:
        within = f"{PERCENT * max(near):.2g}" if max(near) >= SHOWN else f"{PERCENT * SHOWN:g}"
        said.append(words.word("residual_within").format(percent=within))
    if apart:
        listed = words.joined(f"{words.title(s)} {residual_of(off, s)}" for s in apart)
        said.append(words.word("residual_apart").format(arms=listed) if near else listed)
    return words.labelled(words.word("residual"), words.joined(said, "clause"))


SHOWN = 1e-5
"""Least residual that is told, as a share."""


def _title(results: Results, words: Glossary) -> Text:
    title = str(results.manifest["title"].get(words.language, ""))
    return Text(words.joined([title, str(results.years[-1])], "part"))


def _called(words: Glossary, scenario: str) -> Text:
    """Return a scenario's title as it is written: no sign of it is markup."""
    return Text(words.title(scenario))


def _named(results: Results, words: Glossary, measure: str) -> Text:
    """Return a measure with its unit where it is money, and whom costs are held against."""
    name = words.measure(measure)
    more = []
    if kind(measure) in ("yuan", "yuan_total"):
        more.append(words.word("yuan" if kind(measure) == "yuan" else "large_yuan"))
    reference = results.manifest.get("reference")
    if measure == COST and reference:
        more.append(words.word("against_reference").format(reference=words.title(reference)))
    return Text(words.bracketed(name, words.joined(more)))


def _table(results: Results, words: Glossary) -> Table:
    """Return outcomes by row and arms by column, with intervals."""
    year = results.years[-1]
    table = Table(title=_title(results, words), title_justify="left")
    table.add_column(words.word("outcome"), overflow="fold", ratio=2)
    for scenario in (results.baseline, *results.others):
        table.add_column(_called(words, scenario), justify="right", overflow="fold")
    for measure in EARLY:
        base = results.effect(measure, results.baseline, year)
        if base is None:
            continue
        cells = [_cell(results, words, measure, scenario) for scenario in results.others]
        level = words.value(measure, float(base["value"]))
        table.add_row(_named(results, words, measure), level, *cells)
    return table


def _by_arm(results: Results, words: Glossary, width: int) -> Table:
    """Return arms by row and as many outcomes by column as the screen holds, without intervals."""
    year = results.years[-1]
    first = [*results.manifest.get("outcomes", ()), *EARLY]
    known = [
        m for m in dict.fromkeys(first) if results.effect(m, results.baseline, year) is not None
    ]
    shown = known[: min(MOST_COLUMNS, max(1, (width - NAME_WIDTH - 1) // CELL_WIDTH))]
    table = Table(
        title=_title(results, words),
        title_justify="left",
        caption=words.word("clear_mark"),
        caption_justify="left",
    )
    table.add_column(words.word("scenario"), overflow="fold", width=NAME_WIDTH - FRAME)
    cell = max(CELL_WIDTH, (width - NAME_WIDTH - 1) // max(1, len(shown)))
    own = min(cell, LARGEST_CELL) - FRAME
    for measure in shown:
        title = _named(results, words, measure)
        table.add_column(title, justify="right", overflow="fold", width=own)
    levels = _levels(results, words, shown)
    table.add_row(_called(words, results.baseline), *levels, end_section=True)
    for scenario in results.others:
        cells = [_cell(results, words, m, scenario, interval=False) for m in shown]
        table.add_row(_called(words, scenario), *cells)
    return table


def _levels(results: Results, words: Glossary, measures: list[str]) -> list[str]:
    """Return the baseline's own values of the last year."""
    rows = [(m, results.effect(m, results.baseline, results.years[-1])) for m in measures]
    return [words.value(m, float(row["value"])) for m, row in rows if row is not None]


def _cell(
    results: Results, words: Glossary, measure: str, scenario: str, interval: bool = True
) -> str:
    """Return a difference from the baseline, coloured where its interval excludes zero."""
    row = results.effect(measure, scenario, results.years[-1])
    if row is None:
        return "–"
    low, high = float(row["ci_low"]), float(row["ci_high"])
    text = words.difference(measure, float(row["difference"]), unit=interval)
    clear = low > 0 or high < 0
    if not interval and clear:
        text += "*"
    if clear:
        plain = {"none": "bold"}.get(good(measure))
        better = (low > 0) == (good(measure) == "higher")
        colour = plain or ("green" if better else "red")
        text = f"[{colour}]{text}[/{colour}]"
    if not interval:
        return text
    return f"{text}\n{words.interval(measure, low, high, unit=False)}"
