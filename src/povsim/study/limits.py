"""How large a study may be: refused before its first run if it never could be finished.

Limits of single numbers are far over what anybody needs; memory and disk decide in practice, by an
estimate from below. What is refused here would have failed, after hours.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from povsim.errors import UserError, said
from povsim.machine import resources
from povsim.study.request import Request


@dataclass(frozen=True)
class Limit:
    """The most that a number may be.

    Attributes
    ----------
    most : int
    unit, reason : dict of str to str
        By language.
    """

    most: int
    unit: dict[str, str]
    reason: dict[str, str]


_HOUSEHOLDS = {"en": "households", "zh": "户"}
_SEEDS = {"en": "seeds", "zh": "个种子"}
_MIXES = {"en": "mixes", "zh": "种组合"}
_MORE_LUCK = {
    "en": "the error of a mean is then 0.3% of that of one seed",
    "zh": "此时均值误差已为单个种子的0.3%",
}
_ALL = {"en": "no country has as many", "zh": "没有哪个国家有这么多户"}
_FILES = {"en": "every run is a file of one folder", "zh": "每次运行是同一文件夹中的一个文件"}
_DESIGN = {"en": "a design is held in memory as a whole", "zh": "设计须整体存放于内存"}
MOST: dict[str, Limit] = {
    "households": Limit(1_000_000_000, _HOUSEHOLDS, _ALL),
    "checks_households": Limit(1_000_000_000, _HOUSEHOLDS, _ALL),
    "workers": Limit(
        1_024,
        {"en": "processes", "zh": "个进程"},
        {
            "en": "no machine has more cores; a cluster has executor=dask",
            "zh": "单机核数不超过此数；集群请用 executor=dask",
        },
    ),
    "seeds": Limit(100_000, _SEEDS, _MORE_LUCK),
    "max_seeds": Limit(100_000, _SEEDS, _MORE_LUCK),
    "checks_seeds": Limit(100_000, _SEEDS, _MORE_LUCK),
    "n": Limit(200_000, {"en": "points", "zh": "个设计点"}, _DESIGN),
    "levels": Limit(1_000, {"en": "levels", "zh": "个水平"}, _DESIGN),
    "points": Limit(200_000, {"en": "points", "zh": "个设计点"}, _DESIGN),
    "search.points": Limit(10_000, _MIXES, _FILES),
    "search.generations": Limit(10_000, {"en": "generations", "zh": "代"}, _FILES),
    "search.kept": Limit(10_000, _MIXES, _FILES),
    "search.futures": Limit(10_000, {"en": "futures", "zh": "种未来"}, _DESIGN),
    "futures": Limit(
        10_000,
        {"en": "futures", "zh": "种未来"},
        {"en": "each is a run", "zh": "每种未来是一次运行"},
    ),
    "runs": Limit(1_000_000, {"en": "runs", "zh": "次运行"}, _FILES),
}
"""Limits by key; ``points`` of a design and ``runs`` of a study are products."""

GB = 1_000_000_000
PROCESS = 250_000_000
"""Bytes of a process with compiled code and libraries, before any household (measured)."""
HOUSEHOLD = 700
"""Bytes of a household in a run with all programmes (measured: 730 between 50,000 and 150,000)."""
YEARLY_ROWS = 900
"""Yearly numbers of a run: measures by group and region (measured with the experiments here)."""
ROW = 100
"""Bytes of a row of ``annual.parquet`` when a report has read it: five numbers, four texts."""
RUN_ON_DISK = 8_000
"""Bytes of a run's file, beside its years (measured)."""
YEAR_ON_DISK = 12_000
"""Bytes of a year of a run: in its file, in ``annual.parquet`` and in ``ledger.csv`` (measured)."""


def within(key: str, value: Any) -> Any:
    """Return a value, or raise UserError if it is over the limit of its key."""
    limit = MOST.get(key)
    if limit is None or value is None or value <= limit.most:
        return value
    rule = said("at_most", most=f"{limit.most:,}", unit=limit.unit, reason=limit.reason)
    raise UserError(key, value, rule)


def check_product(key: str, **factors: int) -> int:
    """Return the product of numbers, or raise UserError with all of them if it is over a limit."""
    product = 1
    for factor in factors.values():
        product *= factor
    limit = MOST[key]
    if product <= limit.most:
        return product
    found = " × ".join(f"{name}={_count(factor)}" for name, factor in factors.items())
    rule = said("at_most", most=f"{limit.most:,}", unit=limit.unit, reason=limit.reason)
    raise UserError(said("product", found=found, key=key), _count(product), rule)


def _count(number: int) -> str:
    """Return a number of things, by its power of ten if nobody could read it."""
    return f"{number:,}" if number < LARGEST_SHOWN else f"10^{len(str(number)) - 1}"


LARGEST_SHOWN = 10**12


def check_size(request: Request, folder: Path | None, whole: bool = False, **factors: int) -> None:
    """Raise UserError if a study has too many runs, or needs more than this machine has.

    Parameters
    ----------
    whole : bool
        Whether all yearly numbers of all runs are held at the end, as a report of a study does.
    factors : int
        What multiplies to the number of runs.
    """
    runs = check_product("runs", **factors)
    if request.address is None:
        workers = 1 if request.executor == "serial" else request.workers
        rows = YEARLY_ROWS * request.years * runs if whole else 0
        check_memory(request.world.households, workers, runs, rows)
    if folder is not None:
        check_room(folder, runs, request.years)


def check_memory(households: int, workers: int = 1, runs: int = 1, rows: int = 0) -> None:
    """Raise UserError if runs side by side need more memory than this machine has.

    Parameters
    ----------
    workers : int
        Processes, of which no more than ``runs`` are busy.
    rows : int
        Rows of yearly numbers that are held at the end.
    """
    have, busy = resources.memory(), max(1, min(workers, runs))
    if have is None:
        return
    held = PROCESS + ROW * rows
    each = PROCESS + HOUSEHOLD * households
    if held > have:
        rule = said("rows_fit", need=_gb(held), have=_gb(have), rows=f"{rows:,}")
        raise UserError("runs", f"{runs:,}", rule)
    need = max(busy * each, held)
    if need <= have:
        return
    fewer = have // each
    fit = max(0, (have // (busy if fewer else 1) - PROCESS) // HOUSEHOLD)
    key, found, name = "households", f"{households:,}", "memory_fits_both"
    if not fit:
        key, found, name = "workers", f"{workers:,}", "memory_fits_fewer"
    elif not fewer:
        busy, name = 1, "memory_fits"
    parts = {"need": _gb(need), "have": _gb(have), "fit": f"{fit:,}", "busy": busy, "fewer": fewer}
    raise UserError(key, found, said(name, **parts))


def check_room(folder: Path, runs: int, years: int) -> None:
    """Raise UserError if the files of runs that are still to be made have no room on the disk."""
    free = resources.room(folder)
    there = sum(1 for _ in (folder / "runs").glob("*.run"))
    need = max(0, runs - there) * (RUN_ON_DISK + YEAR_ON_DISK * years)
    if free is not None and need > free:
        fit = free // (RUN_ON_DISK + YEAR_ON_DISK * years)
        rule = said("room_fits", need=_gb(need), have=_gb(free), fit=f"{fit:,}", folder=folder)
        raise UserError("runs", f"{runs:,}", rule)


def _gb(size: int) -> str:
    return f"{size / GB:,.0f}" if size >= 10 * GB else f"{size / GB:.1f}"
