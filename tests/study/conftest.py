"""One small study, run once."""

import pytest

from povsim.config import compose
from povsim.study import run_study

TINY = ["households=600", "years=2", "seeds=3", "workers=1"]


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """Return a small finished study of the flagship experiment, with its files."""
    folder = tmp_path_factory.mktemp("study") / "out"
    return run_study(compose(TINY), folder)
