"""``povsim sweep``: run a design, write its tables and its report."""

import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from povsim.cli.arguments import Arguments
from povsim.cli.run import RUNS_FAILED
from povsim.cli.words import WORDS
from povsim.config import Request
from povsim.plans import compose_sweep
from povsim.study.study import experiment_of, output_folder
from povsim.study.sweep import Plan, run_sweep

MINUTE = 60.0


def sweep(arguments: Arguments) -> int:
    """Run the sweep that the overrides ask for; return 1 if any run failed, else 0."""
    from povsim.report import write_sweep_report

    request, plan = compose_sweep(list(arguments.rest), arguments.config_dir)
    resolved = {**request.resolved, "overrides": list(arguments.rest), "verb": "sweep"}
    request = replace(request, resolved=resolved, language=arguments.reading)
    out = Path(arguments.out).expanduser() if arguments.out else request.out
    folder = output_folder(f"{experiment_of(request).name}_sweep", out)
    console = Console(stderr=True)

    def announce(runs: int, seconds: float) -> None:
        if plan.left_out:
            said = WORDS[request.language]["left_out"].format(names=", ".join(plan.left_out))
            console.print(said, highlight=False, soft_wrap=True)
        console.print(starting(request, plan, runs, seconds), highlight=False, soft_wrap=True)

    done = run_sweep(request, plan, folder, not sys.stderr.isatty(), announce)
    page = write_sweep_report(folder, request.language)
    print(f"{WORDS[request.language]['report_at']}: {page}")
    if done.failed:
        count = "1 run" if done.failed == 1 else f"{done.failed} runs"
        print(f"povsim: {count} failed; see {folder / 'runs.csv'}", file=sys.stderr)
    return RUNS_FAILED if done.failed else 0


def starting(request: Request, plan: Plan, runs: int, seconds: float) -> str:
    """Return what is about to be run, and how long it is expected to take."""
    minutes = request.language == "en" and seconds >= 2 * MINUTE
    time = f"{seconds / MINUTE:.0f} min" if minutes else f"{seconds:.0f} s"
    return WORDS[request.language]["sweep_starting"].format(
        runs=f"{runs:,}",
        points=f"{len(plan.design):,}",
        households=f"{request.world.households:,}",
        years=request.years,
        workers=request.workers,
        time=time,
    )
