"""Read the glossary of measures that the report uses."""

from pathlib import Path
from typing import Any

import povsim
from povsim import yaml_paths

GLOSSARY = Path(povsim.__file__).parent / "report" / "glossary.yaml"


def measures() -> dict[str, Any]:
    """Return what the glossary says about each measure, by name."""
    content = yaml_paths.read_yaml(GLOSSARY)
    found: dict[str, Any] = content.get("measures", content)
    return found
