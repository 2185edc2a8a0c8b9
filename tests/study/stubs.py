"""Runners that stand in for the simulation, importable by workers."""

import multiprocessing
import os
import signal
import tempfile
from pathlib import Path

import pandas as pd

from povsim.study.runs.spec import Outcome

MARK = "POVSIM_TEST_MARK"
"""Environment variable that names a file; a runner that finds it has been here before."""


def mark_of(process):
    """Return that file, or one that is named after the process that started the workers."""
    own = Path(tempfile.gettempdir()) / f"povsim-test-{process.pid}" if process else None
    return Path(os.environ.get(MARK) or own)


def outcome(spec, values=None):
    """Return a finished run with some yearly numbers of the whole population."""
    done = Outcome(spec.run_id(), spec.scenario.name, spec.world.name, spec.seed)
    numbers = values or {"relapse_rate": 0.01 * spec.seed}
    done.annual = pd.DataFrame(
        [(2021, "all", "all", name, float(v)) for name, v in numbers.items()],
        columns=["year", "group", "region", "measure", "value"],
    )
    done.months = spec.months
    return done


def plain(spec):
    return outcome(spec)


def seed_three_dies(spec):
    """Die with the whole process, as under the kernel's out-of-memory killer."""
    if spec.seed == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return outcome(spec)


def seed_three_dies_once(spec):
    mark = mark_of(multiprocessing.parent_process())
    if spec.seed == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return outcome(spec)


def of_other_code(spec):
    done = outcome(spec)
    done.run_id = "made-by-other-code"
    return done


def fails(spec):
    done = outcome(spec)
    done.status, done.error, done.trace = "failed", "ValueError: no", "Traceback: no"
    return done
