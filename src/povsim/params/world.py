"""Gather the parameter groups into a world."""

from dataclasses import dataclass, field, fields

from povsim.errors import UserError, said
from povsim.params.declare import check
from povsim.params.economy import Economy, Fiscal, Lines, Registers
from povsim.params.hazards import Hazards
from povsim.params.livelihood import Capability, Capital, Consumption
from povsim.params.measurement import Deprivation, Measurement
from povsim.params.places import Industry, Integration
from povsim.params.production import Production
from povsim.params.stress import Stress
from povsim.params.work import Work


@dataclass(frozen=True)
class World:
    """Everything about a world that is not government.

    ``population`` and ``households`` name what is drawn; the groups hold the numbers.
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

    def check(self) -> None:
        """Raise UserError, one clear line, if any number is out of its range."""
        if self.households < 1:
            raise UserError("households", self.households, said("at_least", low=1))
        for name in GROUPS:
            check(getattr(self, name), name)
        if self.lines.absolute > self.lines.national_median:
            rule = said("at_most_median", value=f"{self.lines.national_median:g}")
            raise UserError("lines.absolute", f"{self.lines.absolute:g}", rule)
        if self.lines.absolute > self.lines.monitoring:
            rule = said("at_most_monitoring", value=f"{self.lines.monitoring:g}")
            raise UserError("lines.absolute", f"{self.lines.absolute:g}", rule)


GROUPS: tuple[str, ...] = tuple(
    f.name for f in fields(World) if f.name not in {"name", "population", "households"}
)
