"""Compile once what every test process needs, before any of them begins."""

import subprocess
import sys
from pathlib import Path

import pytest

TOGETHER = ("report",)
"""Folders whose tests share what takes long to make; elsewhere those of a file do."""

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


def pytest_collection_modifyitems(items):
    """Keep tests that share what takes long to make in one process, so that it is made once."""
    for item in items:
        folder = Path(item.path).parent.name
        names = [
            d[-1]
            for n in item.fixturenames
            for d in [item._fixtureinfo.name2fixturedefs.get(n)]
            if d
        ]
        long = any(
            d.scope in ("module", "session", "package") and "tests" in str(d.baseid) for d in names
        )
        if folder in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(folder))
        elif long:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
