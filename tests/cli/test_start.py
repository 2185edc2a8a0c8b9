"""What takes long to import is imported where it is needed."""

import subprocess
import sys

import pytest

from povsim.machine.processes import will_fork

HEAVY = ("matplotlib", "scipy.stats", "mesa", "numba", "SALib", "pymoo", "distributed")


def test_reading_what_to_run_imports_no_heavy_part():
    code = "import sys, povsim.cli.run as r; r.compose(['size=classroom']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(HEAVY).isdisjoint(done.stdout.split())


def test_the_model_is_imported_without_distributions():
    code = "import sys, povsim.model.poverty_model; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "scipy.stats" not in done.stdout.split()


@pytest.mark.parametrize(
    ("overrides", "several"),
    [
        ([], True),
        (["workers=1"], False),
        (["workers=16"], True),
        (["workers=1", "workers=2"], True),
        (["workers=4", "executor=serial"], False),
    ],
)
def test_a_server_is_started_where_several_processes_are_likely(overrides, several, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert will_fork(overrides) is several
