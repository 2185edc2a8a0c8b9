"""``povsim run`` and ``povsim report``: run a study, show it, draw it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from rich.console import Console

from povsim.cli.arguments import Arguments
from povsim.config import Request, compose
from povsim.errors import RunsFailedError, UserError, said
from povsim.machine.processes import import_there, one_beside, undisturbed, without_main
from povsim.machine.text_files import path_of
from povsim.words.texts import command_words
from povsim.words.typography import labelled

RUNS_FAILED = 1
REPORT = "povsim.report"


def run(arguments: Arguments) -> int:
    """Run what the overrides ask for; return 1 if any run failed, else 0."""
    if arguments.multirun:
        from povsim.cli.multirun import combinations

        jobs = combinations(arguments.rest, arguments.config_dir)
    else:
        jobs = [list(arguments.rest)]
    requests = [_request(job, arguments) for job in jobs]
    _check_folders(requests)
    if len(requests) == 1:
        return _run_one(requests[0], arguments.config_dir)
    return _run_each(requests, arguments.config_dir)


def _run_each(requests: Sequence[Request], config_dir: str | None) -> int:
    """Run the studies of a multirun; one that cannot go on does not keep the others from it."""
    codes = []
    for request in requests:
        try:
            codes.append(_run_one(request, config_dir))
        except (RunsFailedError, UserError) as problem:
            job = " ".join(request.resolved["overrides"])
            told = said("of_job", job=job, problem=problem).told(request.language)
            print(f"povsim: {told}", file=sys.stderr, flush=True)
            codes.append(RUNS_FAILED)
    return max(codes)


def _request(overrides: list[str], arguments: Arguments) -> Request:
    """Compose a request; options of the command line come before overrides of the same name."""
    request = compose(overrides, arguments.config_dir)
    resolved = {**request.resolved, "overrides": overrides}
    request = replace(request, resolved=resolved)
    if arguments.language:
        request = replace(request, language=arguments.language)
    if arguments.out:
        request = replace(request, out=path_of(arguments.out))
    return request


def _check_folders(requests: Sequence[Request]) -> None:
    """Refuse to let several studies share one named folder; check that folders can be written."""
    from povsim.study.runs.store import check_writable

    named = [request.out for request in requests if request.out is not None]
    if len(named) > 1 and len(set(named)) < len(named):
        raise UserError("out", named[0], said("folder_each"))
    for folder in named:
        check_writable(folder)


def _run_one(request: Request, config_dir: str | None) -> int:
    """Run one study, write files and report and print the table; then its checks."""
    from povsim.study import output_folder, run_study
    from povsim.study.comparison.study import experiment_of

    folder = output_folder(experiment_of(request).name, request.out)
    console = Console(stderr=True)
    runs = len(request.scenarios) * len(request.seeds)
    words = command_words(request.language)
    if console.is_terminal:
        console.print(
            words["starting"].format(
                runs=runs,
                households=f"{request.world.households:,}",
                years=request.years,
                workers=request.workers,
            )
        )
    with _beside(request) as beside:
        get_ready = partial(_get_ready, beside)
        study = run_study(request, folder, not sys.stderr.isatty(), get_ready)
        shown = study.failed < len(study.runs)
        if shown:
            _show(folder, request.language, beside)
        tell_notes(study.manifest, request.language)
        parent = study.manifest["configuration"]
        failed = study.failed + _check(request, config_dir, folder, console, parent)
        if shown and request.checks:
            _draw(folder, request.language, beside)
    if study.failed == len(study.runs):
        first = study.runs["error"].iloc[0]
        said = words["all_failed" if runs > 1 else "the_one_failed"]
        where = folder / "runs.csv"
        print(f"povsim: {said.format(runs=runs, error=first, where=where)}", file=sys.stderr)
    return RUNS_FAILED if failed else 0


@contextmanager
def _beside(request: Request) -> Iterator[ProcessPoolExecutor | None]:
    """Give a process that draws beside this one, where runs have processes of their own."""
    if request.executor != "processes" or request.workers == 1:
        yield None
        return
    with one_beside() as beside:
        Thread(target=import_there, args=(REPORT,), daemon=True).start()
        yield beside


def _get_ready(beside: ProcessPoolExecutor | None) -> None:
    """Let the process beside this one get ready to draw while tables are put together here."""
    if beside is not None:
        with undisturbed(), without_main():
            beside.submit(import_there, REPORT)


def _check(
    request: Request, config_dir: str | None, folder: Path, console: Console, parent: str
) -> int:
    """Run the checks that were asked for; return how many of their runs failed."""
    if not request.checks:
        return 0
    from povsim.config.plans import compose_checks
    from povsim.study.sweeps.sweep import run_sweep

    failed = 0
    plans = compose_checks(request.resolved["overrides"], request.checks, config_dir)
    for name, (own, plan) in plans.items():
        if console.is_terminal:
            told = command_words(request.language)["checking"].format(
                name=name, points=len(plan.design)
            )
            console.print(told, highlight=False)
        quiet = not sys.stderr.isatty()
        done = run_sweep(own, plan, folder / "checks" / name, quiet, parent=parent)
        failed += done.failed
    return failed


def redraw(arguments: Arguments) -> int:
    """Draw the report of a finished study again."""
    folder = path_of(arguments.rest[0])
    if not folder.is_dir():
        raise UserError("report", folder, said("finished_study"))
    from povsim.report import write_search_report, write_sweep_report

    others = {"points.csv": write_sweep_report, "mixes.csv": write_search_report}
    for name, write in others.items():
        if (folder / name).is_file():
            page = write(folder, arguments.reading)
            _tell("report_at", page, arguments.reading)
            return 0
    _show(folder, arguments.reading)
    return 0


def _show(folder: Path, language: str, beside: ProcessPoolExecutor | None = None) -> None:
    """Write the report and print the table and the report's path."""
    from povsim.report import print_summary, read, write_report

    results = read(folder)
    page = write_report(folder, language, beside, results)
    print_summary(results, language)
    _tell("report_at", page, language)


def tell_notes(manifest: Mapping[str, Any], language: str) -> None:
    """Print what was asked for and was not done, or not reached."""
    for note in manifest.get("notes", ()):
        print(f"povsim: {note[language]}", file=sys.stderr)


def _draw(folder: Path, language: str, beside: ProcessPoolExecutor | None) -> None:
    """Write the report again, with the checks, and print its path."""
    from povsim.report import write_report

    page = write_report(folder, language, beside)
    _tell("report_with_checks", page, language)


def _tell(word: str, page: Path, language: str) -> None:
    """Print where a page is."""
    print(labelled(command_words(language)[word], str(page), language), flush=True)
