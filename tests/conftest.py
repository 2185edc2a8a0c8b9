"""Compile once what every test process needs, before any of them begins."""

import subprocess
import sys

TOGETHER = (
    "tests/report/",
    "tests/study/test_catalogue.py",
    "tests/study/test_killed.py",
    "tests/study/test_known_answers.py",
    "tests/study/test_cluster.py",
    "tests/study/test_identity.py",
    "tests/test_column_writers.py",
)
"""Where tests share what takes long to make."""

COMPILE = """
from povsim.model import PovertyModel
from povsim.params import World
from povsim.programmes.scenario_files import load_scenario
PovertyModel(World(households=300), load_scenario("paper_package"), seed=1).run_for(12)
"""


def pytest_sessionstart(session):
    """Fill the cache of kernels; processes that start together would each compile all of them."""
    several = getattr(session.config.option, "numprocesses", None)
    if several and not hasattr(session.config, "workerinput"):
        subprocess.run([sys.executable, "-c", COMPILE], check=False)


def pytest_xdist_make_scheduler(config, log):
    """Keep tests that share what takes long to make in one process, so that it is made once."""
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            shared = [place for place in TOGETHER if nodeid.startswith(place)]
            return shared[0] if shared else nodeid

    return Sharing(config, log)
