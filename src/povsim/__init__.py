"""Simulate poverty relapse in rural China after 2020 and compare policies against it."""

from typing import TYPE_CHECKING, Any

from povsim.machine import numba_cache  # noqa: F401 - before numba is imported anywhere

if TYPE_CHECKING:
    from povsim import measures
    from povsim.api import compare, search, sweep
    from povsim.model import PovertyModel
    from povsim.study.runs.spec import run_one

__version__ = "0.2.0"
__all__ = ["PovertyModel", "compare", "measures", "run_one", "search", "sweep"]


def __getattr__(name: str) -> Any:
    """Import the heavy parts when they are first asked for."""
    if name == "PovertyModel":
        from povsim.model import PovertyModel

        return PovertyModel
    if name in {"compare", "search", "sweep"}:
        from povsim import api

        return getattr(api, name)
    if name == "run_one":
        from povsim.study.runs.spec import run_one

        return run_one
    if name == "measures":
        import importlib

        return importlib.import_module("povsim.measures")
    raise AttributeError(f"module 'povsim' has no attribute {name!r}")
