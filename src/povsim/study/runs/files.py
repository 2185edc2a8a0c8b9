"""Know a file again: the hashes of what a study wrote, as they stand in its manifest."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from povsim.study.runs.store import write_json

MANIFEST = "manifest.json"
HEX = 20
"""Characters of a hash that are kept."""


def digests_of(folder: Path, manifest: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return the hash of each file that is there, by name; the manifest's is of all else in it."""
    found = {}
    for name in names:
        path = folder / name
        if name == MANIFEST:
            found[name] = _of_manifest(manifest)
        elif path.is_file():
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()[:HEX]
    return found


def _of_manifest(manifest: Mapping[str, Any]) -> str:
    """Return the hash of a manifest as it is read again, without what was hashed."""
    rest = {name: value for name, value in manifest.items() if name != "files"}
    text = json.dumps(json.loads(json.dumps(rest)), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:HEX]


def write_manifest(folder: Path, manifest: dict[str, Any], names: Iterable[str]) -> None:
    """Write the manifest, last of all files, with the hashes of those of ``names`` and its own."""
    manifest["files"] = digests_of(folder, manifest, [*names, MANIFEST])
    write_json(folder / MANIFEST, manifest)
