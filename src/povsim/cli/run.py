"""``povsim run`` and ``povsim report``: run a study, show it, draw it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from rich.console import Console

from povsim.cli.arguments import Arguments
from povsim.config import Request, compose
from povsim.errors import DamagedError, RunsFailedError, UserError, reason_of, said
from povsim.machine.processes import import_there, one_beside, undisturbed, without_main
from povsim.machine.text_files import path_of
from povsim.words.texts import command_words
from povsim.words.typography import labelled

if TYPE_CHECKING:
    from povsim.study.sweeps.plan import Plan

Plans = dict[str, tuple[Request, "Plan"]]
"""The sweeps that follow a run, by name."""
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
    plans = [_checks_of(request, arguments.config_dir) for request in requests]
    if len(requests) == 1:
        return _run_one(requests[0], plans[0])
    return _run_each(requests, plans)


def _checks_of(request: Request, config_dir: str | None) -> Plans:
    """Return the sweeps that follow a run; refuse them, and the run, before anything runs."""
    from povsim.study.comparison.study import check_study

    check_study(request, request.out)
    if not request.checks:
        return {}
    from povsim.config.plans import compose_checks
    from povsim.study.sweeps.sweep import check_sweep

    plans = compose_checks(request.resolved["overrides"], request.checks, config_dir)
    for own, plan in plans.values():
        check_sweep(own, plan, request.out)
    return plans


def _run_each(requests: Sequence[Request], plans: Sequence[Plans]) -> int:
    """Run the studies of a multirun; one that cannot go on does not keep the others from it."""
    codes = []
    for request, own in zip(requests, plans, strict=True):
        try:
            codes.append(_run_one(request, own))
        except (RunsFailedError, UserError) as problem:
            job = " ".join(request.resolved["overrides"])
            told = said("of_job", job=job, problem=problem).told(request.language)
            print(f"povsim: {told}", file=sys.stderr, flush=True)
            codes.append(RUNS_FAILED)
    return max(codes)


def _request(overrides: list[str], arguments: Arguments) -> Request:
    """Compose a request; options of the command line come before overrides of the same name."""
    request = asked_by(compose(overrides, arguments.config_dir), arguments, overrides)
    if arguments.language:
        request = replace(request, language=arguments.language)
    if arguments.out:
        request = replace(request, out=path_of(arguments.out))
    return request


def asked_by(request: Request, arguments: Arguments, overrides: Sequence[str]) -> Request:
    """Return a request that knows the words of the command line that asked for it."""
    own: dict[str, Any] = {"overrides": list(overrides), "verb": arguments.verb}
    if arguments.config_dir:
        own["options"] = {"--config-dir": arguments.config_dir}
    return replace(request, resolved={**request.resolved, **own})


def _check_folders(requests: Sequence[Request]) -> None:
    """Refuse to let several studies share one named folder; check that folders can be written."""
    from povsim.study.runs.store import check_writable

    named = [request.out for request in requests if request.out is not None]
    if len(named) > 1 and len(set(named)) < len(named):
        raise UserError("out", named[0], said("folder_each"))
    for folder in named:
        check_writable(folder)


def _run_one(request: Request, plans: Plans) -> int:
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
    with kept_in(folder, request.resolved["overrides"]), _beside(request) as beside:
        get_ready = partial(_get_ready, beside)
        study = run_study(request, folder, not sys.stderr.isatty(), get_ready)
        shown = study.failed < len(study.runs)
        if shown:
            with _mended_below(bool(request.checks)):
                _show(folder, request.language, beside)
        tell_notes(study.manifest, request.language)
        parent = study.manifest["configuration"]
        failed = study.failed + _check(request, plans, folder, console, parent)
        if shown and request.checks:
            _draw(folder, request.language, beside)
    if study.failed == len(study.runs):
        first = study.runs["error"].iloc[0]
        said = words["all_failed" if runs > 1 else "the_one_failed"]
        where = folder / "runs.csv"
        print(f"povsim: {said.format(runs=runs, error=first, where=where)}", file=sys.stderr)
    return RUNS_FAILED if failed else 0


@contextmanager
def kept_in(folder: Path, asked: Sequence[str]) -> Iterator[None]:
    """Let whatever stops a study say where its runs are, and which words ask for it again."""
    try:
        yield
    except (OSError, MemoryError, KeyboardInterrupt) as stop:
        vars(stop).update(study=folder, asked=tuple(asked))
        raise


@contextmanager
def _mended_below(checks: bool) -> Iterator[None]:
    """Let a check that was damaged be, if checks are about to be run again."""
    try:
        yield
    except DamagedError:
        if not checks:
            raise


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


def _check(request: Request, plans: Plans, folder: Path, console: Console, parent: str) -> int:
    """Run the checks that were asked for; return how many of their runs failed."""
    if not plans:
        return 0
    from povsim.study.sweeps.sweep import run_sweep

    failed = 0
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
    from povsim.report.results.reading import kind_of

    others = {"sweep": write_sweep_report, "search": write_search_report}
    write = others.get(kind_of(folder))
    if write is not None:
        _tell("report_at", write(folder, arguments.reading), arguments.reading)
    else:
        _show(folder, arguments.reading)
    return 0


def _show(folder: Path, language: str, beside: ProcessPoolExecutor | None = None) -> None:
    """Print the table, write the report and print its path."""
    from povsim.report import print_summary, read, write_report

    results = read(folder)
    try:
        print_summary(results, language)
    except Exception as error:
        told = said("no_table", reason=reason_of(error)).told(language)
        print(f"povsim: {told}", file=sys.stderr)
    _tell("report_at", write_report(folder, language, beside, results), language)


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
