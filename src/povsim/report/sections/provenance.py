"""How to repeat what a page shows."""

from collections.abc import Mapping
from typing import Any

from povsim.words.glossary import Glossary


def provenance(m: Mapping[str, Any], words: Glossary) -> list[tuple[str, str]]:
    """Return what is needed to repeat the study, each with its name."""
    seeds = m["seeds"]
    rows = [
        ("experiment", str(m["experiment"])),
        ("command", str(m["command"])),
        ("seeds", f"{seeds[0]}-{seeds[-1]}" if len(seeds) > 1 else str(seeds[0])),
        ("years", str(m["years"])),
        ("households", f"{m['households']:,}"),
        ("hash", str(m["content_hash"])),
        ("code", f"{m['code_version']} {m['git']}".strip()),
        ("versions", ", ".join(f"{k} {v}" for k, v in m["versions"].items())),
        ("machine", f"Python {m['python']}, {m['machine']}"),
        ("time", f"{m['wall_seconds']} s"),
    ]
    return [(words.word(f"p_{name}"), value) for name, value in rows]


def notes(m: Mapping[str, Any], words: Glossary) -> list[str]:
    """Return what was asked for and was not done, or not reached."""
    return [str(note[words.language]) for note in m.get("notes", ())]
