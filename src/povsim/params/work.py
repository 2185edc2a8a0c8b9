"""Offers, choices, separations and pay.

A table: one number a row with default, unit, range, meaning, source and confidence.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import number

NBS_MIGRANT = "NBS, Migrant Workers Monitoring Survey Report 2020"


@dataclass(frozen=True)
class Work:
    """Offers, choices, separations and pay."""

    migrant_formal_wage: float = number(4600, "yuan/month", 1000, 12000, "Monthly pay of migrants with a contract",
        "mean of all migrants 4,072 (" + NBS_MIGRANT + "); the split by contract is an assumption", "computed", zh="有合同外出务工月工资")
    migrant_informal_wage: float = number(3500, "yuan/month", 800, 10000, "Monthly pay of migrants without a contract",
        "mean of all migrants 4,072 (" + NBS_MIGRANT + "); the split by contract is an assumption", "computed", zh="无合同外出务工月工资")
    local_wage: float = number(2400, "yuan/month", 600, 8000, "Monthly pay of local wage jobs", "poor-area local pay 2,000-2,800", "recalled", zh="本地务工月工资")
    workshop_wage: float = number(1800, "yuan/month", 500, 5000, "Monthly pay in employment workshops", "case reports 1,000-3,000", "prior", zh="就业帮扶车间月工资")
    months_away: float = number(10, "months", 4, 12, "Months a year that a migrant works", "NBS migrant survey 2016", "recalled", zh="外出务工月数")
    brought_home_share: float = number(0.45, "share", 0.1, 1.0, "Share of migrant pay that reaches the household", "literature 0.25-0.6", "prior", zh="务工收入带回比例")
    remitted_share: float = number(0.35, "share", 0.0, 1.0, "Part of migrant pay at home booked as transfer, not wage, by the survey's residence rule", zh="带回收入计入转移性收入比例")
    schooling_return: float = number(0.06, "log points", 0.0, 0.15, "Rise of log wage per year of schooling", "off-farm return 6.4 % (de Brauw and Rozelle 2008)", "document", zh="教育回报率")
    skill_return: float = number(0.5, "log points", 0.0, 2.0, "Rise of log wage per unit of skill", zh="技能回报")
    health_return: float = number(0.3, "log points", 0.0, 2.0, "Rise of log wage from no to full health", zh="健康回报")
    language_penalty: float = number(0.10, "log points", 0.0, 0.5, "Loss of log wage away from home without Mandarin", zh="不会普通话的工资损失")
    formal_separation: float = number(0.15, "1/year", 0.0, 2.0, "Separations of migrants with a contract", "job loss of migrants 0.08-0.30 a year", "prior", zh="正规就业离职率")
    informal_separation: float = number(0.45, "1/year", 0.0, 3.0, "Separations of migrants without a contract", zh="非正规就业离职率")
    local_separation: float = number(0.30, "1/year", 0.0, 3.0, "Separations from local jobs", zh="本地就业离职率")
    workshop_separation: float = number(0.40, "1/year", 0.0, 3.0, "Separations from workshops", zh="就业帮扶车间离职率")
    months_lost: float = number(4, "months", 0, 24, "Months of pay that go with a lost job until the next", "assumption", "assumption", zh="失业损失的工资月数")
    separation_cyclicality: float = number(0.3, "index", 0.0, 1.5, "Fall of log separations per standard deviation of growth", zh="离职率的周期性")
    migrant_offer_rate: float = number(0.28, "1/year", 0.0, 5.0, "Offers of work away per household with a free worker", "set so that work away keeps its share at rest", "computed", zh="外出务工机会到达率")
    formal_offer_share: float = number(0.18, "share", 0.0, 1.0, "Share of offers away that come with a contract", "set so that contracts keep their share at rest", "computed", zh="有合同机会比例")
    network_effect: float = number(0.30, "log points", 0.0, 2.0, "Rise of offers away per log of one plus kin away", zh="社会网络对就业机会的影响")
    digital_effect: float = number(0.30, "log points", 0.0, 2.0, "Rise of all offers from no to full network coverage", zh="数字化对就业机会的影响")
    local_search_rate: float = number(1.8, "1/year", 0.0, 12.0, "Chance that a free worker asks for a local or workshop job", "set so that local jobs stay filled at rest", "computed", zh="本地求职频率")
    moving_cost: float = number(0.25, "share", 0.0, 1.0, "Friction of working away, share of the wage", "0.1-0.5", "assumption", zh="外出摩擦成本")
    care_cost: float = number(0.05, "share", 0.0, 0.5, "Cost of being away per dependant, share of the wage", zh="照料成本")
    choice_noise: float = number(0.25, "index", 0.02, 2.0, "Noise of the choice of work, in mean wages", zh="职业选择噪声")
