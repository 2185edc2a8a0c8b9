"""Illness and weather.

A table: one number a row with default, unit, range, meaning, source and confidence.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import number


@dataclass(frozen=True)
class Hazards:
    """Illness and weather."""

    illness_rate: float = number(
        0.05, "1/year", 0.0, 0.5, "Serious illnesses per household, healthy worker of 50",
        "set between medical impoverishment (2-6 %) and catastrophic spending (11-18 %)", "prior", zh="重病发生率")
    illness_age_effect: float = number(0.015, "log points", 0.0, 0.08, "Rise of log illness rate per year of age of the head", zh="年龄对患病率的影响")
    illness_health_effect: float = number(1.0, "log points", 0.0, 4.0, "Rise of log illness rate from full to no health", zh="健康状况对患病率的影响")
    illness_overwork_effect: float = number(0.2, "log points", 0.0, 2.0, "Rise of log illness rate when all workers are informal migrants", zh="过劳对患病率的影响")
    illness_cost_median: float = number(12000, "yuan", 0, 60000, "Median bill of a serious illness", zh="重病费用中位数")
    illness_cost_spread: float = number(0.9, "log points", 0.0, 2.0, "Log standard deviation of the bill", zh="重病费用离散度")
    illness_months: float = number(3, "months", 1, 24, "Mean months that a worker is lost", zh="患病误工月数")
    illness_health_loss: float = number(0.08, "index", 0.0, 0.5, "Health lost in a serious illness", zh="患病健康损失")
    utilisation_elasticity: float = number(
        -0.2, "index", -0.8, 0.0, "Elasticity of the bill to the share paid out of pocket", "RAND health insurance experiment", "recalled", zh="医疗需求价格弹性")
    uninsured_share: float = number(1.0, "share", 0.0, 1.0, "Share of the bill paid out of pocket without insurance", "definition", "computed", zh="无医保时自付比例")
    reference_out_of_pocket: float = number(
        0.454, "share", 0.05, 1.0, "Out-of-pocket share at which the bill is measured", "out-of-pocket share of inpatient cost of non-poor rural patients, 2018", "document", zh="基准自付比例")
    accident_rate: float = number(0.03, "1/year", 0.0, 1.0, "Accidents that destroy productive capital (livestock death, fire), per household", zh="生产资产意外损失发生率")
    accident_concentration: float = number(2.0, "index", 0.2, 50.0, "Share of capital kept follows Beta(this, 1)", zh="意外后资产保留集中度")
    weather_rate: float = number(0.12, "1/year", 0.0, 0.6, "Yearly chance that weather strikes a place",
        "11.9 % of sown area was affected in 2020 (NBS); deep-poverty areas higher by the ratio below", "recalled", zh="气象灾害发生率")
    weather_loss: float = number(0.25, "share", 0.0, 0.9, "Mean share of the harvest lost when it strikes", zh="灾害平均减产比例")
    farmland_protection: float = number(0.5, "share", 0.0, 1.0, "Part of a weather loss that high-standard farmland avoids", zh="高标准农田减灾比例")
    weather_region_share: float = number(0.2, "share", 0.0, 1.0, "Share of weather variance common to a region", zh="区域共同气象方差占比")
    weather_county_share: float = number(0.4, "share", 0.0, 1.0, "Share of weather variance common to a county", zh="县域共同气象方差占比")
    weather_deep_ratio: float = number(1.4, "index", 0.5, 4.0, "Weather rate in deep-poverty counties over other counties", zh="深度贫困县灾害倍数")
    harvest_month: float = number(7, "months", 1, 12, "Calendar month in which the year's weather is known", zh="收成明朗的月份")
