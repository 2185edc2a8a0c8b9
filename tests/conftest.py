"""Compile once what every test process needs, before any of them begins."""

import subprocess
import sys

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
