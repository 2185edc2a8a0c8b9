"""A comparison, a sweep, a search from Python, each in one line.

The arguments are those of the command line; whatever has no argument of its own is an override.
"""

import re
import shutil
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from povsim.errors import UserError, said
from povsim.machine.text_files import path_of
from povsim.study.comparison.study import Study, run_study

if TYPE_CHECKING:
    from povsim.study.searches.search import Search
    from povsim.study.sweeps.sweep import Sweep

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
    from povsim.config import compose  # the boundary sits above

    return run_study(compose(_asked(what, overrides, seeds, years, workers)), quiet=quiet)


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
    from povsim.config.plans import compose_sweep  # the boundary sits above
    from povsim.study.sweeps.sweep import run_sweep

    own = [] if vary is None else [f"vary={_written(list(vary))}"]
    own += [f"{key}={value}" for key, value in (("design", design), ("n", n)) if value is not None]
    request, plan = compose_sweep(_asked(what, [*own, *overrides], seeds, years, workers))
    home = _home(folder)
    return _kept_with(run_sweep(request, plan, home, quiet), home, folder)


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
    from povsim.config.plans import compose_search  # the boundary sits above
    from povsim.study.searches.search import run_search

    own = [] if programmes is None else [f"search.programmes={_written(list(programmes))}"]
    own += [] if scenario is None else [f"scenario={_quoted(scenario)}"]
    request, plan = compose_search(_with_numbers([*own, *overrides], seeds, years, workers))
    home = _home(folder)
    return _kept_with(run_search(request, plan, home, quiet), home, folder)


def _asked(
    what: str | Sequence[str],
    overrides: Sequence[str],
    seeds: int | None,
    years: int | None,
    workers: int | None,
) -> list[str]:
    """Return the overrides that say what is compared, and the others."""
    if isinstance(what, str):
        return _with_numbers([*overrides, f"experiment={_quoted(what)}"], seeds, years, workers)
    names = [str(name) for name in what]
    if not names:
        raise UserError("scenarios", "[]", said("scenarios_to_compare"))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        rule = said("each_scenario_once", name=twice)
        raise UserError("scenarios", f"[{', '.join(names)}]", rule)
    arms = [
        f"experiment.baseline={_quoted(names[0])}",
        f"experiment.scenarios={_written(names)}",
        "experiment.reference=null",
        "experiment.hypotheses=[]",
    ]
    return _with_numbers([*overrides, *arms], seeds, years, workers)


def _with_numbers(
    overrides: Sequence[str], seeds: int | None, years: int | None, workers: int | None
) -> list[str]:
    numbers = {"seeds": seeds, "years": years, "workers": workers}
    return [*overrides, *(f"{key}={n}" for key, n in numbers.items() if n is not None)]


def _written(value: object) -> str:
    """Return lists and mappings as an override says them."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_written(own)}" for key, own in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_written, value)) + "]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """Return a text with quotes, if it has signs that say something in an override."""
    from hydra.core.override_parser.types import Quote, QuotedString  # takes long to import

    plain = re.fullmatch(r"[^\[\]{},:'\"\\\s]+", text) and text != "null"
    return text if plain else QuotedString(text, Quote.single).with_quotes()


def _home(folder: str | Path | None) -> Path:
    return Path(mkdtemp(prefix="povsim-")) if folder is None else path_of(folder)


def _kept_with[Result](result: Result, home: Path, folder: str | Path | None) -> Result:
    """Remove the files together with the result, if nobody named a folder for them."""
    if folder is None:
        weakref.finalize(result, shutil.rmtree, home, ignore_errors=True)
    return result
