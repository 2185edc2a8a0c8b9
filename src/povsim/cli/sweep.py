"""``povsim sweep``: run a design, write its tables and its report."""

import sys
from dataclasses import replace

from rich.console import Console

from povsim.cli.arguments import Arguments
from povsim.cli.run import RUNS_FAILED, asked_by, kept_in, tell_notes
from povsim.config import Request
from povsim.config.plans import compose_sweep
from povsim.machine.text_files import path_of
from povsim.study.comparison.study import experiment_of, output_folder
from povsim.study.runs.outlook import Outlook
from povsim.study.sweeps.plan import Plan
from povsim.study.sweeps.sweep import run_sweep
from povsim.words.texts import command_words
from povsim.words.typography import joined, labelled

MINUTE, HOUR = 60.0, 3600.0


def sweep(arguments: Arguments) -> int:
    """Run the sweep that the overrides ask for; return 1 if any run failed, else 0."""
    from povsim.report import write_sweep_report

    request, plan = compose_sweep(list(arguments.rest), arguments.config_dir)
    request = replace(asked_by(request, arguments, arguments.rest), language=arguments.reading)
    out = path_of(arguments.out) if arguments.out else request.out
    folder = output_folder(f"{experiment_of(request).name}_sweep", out)
    console = Console(stderr=True)

    def announce(outlook: Outlook) -> None:
        if plan.left_out:
            words = command_words(request.language)
            names = joined(plan.left_out, request.language)
            console.print(words["left_out"].format(names=names), highlight=False, soft_wrap=True)
        console.print(starting(request, plan, outlook), highlight=False, soft_wrap=True)

    with kept_in(folder, arguments.rest):
        done = run_sweep(request, plan, folder, not sys.stderr.isatty(), announce)
        page = write_sweep_report(folder, request.language)
    print(labelled(command_words(request.language)["report_at"], str(page), request.language))
    marked = int((done.sensitivity["note"] != "").sum())
    if marked:
        told = command_words(request.language)["marked"]
        where = folder / "sensitivity.csv"
        told = told.format(marked=marked, count=len(done.sensitivity), where=where)
        console.print(told, highlight=False, soft_wrap=True)
    tell_notes(done.manifest, request.language)
    if done.failed:
        words = command_words(request.language)
        said = words["one_failed" if done.failed == 1 else "some_failed"]
        where = folder / "runs.csv"
        print(f"povsim: {said.format(failed=done.failed, where=where)}", file=sys.stderr)
    return RUNS_FAILED if done.failed else 0


def starting(request: Request, plan: Plan, outlook: Outlook) -> str:
    """Return what is about to be run, and how long it is expected to take."""
    words, points, seeds = command_words(request.language), len(plan.design), len(request.seeds)
    return words["sweep_starting"].format(
        points=f"{points:,}",
        arms=outlook.total // (points * seeds),
        seeds=seeds,
        runs=f"{outlook.total:,}",
        households=f"{request.world.households:,}",
        years=request.years,
        left=words["left"].format(left=f"{outlook.left:,}", workers=request.workers)
        + words["about_time"].format(time=lasting(outlook.seconds, request.language))
        if outlook.left
        else words["nothing_left"],
    )


def lasting(seconds: float, language: str) -> str:
    """Return a time in the unit that people would say it in."""
    units = {"hours": HOUR, "minutes": MINUTE, "seconds": 1.0}
    unit = next(name for name, size in units.items() if seconds >= 2 * size or size == 1.0)
    number = f"{max(1.0, seconds / units[unit]):.0f}"
    return command_words(language)[unit].format(number=number)
