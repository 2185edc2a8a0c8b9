"""The same on the screen: outcomes by scenario, differences, cost residual, path of the report."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from povsim.report.accounts import residual_of
from povsim.report.glossary import Glossary, good
from povsim.report.scorecards import EARLY
from povsim.report.story import cost_apart, verdict_count
from povsim.report.tables import Results, read


def print_summary(
    study: str | Path | Results, language: str = "en", console: Console | None = None
) -> None:
    """Print the table of a finished study, named by its folder or read already."""
    results = study if isinstance(study, Results) else read(Path(study))
    console = console or Console()
    words = Glossary(language, results.titles)
    if results.arms:
        console.print(_table(results, words))
        off = results.manifest["cost_residual"]
        residual = words.joined(f"{words.title(s)} {residual_of(off, s)}" for s in off)
        console.print(f"{words.word('residual')}: {residual}")
        if told := cost_apart(results, words):
            console.print(told)
    if told := verdict_count(results, words):
        console.print(told)
    failed = int((results.runs["status"] != "ok").sum())
    if failed:
        said = words.word("failed").format(failed=failed, runs=len(results.runs))
        console.print(f"[red]{said}[/red]")


def _table(results: Results, words: Glossary) -> Table:
    year = results.years[-1]
    table = Table(
        title=f"{results.manifest['title'].get(words.language, '')}, {year}", title_justify="left"
    )
    table.add_column(words.word("outcome"), overflow="fold", ratio=2)
    table.add_column(words.title(results.baseline), justify="right")
    others = results.others
    for scenario in others:
        table.add_column(words.title(scenario), justify="right")
    for measure in EARLY:
        base = results.effect(measure, results.baseline, year)
        if base is None:
            continue
        cells = []
        for scenario in others:
            row = results.effect(measure, scenario, year)
            if row is None:
                cells.append("–")
                continue
            low, high = float(row["ci_low"]), float(row["ci_high"])
            colour = ""
            if low > 0 or high < 0:
                up_is_good = good(measure) == "higher"
                colour = {"none": "bold"}.get(
                    good(measure), "green" if (low > 0) == up_is_good else "red"
                )
            text = words.difference(measure, float(row["difference"]))
            span = f"\n{words.interval(measure, low, high, unit=False)}"
            cells.append(f"[{colour}]{text}[/{colour}]{span}" if colour else f"{text}{span}")
        table.add_row(words.measure(measure), words.value(measure, float(base["value"])), *cells)
    return table
