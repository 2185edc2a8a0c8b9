"""What is needed to repeat a study and to read its report."""

import hashlib
import math
import platform
import shlex
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from povsim.calendar import FIRST_YEAR, date_of
from povsim.codes import LANGUAGES
from povsim.errors import Said
from povsim.machine import yaml_files
from povsim.machine.by_language import by_language
from povsim.params import World
from povsim.programmes.scenario import ProgrammeUse, Scenario
from povsim.study.comparison.experiment import Experiment
from povsim.study.request import Request
from povsim.study.runs.gather import Digest
from povsim.study.runs.spec import code_version

PACKAGES = ("mesa", "numba", "numpy", "pandas", "scipy", "hydra-core")


def manifest_of(
    experiment: Experiment,
    digests: Sequence[Digest],
    request: Request,
    seconds: float,
    residual: dict[str, float],
) -> dict[str, Any]:
    """Return the manifest of a comparison."""
    good = [d for d in digests if d.status == "ok"]
    titles = {u.name: dict(u.card.title) for s in request.scenarios for u in s.programmes}
    return {
        "experiment": experiment.name,
        "title": dict(experiment.title),
        "question": dict(experiment.question),
        "reading": dict(experiment.reading),
        "baseline": experiment.baseline,
        "reference": experiment.reference,
        "equal_cost": experiment.equal_cost,
        "outcomes": list(experiment.outcomes),
        "scenarios": {s.name: dict(s.title) for s in request.scenarios},
        "programmes": dict(sorted(titles.items())),
        "choices": plain(request.resolved.get("choices", {})),
        "population": _title_of_population(request.world),
        "seeds": list(request.seeds),
        "years": request.years,
        "first_year": FIRST_YEAR,
        "size": request.size,
        "households": request.world.households,
        "workers": request.workers,
        "executor": request.executor,
        "group_rows": good[0].group_rows if good else {},
        "cost_residual": residual,
        "wall_seconds": round(seconds, 2),
        "run_seconds": round(sum(d.seconds for d in digests), 2),
        **made_by([d.run_id for d in digests], request),
    }


def _title_of_population(world: World) -> dict[str, str]:
    """Return the title alone; the rest of a blueprint takes the model to read."""
    name, text = world.population, world.population_text
    if text:
        title = yaml_files.parse_yaml(text, f"population {name}").get("title")
    else:
        path = yaml_files.find("configs/population", name, "population")
        title = yaml_files.read_yaml(path).get("title")
    return by_language("title", title, f"population {name}", name)


def timeline(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the dated policy of a scenario, a row for each programme in the order of action."""
    return [_dated(use) for use in scenario.programmes]


def _dated(use: ProgrammeUse) -> dict[str, Any]:
    """Return share, dates and transition of one programme; dates are year-month or null."""
    change = use.transition
    begins, ends = math.floor(change.start), math.ceil(change.start + change.length)
    gradual = change.shape not in ("hold", "cliff")
    return {
        "programme": use.name,
        "share": use.share,
        "added": use.added,
        "start": None if use.start is None else date_of(use.start),
        "stop": None if use.stop is None else date_of(use.stop),
        "shape": change.shape,
        "change_start": None if change.shape == "hold" else date_of(begins),
        "change_end": date_of(ends) if gradual else None,
        "floor": 1.0 if change.shape == "hold" else change.floor,
        "announced": change.announced,
        "settings": dict(use.settings),
    }


def made_by(run_ids: Sequence[str], request: Request) -> dict[str, Any]:
    """Return what made a set of runs: code, packages, machine, command."""
    return {
        "code_version": code_version(),
        "content_hash": hashlib.sha256(" ".join(run_ids).encode()).hexdigest()[:20],
        "versions": {"povsim": version("povsim"), **{p: version(p) for p in PACKAGES}},
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "git": _git_state(),
        "command": _command(request),
        "notes": [in_both(note) for note in request.notes],
    }


def in_both(note: Said) -> dict[str, str]:
    """Return a note by language."""
    return {language: note.told(language) for language in LANGUAGES}


def _command(request: Request) -> str:
    """Return the command that repeats the study, as far as the request knows it."""
    asked = request.resolved.get("overrides") or []
    verb = str(request.resolved.get("verb", "run"))
    return shlex.join(["povsim", verb, *map(str, asked)])


def _git_state() -> str:
    """Return the commit of the source checkout, with a mark if it is changed; empty elsewhere."""
    root = Path(__file__).resolve().parents[4]
    if not (root / ".git").exists():
        return ""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "describe", "--always", "--dirty"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip()


def plain(tree: Any) -> Any:
    """Return mappings and sequences as plain dictionaries and lists."""
    if hasattr(tree, "items"):
        return {str(k): plain(v) for k, v in tree.items()}
    if isinstance(tree, list | tuple):
        return [plain(v) for v in tree]
    return tree if isinstance(tree, str | int | float | bool | None) else str(tree)
