"""The catalogue of yearly measures: their names, what they count, the parts they exist for."""

from functools import cache
from pathlib import Path
from typing import Any

from povsim.codes import CountyClass, Group, Region
from povsim.machine.yaml_files import read_yaml

GROUPS = ("all", *(group.name for group in Group), "registered")
REGIONS = (
    "all",
    *(region.name.lower() for region in Region),
    *(kind.name.lower() for kind in CountyClass),
)


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Return the whole catalogue: section, key, fields."""
    return read_yaml(Path(__file__).with_name("catalogue.yaml"))


@cache
def measures() -> tuple[str, ...]:
    """Return the names of all measures, with the falls by each cause."""
    causes = (f"falls_by_cause_{cause}" for cause in catalogue()["causes"])
    return (*catalogue()["measures"], *causes)
