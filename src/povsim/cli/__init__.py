"""The command line: one command, a verb, then overrides."""

import gc
import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from povsim import __version__
from povsim.cli.arguments import STUDIES, Arguments, help_text, language_of, read_arguments
from povsim.errors import RunsFailedError, Said, UserError, by_system, said
from povsim.machine.processes import start_server, will_fork
from povsim.machine.streams import Careful, careful
from povsim.machine.yaml_files import USER_FOLDER, user_folder

__all__ = ["main"]

LITTLE_GARBAGE = 20_000
"""New objects before Python looks for cycles: tables and figures make many that stay."""
WITH_FILES = (*STUDIES, "report")
"""Verbs whose results are in files, whatever becomes of what they print."""
SUCCESS, RUNS_FAILED, USER_MISTAKE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code.

    Returns
    -------
    int
        0 on success, 1 when runs failed, 2 on a user's mistake or when a file could not be
        written, told in one line on stderr; 130 after Ctrl-C, 143 after SIGTERM, which clusters
        send when time is up.
    """
    gc.set_threshold(LITTLE_GARBAGE)
    words = sys.argv[1:] if argv is None else argv
    with careful() as out, _stopped_by_term() as terms:
        code = _main(words, out)
    return TERMINATED if terms and code == INTERRUPTED else code


@contextmanager
def _stopped_by_term() -> Iterator[list[int]]:
    """Let SIGTERM end a study as Ctrl-C does; yield a list of the signals that came."""
    terms: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield terms
        return

    def stop(number: int, _: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # one is enough; let it end cleanly
        terms.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield terms
    finally:
        signal.signal(signal.SIGTERM, before)


def _main(words: Sequence[str], out: Careful) -> int:
    """Do what the command line says; put what stops it into words."""
    arguments, language = Arguments(), language_of(words)
    try:
        arguments = read_arguments(words)
        with _user_folder(arguments.config_dir):
            code = _verb(arguments.verb, arguments.rest)(arguments)
        out.flush()
        if out.told is None:
            return code
        told = said("not_printed", reason=by_system(out.told)).told(language)
        code = code if arguments.verb in WITH_FILES else USER_MISTAKE
    except UserError as mistake:
        told, code = mistake.told(language), USER_MISTAKE
    except KeyboardInterrupt as stop:
        told, code = _stopped(stop, arguments).told(language), INTERRUPTED
    except RunsFailedError as failure:
        told, code = failure.told(language), RUNS_FAILED
    except (OSError, MemoryError) as error:
        told, code = _not_written(error, arguments).told(language), USER_MISTAKE
    print(f"povsim: {told}", file=sys.stderr)
    return code


def _stopped(stop: KeyboardInterrupt, arguments: Arguments) -> Said:
    """Say what is kept of a study that was stopped, and how it goes on."""
    done, total, folder = (getattr(stop, name, None) for name in ("done", "total", "study"))
    if folder is None and not (arguments.out and arguments.verb in STUDIES):
        return said("interrupted")
    folder = folder or arguments.out
    kept = said("finished_runs") if done is None else said("runs_of", done=done, total=total)
    return said("stopped", kept=kept, folder=folder, words=_again(stop, arguments, folder))


def _not_written(error: OSError | MemoryError, arguments: Arguments) -> Said:
    """Say which file the system would not write or read, what is kept, and how it goes on."""
    folder = getattr(error, "study", None) or (arguments.verb in STUDIES and arguments.out) or ""
    place = getattr(error, "filename", None) or folder
    where = said("in_brackets", place=place) if place else ""
    told = said("of_system", reason=by_system(error), where=where)
    if not folder or not any(Path(folder, "runs").glob("*.run")):
        return told
    return said("runs_kept", told=told, folder=folder, words=_again(error, arguments, folder))


def _again(error: BaseException, arguments: Arguments, folder: object) -> str:
    """Return the words with which the same study goes on in a folder."""
    options = [("--config-dir", arguments.config_dir), ("--language", arguments.language)]
    named = [word for option in options if option[1] for word in option]
    rest = [word for word in getattr(error, "asked", arguments.rest) if not word.startswith("out=")]
    return shlex.join([arguments.verb, *rest, *map(str, named), "--out", str(folder)])


def _verb(name: str, rest: Sequence[str]) -> Callable[[Arguments], int]:
    """Return the function of a verb; each imports its room only when it is called."""
    act: Callable[[Arguments], int]
    if name in STUDIES and will_fork(rest):
        start_server()
    if name in ("help", "version"):
        act = _show
    elif name == "list":
        from povsim.cli.listing import show_list as act
    elif name == "describe":
        from povsim.cli.describe import describe as act
    elif name == "report":
        from povsim.cli.run import redraw as act
    elif name == "sweep":
        from povsim.cli.sweep import sweep as act
    elif name == "search":
        from povsim.cli.search import search as act
    else:
        from povsim.cli.run import run as act
    return act


def _show(arguments: Arguments) -> int:
    print(__version__ if arguments.verb == "version" else help_text(arguments.reading))
    return SUCCESS


@contextmanager
def _user_folder(config_dir: str | None) -> Iterator[None]:
    """Name the user's folder in the environment, where worker processes find it too."""
    before = os.environ.get(USER_FOLDER)
    folder = user_folder(config_dir)
    if folder is not None:
        os.environ[USER_FOLDER] = str(folder)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(USER_FOLDER, None)
        else:
            os.environ[USER_FOLDER] = before
