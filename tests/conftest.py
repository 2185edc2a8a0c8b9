"""Compile once what every test process needs, beside the tests that need none of it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

TOGETHER = (
    "tests/measures/",
    "tests/config/",
    "tests/report/",
    "tests/study/test_catalogue.py",
    "tests/study/test_killed.py",
    "tests/study/test_known_answers.py",
    "tests/study/test_cluster.py",
    "tests/study/test_identity.py",
    "tests/test_column_writers.py",
)
"""Where tests share what takes long to make; each place goes to one process, the largest first."""
NOTHING_COMPILED = ("tests/measures/", "tests/config/")
"""Where tests run no model; they come first."""
LOCK = "POVSIM_TESTS_COMPILING"
COMPILE = """
import sys
from filelock import FileLock

with FileLock(sys.argv[1]):
    print("begun", flush=True)
    from povsim.model import PovertyModel
    from povsim.params import World
    from povsim.programmes.scenario_files import load_scenario

    PovertyModel(World(households=300), load_scenario("paper_package"), seed=1).run_for(12)
"""


def pytest_sessionstart(session):
    """Fill the cache of kernels; processes that start together would each compile all of them."""
    several = getattr(session.config.option, "numprocesses", None)
    if several and not hasattr(session.config, "workerinput"):
        lock = str(Path(tempfile.mkdtemp(prefix="povsim-tests-")) / "compiling")
        os.environ[LOCK] = lock
        words = [sys.executable, "-c", COMPILE, lock]
        session.config.compiling = subprocess.Popen(words, stdout=subprocess.PIPE)
        session.config.compiling.stdout.readline()


def pytest_sessionfinish(session):
    """Leave no process behind."""
    compiling = getattr(session.config, "compiling", None)
    if compiling is not None:
        compiling.communicate()


def pytest_runtest_setup(item):
    """Wait until kernels are compiled, where a model may be run."""
    if not item.nodeid.startswith(NOTHING_COMPILED) and LOCK in os.environ:
        with FileLock(os.environ.pop(LOCK)):
            pass


def pytest_xdist_make_scheduler(config, log):
    """Keep tests that share what takes long to make in one process, so that it is made once."""
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            shared = [place for place in TOGETHER if nodeid.startswith(place)]
            return shared[0] if shared else nodeid

    return Sharing(config, log)
