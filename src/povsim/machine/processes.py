"""The server from which processes are forked: it has the model imported before they begin.

It takes about as long to get ready as the command line takes to read what to run, so it is
started first.
"""

import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""Variables that keep a worker to one thread: processes are the parallel part, and libraries
whose threads wait by spinning would slow each other down."""
IMPORTED = [__name__, "povsim.model", "povsim.study.runs.executors"]
SERVER = "multiprocessing.forkserver"
NO_TRACES = "ignore::UserWarning:multiprocessing.resource_tracker"
"""Python tidies up what a stopped pool left behind, and would say so after our last line."""


def context() -> BaseContext:
    """Return how processes are started: from a server that has the model imported already."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    if os.name != "posix":
        return multiprocessing.get_context("spawn")
    given = os.environ.get("PYTHONWARNINGS", "")
    if NO_TRACES not in given:
        os.environ["PYTHONWARNINGS"] = ",".join(filter(None, (given, NO_TRACES)))
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload(IMPORTED)
    return chosen


def start_server() -> None:
    """Start the server, so that it is ready when the first worker is wanted."""
    context()
    if os.name == "posix":
        from multiprocessing.forkserver import ensure_running

        ensure_running()


def will_fork(overrides: Sequence[str]) -> bool:
    """Say whether overrides leave it at several processes on this machine.

    A guess, made before anything is read: if it is wrong, a server was started for nothing.
    """
    own = [word for word in overrides if word.partition("=")[0] in ("workers", "executor")]
    several = (os.cpu_count() or 1) > 1 if not own else own[-1] != "workers=1"
    return several and not any(word.startswith("executor=") for word in own)


def begin() -> None:
    """Begin a process: let the parent decide what Ctrl-C means, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back until what is inside is done.

    A process that is being started is not known yet to whoever would have to end it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if came:
            signal.raise_signal(came[0])


def _end_with(sentinel: int) -> None:
    """End this process when its parent has ended, however that happened (SIGKILL, too)."""
    wait([sentinel])
    os._exit(1)


def end(pool: ProcessPoolExecutor) -> None:
    """End a pool without waiting for work that nobody wants any more."""
    processes = list((getattr(pool, "_processes", None) or {}).values())
    manager = getattr(pool, "_executor_manager_thread", None)
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(10)
    if manager is not None:
        manager.join(10)  # at exit Python would talk to it through what it has closed


@contextmanager
def one_beside() -> Iterator[ProcessPoolExecutor]:
    """Give one process beside this one, started when it is first asked for something."""
    beside = ProcessPoolExecutor(1, mp_context=context(), initializer=begin)
    try:
        yield beside
    finally:
        end(beside)


@contextmanager
def without_main() -> Iterator[None]:
    """Keep new processes from importing the user's script: it may start the study anew in each."""
    main = sys.modules["__main__"]
    hidden = {name: vars(main).pop(name) for name in ("__file__",) if name in vars(main)}
    spec, main.__spec__ = main.__spec__, None
    try:
        yield
    finally:
        vars(main).update(hidden)
        main.__spec__ = spec


def import_there(module: str) -> None:
    """Import a module in the process that is told to, as far as that is possible.

    It is done ahead; whoever needs it imports it again and tells what is wrong with it.
    """
    with suppress(Exception):
        importlib.import_module(module)


if any(SERVER in word for word in sys.orig_argv):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started the server decides
