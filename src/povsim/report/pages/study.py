"""Write the report: one self-contained page from the files of a study."""

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from povsim.report.faults import Faults, page_in
from povsim.report.figures.drawing import as_written, embedded, render, titles_as_written
from povsim.report.figures.fonts import drawing_language
from povsim.report.figures.trajectories import BANDS
from povsim.report.pages.figures import draw_all
from povsim.report.pages.files import changes, write_page
from povsim.report.results.study import Results, read
from povsim.report.results.sweep import SweepResults
from povsim.report.results.trials import Damage, assumptions, read_checks
from povsim.report.sections.answer import details, lead
from povsim.report.sections.checks import check_sections, draw_checks
from povsim.report.sections.html_table import Cell, Grid, Line
from povsim.report.sections.money import balance, ledger
from povsim.report.sections.provenance import notes, provenance
from povsim.report.sections.scorecards import by_group, not_measured, scorecards
from povsim.report.sections.timeline import timeline_table
from povsim.report.sections.warning import operations, warning_finding
from povsim.words.glossary import Glossary
from povsim.words.typography import CODES


def write_report(
    study_dir: str | Path,
    language: str = "en",
    beside: Executor | None = None,
    results: Results | None = None,
) -> Path:
    """Draw the figures of a finished study and write its page.

    Parameters
    ----------
    study_dir : path
        Folder with the tables of the study, and with companion sweeps in ``checks`` if any.
    language : str
        ``en`` or ``zh``.
    beside : Executor, optional
        Another process, which draws some figures at the same time.
    results : Results, optional
        The study's tables, if they have been read already.

    Returns
    -------
    Path
        ``report.html`` in that folder; figures are beside it in ``figures``.
    """
    folder = Path(study_dir)
    results = results or read(folder)
    damage: Damage = {}
    with page_in(folder, language) as faults:
        checks = read_checks(folder, damage)
        words = Glossary(language, titles_as_written(results.titles))
        texts: dict[str, str] = {}
        if results.arms:
            figures = folder / "figures"
            texts = draw_all(results, figures, language, beside, faults)
            texts |= draw_checks(results, checks, figures, language, faults)
        page = render(
            "report.html.j2",
            language=CODES[language],
            w=words,
            results=results,
            manifest=results.manifest,
            texts=texts,
            images=embedded(folder / "figures", texts),
            title=results.manifest["title"].get(language, results.manifest["experiment"]),
            question=results.manifest["question"].get(language, ""),
            reading=results.manifest.get("reading", {}).get(language, ""),
            **_parts(results, checks, damage, words, faults),
            faults=faults,
            changed=[
                *changes(folder, results.manifest, language),
                *(t for s in checks.values() for t in changes(s.folder, s.manifest, language)),
            ],
        )
        path = write_page(folder, page)
    for damaged in damage.values():
        raise damaged
    return path


def _parts(
    results: Results,
    checks: dict[str, SweepResults],
    damage: Damage,
    words: Glossary,
    faults: Faults,
) -> dict[str, Any]:
    """Return what the page says by the name under which its template knows it."""
    small = words.word("many_note") if len(results.arms) > BANDS else ""
    makers: dict[str, Callable[[], Any]] = {
        "lead": lambda: lead(results, words, assumptions(results, checks, words)),
        "details": lambda: details(results, words),
        "scorecards": lambda: scorecards(results, words),
        "missing": lambda: not_measured(results, words),
        "timeline": lambda: timeline_table(results, words),
        "groups": lambda: by_group(results, words),
        "balance": lambda: balance(results, words),
        "ledger": lambda: ledger(results, words),
        "operations": lambda: operations(results, words),
        "warning_finding": lambda: warning_finding(results, words),
        "sections": lambda: check_sections(results, checks, words, faults, damage),
        "verdicts": lambda: _verdicts(results, words),
        "provenance": lambda: provenance(results.manifest, words),
        "failed": lambda: _failed(results, words),
        "cautions": lambda: [*notes(results.manifest, words), *_cautions(results, words)],
    }
    if not results.arms:
        makers |= {"lead": str, "details": list}
    made = {name: faults.section(name, make, "") for name, make in makers.items()}
    return made | {"level_note": words.paragraph([words.word("level_note"), small])}


def _verdicts(results: Results, words: Glossary) -> Grid | None:
    """Return the verdicts, misses first."""
    order = {"contradicted": 0, "inconclusive": 1, "matched": 2, "not_run": 3}
    table = results.verdicts.assign(verdict=results.judged)
    rows = sorted(table.to_dict("records"), key=lambda r: order[r["verdict"]])
    if not rows:
        return None
    head = [words.word(w) for w in ("hypothesis", "found", "verdict")]
    lines = [_verdict(row, words) for row in rows]
    return Grid(words.word("compared"), head, lines, widths=(64.0, 22.0, 14.0))


def _verdict(row: dict[Any, Any], words: Glossary) -> Line:
    """Return one expected sign beside what came out."""
    measure = str(row["measure"])
    interval = words.interval(measure, float(row["ci_low"]), float(row["ci_high"]), unit=False)
    return Line(
        as_written(str(row[f"statement_{words.language}"])),
        [
            Cell(words.change(measure, float(row["difference"])), interval),
            Cell(words.of("verdicts", row["verdict"]), kind=str(row["verdict"])),
        ],
        small=_compared(row, words),
    )


def _compared(row: dict[Any, Any], words: Glossary) -> str:
    """Return what a verdict compares: measure, place and the two scenarios."""
    parts = [words.measure(row["measure"])]
    parts += [words.of("groups", row["group"])] if row["group"] != "all" else []
    parts += [words.of("regions", row["region"])] if row["region"] != "all" else []
    parts.append(str(row["year"]))
    pair = f"{words.title(row['scenario'])} \u2212 {words.title(row['versus'])}"
    return words.labelled(words.joined(parts, "part"), pair)


def _cautions(results: Results, words: Glossary) -> list[str]:
    """Return what the reader should keep in mind."""
    small = results.small_groups
    national = (
        results.annual["measure"].eq("national_median_income").any()
        and "national" in str(results.manifest.get("population", "")).lower()
    )
    said = [
        words.sentence("caution_income"),
        words.sentence(
            "caution_median", source=words.sentence("median_rows" if national else "median_path")
        ),
        words.sentence("caution_assumed"),
        words.sentence("caution_intervals"),
    ]
    if small:
        groups = words.joined(words.of("groups", g) for g in small)
        said.insert(0, words.sentence("caution_small", groups=groups))
    if drawing_language(words.language) != words.language:
        said.append(words.word("font_note"))
    return said


def _failed(results: Results, words: Glossary) -> list[str]:
    """Return each failed run with its error, in a line."""
    bad = results.runs[results.runs["status"] != "ok"]
    seed = words.word("seed")
    return [
        words.labelled(words.joined([str(r.scenario), f"{seed} {r.seed}"], "part"), str(r.error))
        for r in bad.itertuples()
    ]
