"""A finished search, and what it leaves on disk."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from povsim.study.page import write_page
from povsim.study.request import Request
from povsim.study.runs.bench import Bench
from povsim.study.runs.files import write_manifest
from povsim.study.runs.folders import copy_files
from povsim.study.runs.passing import Keeper
from povsim.study.runs.provenance import made_by, plain
from povsim.study.runs.store import write_csv, write_json, write_yaml
from povsim.study.searches.plan import OBJECTIVES, SearchPlan
from povsim.study.sweeps.discovery import Box, box_as_plain

TABLES = ("mixes", "futures", "robustness", "marginal")


@dataclass
class Search:
    """A finished search.

    Attributes
    ----------
    mixes : DataFrame
        Every mix that was run: shares, ``budget``, objectives, ``generation``, ``front``.
    futures : DataFrame
        ``mix, future, objective, value`` of the mixes kept.
    robustness : DataFrame
        By mix, worst regret in each objective and the share of futures in which it keeps what the
        mean mix reaches.
    marginal : DataFrame
        Falls averted per ten million yuan more, by programme and kind of county.
    boxes : dict of str to Box or None
        By mix kept, under which futures it fails.
    """

    plan: SearchPlan
    home: Path
    mixes: pd.DataFrame = field(repr=False)
    futures: pd.DataFrame = field(repr=False)
    robustness: pd.DataFrame = field(repr=False)
    marginal: pd.DataFrame = field(repr=False)
    boxes: dict[str, Box | None]
    manifest: dict[str, Any] = field(repr=False)
    keeper: Keeper | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the files as long as they are needed."""
        self.keeper = self.keeper or Keeper(self.home)

    def report(self, folder: str | Path, language: str = "en") -> Path:
        """Write the tables and the report into ``folder``; return the path of the page."""
        return write_page("search", copy_files(self.home, Path(folder)), language)


def manifest_of_search(
    search: Search, request: Request, bench: Bench, front: pd.DataFrame, seconds: float
) -> dict[str, Any]:
    """Return the manifest of a search."""
    plan = search.plan
    return {
        "experiment": "search",
        "base": plan.base.name,
        "base_title": dict(plan.base.title),
        "programmes": {use.name: dict(use.card.title) for use in plan.uses},
        "objectives": list(OBJECTIVES),
        "mixes": len(search.mixes),
        "front": int(search.mixes["front"].sum()),
        "chosen": front.to_dict("records"),
        "futures": len(plan.futures),
        "factors": [
            {"name": f.name, "low": f.low, "high": f.high, "title": dict(plan.titles[f.name])}
            for f in plan.factors
        ],
        "seeds": list(request.seeds),
        "years": request.years,
        "size": request.size,
        "households": request.world.households,
        "runs": bench.wanted,
        "wall_seconds": round(seconds, 2),
        **made_by(sorted(bench.asked), request),
    }


def write_search(search: Search, request: Request) -> None:
    """Write the tables, the configuration and the manifest."""
    folder = search.home
    for name in TABLES:
        write_csv(folder / f"{name}.csv", getattr(search, name))
    labels = [f"f{i:03d}" for i in range(len(search.plan.futures))]
    write_csv(folder / "design.csv", search.plan.futures.assign(future=labels))
    write_json(
        folder / "failures.json", {name: box_as_plain(b) for name, b in search.boxes.items()}
    )
    write_yaml(folder / "config.yaml", plain(request.resolved))
    tables = [f"{name}.csv" for name in (*TABLES, "design")]
    write_manifest(folder, search.manifest, [*tables, "failures.json", "config.yaml"])
