"""What a search leaves on disk."""

from typing import Any

import pandas as pd
import yaml

from povsim.study.request import Request
from povsim.study.runs.provenance import made_by, plain
from povsim.study.runs.store import write_csv, write_json
from povsim.study.searches.search import OBJECTIVES, Desk, Search
from povsim.study.sweeps.discovery import box_as_plain


def manifest_of_search(
    search: Search, request: Request, desk: Desk, front: pd.DataFrame, seconds: float
) -> dict[str, Any]:
    """Return the manifest of a search."""
    from povsim.programmes.cards import load_card

    plan = search.plan
    return {
        "experiment": "search",
        "base": plan.base.name,
        "base_title": dict(plan.base.title),
        "programmes": {n: dict(load_card(n).title) for n in plan.names},
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
        "runs": desk.runs,
        "wall_seconds": round(seconds, 2),
        **made_by(sorted(desk.run_ids), request),
    }


def write_search(search: Search, request: Request) -> None:
    """Write the tables, the configuration and the manifest."""
    folder = search.home
    for name in ("mixes", "futures", "robustness", "marginal"):
        write_csv(folder / f"{name}.csv", getattr(search, name))
    labels = [f"f{i:03d}" for i in range(len(search.plan.futures))]
    write_csv(folder / "design.csv", search.plan.futures.assign(future=labels))
    write_json(
        folder / "failures.json", {name: box_as_plain(b) for name, b in search.boxes.items()}
    )
    (folder / "config.yaml").write_text(
        yaml.safe_dump(plain(request.resolved), sort_keys=False, allow_unicode=True),
        encoding="utf-8",
    )
    write_json(folder / "manifest.json", search.manifest)
