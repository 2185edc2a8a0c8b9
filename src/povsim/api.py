"""A comparison, a sweep, a search from Python, each in one line.

The arguments are those of the command line; whatever has no argument of its own is an override.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from povsim.errors import said
from povsim.machine.text_files import path_of
from povsim.study.comparison.study import Study, run_study
from povsim.study.runs.passing import PassingFolder, removed_on_failure

if TYPE_CHECKING:
    from povsim.study.searches.search import Search
    from povsim.study.sweeps.sweep import Sweep

IN_FOLDER = {"out": said("by_argument", argument="folder")}
Varied = str | Mapping[str, Any]
"""A parameter by name, or with bounds: ``{"name": "hazards.illness_rate", "high": 0.08}``."""


def compare(
    what: str | Sequence[str] = "leverage_vs_transfers",
    seeds: int | None = None,
    years: int | None = None,
    overrides: Sequence[str] = (),
    workers: int | None = None,
    quiet: bool = False,
) -> Study:
    """Run an experiment by name, or compare scenarios, the first of which is the baseline.

    Examples
    --------
    >>> study = compare("leverage_vs_transfers", seeds=16, years=10)  # doctest: +SKIP
    >>> study.effects  # doctest: +SKIP
    """
    from povsim.config import compose  # Hydra is loaded where it is needed
    from povsim.config.written import asked

    numbers = {"seeds": seeds, "years": years, "workers": workers}
    texts = asked(what, overrides, numbers, taken={"out": said("out_by_report")})
    return run_study(compose(texts), quiet=quiet)


def sweep(
    what: str | Sequence[str] = "leverage_vs_transfers",
    vary: Sequence[Varied] | None = None,
    design: str | Path | None = None,
    n: int | None = None,
    seeds: int | None = None,
    years: int | None = None,
    overrides: Sequence[str] = (),
    workers: int | None = None,
    folder: str | Path | None = None,
    quiet: bool = False,
) -> "Sweep":
    """Run an experiment, or scenarios against the first of them, at every point of a design.

    Parameters
    ----------
    what : str or sequence of str
        An experiment, or scenarios of which the first is the baseline.
    vary : sequence, optional
        Parameters, each by name or as a mapping with ``name``, ``low``, ``high`` or ``choices``;
        the declared uncertainties if not given.
    design : str or Path, optional
        ``lhs`` (default), ``grid``, ``sobol``, ``morris``, or a CSV file of points.
    n : int, optional
        Points of ``lhs``, base of ``sobol`` (a power of two), trajectories of ``morris``.
    seeds, years, workers : int, optional
    overrides : sequence of str
        As on the command line.
    folder : path, optional
        Where files are written and finished runs are kept, so that a sweep that was stopped goes
        on; without it they go with the object.
    quiet : bool
        Whether to show no progress bar.

    Returns
    -------
    Sweep
        ``points``, ``sensitivity``, ``regret``, ``runs`` and ``annual`` are the files' tables.

    Examples
    --------
    >>> found = sweep(vary=["hazards.illness_rate"], n=64, seeds=4)  # doctest: +SKIP
    >>> found.sensitivity  # doctest: +SKIP
    """
    from povsim.config.plans import compose_sweep  # Hydra is loaded where it is needed
    from povsim.config.written import asked, varied
    from povsim.study.sweeps.sweep import run_sweep

    numbers = {"n": n, "seeds": seeds, "years": years, "workers": workers}
    own = {"vary": varied(vary), "design": design}
    request, plan = compose_sweep(asked(what, overrides, numbers, own, IN_FOLDER))
    with removed_on_failure(_home(folder)) as home:
        return run_sweep(request, plan, home, quiet)


def search(
    programmes: Sequence[str] | None = None,
    scenario: str | None = None,
    seeds: int | None = None,
    years: int | None = None,
    overrides: Sequence[str] = (),
    workers: int | None = None,
    folder: str | Path | None = None,
    quiet: bool = False,
) -> "Search":
    """Search mixes of programmes that nothing beats, and try them over uncertain futures.

    Parameters
    ----------
    programmes : sequence of str, optional
        Discretionary programmes that share the budget.
    scenario : str, optional
        What every mix holds; ``entitlements_only`` if not given.
    seeds, years, workers : int, optional
    overrides : sequence of str
        As on the command line, such as ``search.generations=12``.
    folder : path, optional
        As in :func:`sweep`.
    quiet : bool
        Whether to show no progress bar.

    Returns
    -------
    Search
        ``mixes``, ``futures``, ``robustness`` and ``marginal`` are the files' tables.

    Examples
    --------
    >>> found = search(["targeted_cash", "vocational_training"], seeds=4)  # doctest: +SKIP
    >>> found.mixes[found.mixes["front"]]  # doctest: +SKIP
    """
    from povsim.config.plans import compose_search  # Hydra is loaded where it is needed
    from povsim.config.written import shared, with_arguments
    from povsim.study.searches.search import run_search

    numbers = {"seeds": seeds, "years": years, "workers": workers}
    own = {"search.programmes": shared(programmes), "scenario": scenario}
    request, plan = compose_search(with_arguments(overrides, numbers, own, IN_FOLDER))
    with removed_on_failure(_home(folder)) as home:
        return run_search(request, plan, home, quiet)


def _home(folder: str | Path | None) -> Path:
    """Return the folder of the files: the one named, or one that goes with the result."""
    return PassingFolder.made() if folder is None else path_of(folder)
