"""Gather the parameter groups into a world."""

from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path

from povsim.errors import UserError, said
from povsim.errors.given import whole_number
from povsim.machine import yaml_files
from povsim.params.declare import check
from povsim.params.economy import Economy, Fiscal, Lines, Registers
from povsim.params.hazards import Hazards
from povsim.params.livelihood import Capability, Capital, Consumption
from povsim.params.measurement import Deprivation, Measurement
from povsim.params.places import Industry, Integration
from povsim.params.production import Production
from povsim.params.start import StartIncomes, StartPeople, StartPlaces, StartWork
from povsim.params.stress import Stress
from povsim.params.work import Work


@dataclass(frozen=True)
class World:
    """Everything about a world that is not government.

    ``population`` and ``households`` name what is drawn; the groups hold the numbers. A population
    of the user's own is told by ``population_text``, its whole file, so that a run reads no folder
    of anybody's; the text is empty for those of the project.
    """

    name: str = "default"
    population: str = "lifted_counties"
    households: int = 20_000
    economy: Economy = field(default_factory=Economy)
    lines: Lines = field(default_factory=Lines)
    hazards: Hazards = field(default_factory=Hazards)
    work: Work = field(default_factory=Work)
    production: Production = field(default_factory=Production)
    consumption: Consumption = field(default_factory=Consumption)
    capital: Capital = field(default_factory=Capital)
    capability: Capability = field(default_factory=Capability)
    integration: Integration = field(default_factory=Integration)
    industry: Industry = field(default_factory=Industry)
    registers: Registers = field(default_factory=Registers)
    fiscal: Fiscal = field(default_factory=Fiscal)
    stress: Stress = field(default_factory=Stress)
    measurement: Measurement = field(default_factory=Measurement)
    deprivation: Deprivation = field(default_factory=Deprivation)
    start_people: StartPeople = field(default_factory=StartPeople)
    start_work: StartWork = field(default_factory=StartWork)
    start_incomes: StartIncomes = field(default_factory=StartIncomes)
    start_places: StartPlaces = field(default_factory=StartPlaces)
    population_text: str = field(default="", repr=False)

    def with_population_of(self, config_dir: str | Path | None = None) -> "World":
        """Return the world with the text of its population, if a user's folder has that one."""
        text = yaml_files.user_text("configs/population", self.population, config_dir)
        return replace(self, population_text=text) if text and not self.population_text else self

    def check(self) -> None:
        """Raise UserError, one clear line, if any number is out of its range."""
        whole_number("households", self.households, low=1)
        for name in GROUPS:
            check(getattr(self, name), name)
        if self.lines.absolute > self.lines.national_median:
            rule = said("at_most_median", value=f"{self.lines.national_median:g}")
            raise UserError("lines.absolute", f"{self.lines.absolute:g}", rule)
        if self.lines.absolute > self.lines.monitoring:
            rule = said("at_most_monitoring", value=f"{self.lines.monitoring:g}")
            raise UserError("lines.absolute", f"{self.lines.absolute:g}", rule)


GROUPS: tuple[str, ...] = tuple(f.name for f in fields(World) if f.default_factory is not MISSING)
