"""Which study a folder holds: a finished one is never overwritten by another."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from povsim.errors import UserError, said
from povsim.study.request import Request
from povsim.study.runs.provenance import plain
from povsim.study.runs.spec import cards_of, plain_scenario
from povsim.study.runs.store import write_json

Identity = dict[str, Any]
"""``configuration`` (a hash) and ``asked``, as they stand in a manifest."""
MANIFEST, NOTE = "manifest.json", "study.json"
OURS = ("config.yaml", "runs.csv", "annual.parquet", "report.html")
"""Files that a study would overwrite; without a manifest they are somebody else's."""
HEX = 20
"""Characters of a hash that are kept."""


def identity_of(request: Request, kind: str = "study", more: str = "") -> Identity:
    """Return what makes a study this one and no other, and how much of it was asked for.

    The hash is of what decides results and verdicts: worlds and scenarios of all arms, years,
    the experiment, and ``more`` (a sweep's design); not of seeds, workers or language, with which
    the same study goes on.

    Parameters
    ----------
    kind : str
        ``study``, ``sweep`` or ``search``.
    """
    experiment = {k: v for k, v in (request.experiment or {}).items() if k != "seeds"}
    content = {
        "kind": kind,
        "arms": [[asdict(request.world_of(s.name)), plain_scenario(s)] for s in request.scenarios],
        "cards": [cards_of(s) for s in request.scenarios],
        "names": [s.name for s in request.scenarios],
        "years": request.years,
        "experiment": plain(experiment),
        "more": more,
    }
    text = json.dumps(content, sort_keys=True, default=str)
    named = str(request.resolved.get("choices", {}).get("experiment") or "")
    which = f"experiment={named}" if request.experiment else f"scenario={request.scenario.name}"
    return {
        "configuration": hashlib.sha256(text.encode()).hexdigest()[:HEX],
        "asked": {
            "what": f"{kind} of {which}",
            "seeds": list(request.seeds),
            "precision": request.precision,
            "max_seeds": request.max_seeds,
        },
    }


def check_same(folder: Path, own: Mapping[str, Any]) -> None:
    """Raise UserError if a folder holds what a study must not overwrite.

    Parameters
    ----------
    own : Mapping
        Identity of the study that would be written, or its manifest.
    """
    theirs = [name for name in OURS if (folder / name).exists()]
    held = _identity_in(folder, theirs)
    if held is None:
        if theirs and not (folder / "runs").is_dir():
            raise _held("holds_others", folder, names=theirs)
        return
    what = _what(held)
    if held.get("configuration") != own.get("configuration"):
        raise _held("holds_configuration", folder, what=what)
    if fewer := _fewer(held["asked"], own.get("asked", {})):
        raise _held("holds_more", folder, what=what, fewer=fewer)


def _identity_in(folder: Path, theirs: Sequence[str]) -> Mapping[str, Any] | None:
    """Return the identity of a finished study, or None if there is none in a folder.

    Where the manifest is damaged or has gone, the note beside the runs says what they were for;
    without it they say themselves which can be used.
    """
    for file in (folder / MANIFEST, folder / "runs" / NOTE):
        try:
            held = json.loads(file.read_text(encoding="utf-8"))
            return {**held, "asked": dict(held.get("asked", {}))}
        except FileNotFoundError:
            if not theirs:
                return None
        except (OSError, ValueError, AttributeError, TypeError):
            if not (folder / "runs").is_dir():
                raise _held("holds_damaged", folder, file=file.name) from None
    return None


def note_identity(folder: Path, own: Mapping[str, Any]) -> None:
    """Write beside the runs which study they are for, so that a damaged manifest is no end."""
    write_json(folder / "runs" / NOTE, {name: own[name] for name in ("configuration", "asked")})


def _held(name: str, folder: Path, **parts: object) -> UserError:
    """Return the mistake of a folder that holds what would be overwritten."""
    return UserError(said(name, folder=folder, **parts), allowed=said("new_folder"))


def _what(held: Mapping[str, Any]) -> str:
    """Return what a folder holds, as people call it; old manifests know less."""
    return str(held.get("asked", {}).get("what") or f"study of {held.get('experiment', '?')}")


def _fewer(held: Mapping[str, Any], own: Mapping[str, Any]) -> object:
    """Return of what the held study has more than is asked for now, or nothing."""
    if not set(held.get("seeds", ())) <= set(own.get("seeds", ())):
        return said("other_seeds", n=len(held["seeds"]), first=min(held["seeds"]))
    wanted, now = held.get("precision"), own.get("precision")
    if wanted is not None and (now is None or now > wanted):
        return f"precision={wanted:g}"
    if wanted is not None and own.get("max_seeds", 0) < held.get("max_seeds", 0):
        return f"max_seeds={held['max_seeds']}"
    return ""
