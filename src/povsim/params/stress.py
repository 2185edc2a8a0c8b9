"""Bad years that a run may be put through, the same under every policy.

A table: one number a row with default, unit, range, meaning, source and confidence.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import number


@dataclass(frozen=True)
class Stress:
    """A spell of bad years; by default there is none."""

    start: float = number(2.0, "years", 0.0, 50.0, "Years from the start of a run until bad years begin", zh="压力开始时间（运行开始后年数）")
    years: float = number(2.0, "years", 0.0, 20.0, "How long bad years last", "eight quarters, the length of a business-cycle downturn", zh="压力持续年数")
    growth_loss: float = number(0.0, "1/year", 0.0, 0.15, "Growth lost in bad years", zh="压力期损失的增长率")
    weather_factor: float = number(1.0, "index", 0.0, 6.0, "Factor on the chance of bad weather in bad years", zh="压力期气象灾害倍数")
    illness_factor: float = number(1.0, "index", 0.0, 10.0, "Factor on the rate of serious illness in bad years", zh="压力期重病倍数")
