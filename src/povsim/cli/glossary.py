"""Read the glossary of measures that the report uses."""

from pathlib import Path
from typing import Any

import povsim
from povsim.machine import yaml_files

GLOSSARY = Path(povsim.__file__).parent / "report" / "glossary.yaml"


def measures() -> dict[str, Any]:
    """Return what the glossary says about each measure, by name."""
    content = yaml_files.read_yaml(GLOSSARY)
    found: dict[str, Any] = content.get("measures", content)
    return found
