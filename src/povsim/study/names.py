"""Names of measures, groups and regions, to check what an experiment asks for."""

from functools import cache
from pathlib import Path

from povsim.codes import CountyClass, Group, Region
from povsim.machine.yaml_files import read_yaml

GLOSSARY = Path(__file__).resolve().parents[1] / "report" / "glossary.yaml"
GROUPS = ("all", *(group.name for group in Group), "registered")
REGIONS = (
    "all",
    *(region.name.lower() for region in Region),
    *(kind.name.lower() for kind in CountyClass),
)


@cache
def measures() -> tuple[str, ...]:
    """Return the names of all measures, with the falls by each cause."""
    glossary = read_yaml(GLOSSARY)
    return (*glossary["measures"], *(f"falls_by_cause_{cause}" for cause in glossary["causes"]))
