"""How outcomes are counted: thresholds of the yearly measures, and poverty in many dimensions.

A table: one number a row with default, unit, range, meaning, source and confidence. They change
what is reported and nothing that happens.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import number


@dataclass(frozen=True)
class Measurement:
    """Thresholds of the yearly measures."""

    catastrophic: float = number(0.40, "share", 0.05, 1.0, "Share of the capacity to pay above which own medical spending is catastrophic", "World Health Organization: 40 % of capacity to pay", "document", zh="灾难性医疗支出阈值")
    vulnerable: float = number(0.29, "share", 0.05, 0.95, "Chance of poverty in a year from which on a household is vulnerable", "one in two over two years: 1 - sqrt(0.5)", "computed", zh="脆弱性概率阈值")
    helped: float = number(0.05, "share", 0.0, 1.0, "Support a year, as a share of the absolute line, over which a person counts as helped", zh="视为受助的补助占贫困线比例")
    near: float = number(0.25, "share", 0.01, 1.0, "Distance from the monitoring line, as a share of it, within which households are compared", zh="监测线附近范围")
    cause_share: float = number(0.05, "share", 0.0, 1.0, "Smallest loss, as a share of the line, that is named as the cause of a fall", zh="认定主因的最小损失比例")
    income_floor: float = number(100, "yuan/person/year", 1, 2000, "Income to which lower ones are raised before logs are taken: a year can end in a loss", zh="取对数前的收入下限")
    weak_base: float = number(2140, "yuan/person/year", 0, 12000, "Base of the weakly relative line: max(absolute line, base + share x median)", "1.15 over 2.15 dollars of the World Bank's societal line (2017 PPP), of 4,000 yuan", "computed", zh="弱相对贫困线基数")
    weak_share: float = number(0.50, "share", 0.0, 1.0, "Share of the national rural median in the weakly relative line", "the World Bank's societal poverty line", "document", zh="弱相对贫困线中位数份额")
    debt_cap: float = number(1.0, "index", 0.05, 10.0, "Debt over own revenue at which a county's credit is taken to end, for years_to_debt_cap", "0.6-2", "assumption", zh="测算年限所用债务率上限")
    farthest: float = number(50, "years", 5, 500, "Years to the debt cap that are reported where debt does not grow", zh="年限上限")


@dataclass(frozen=True)
class Deprivation:
    """Poverty in many dimensions (Alkire and Foster 2011): indicators, weights and cutoff."""

    cutoff: float = number(1.0 / 3.0, "share", 0.01, 1.0, "Weighted share of indicators from which on a household is poor in many", "Alkire and Foster (2011): a third, as in the global index", "found", zh="多维贫困临界值")
    food: float = number(1.0, "index", 0.0, 10.0, "Weight of food", "equal weights", "assumption", zh="吃饭权重")
    clothing: float = number(1.0, "index", 0.0, 10.0, "Weight of clothing", "equal weights", "assumption", zh="穿衣权重")
    schooling: float = number(1.0, "index", 0.0, 10.0, "Weight of compulsory education", "equal weights", "assumption", zh="义务教育权重")
    medical: float = number(1.0, "index", 0.0, 10.0, "Weight of basic medical care", "equal weights", "assumption", zh="基本医疗权重")
    housing: float = number(1.0, "index", 0.0, 10.0, "Weight of safe housing", "equal weights", "assumption", zh="住房安全权重")
    water: float = number(1.0, "index", 0.0, 10.0, "Weight of drinking water", "equal weights", "assumption", zh="饮水安全权重")
    capability: float = number(1.0, "index", 0.0, 10.0, "Weight of capability", "equal weights", "assumption", zh="能力权重")
    job: float = number(1.0, "index", 0.0, 10.0, "Weight of a job", "equal weights", "assumption", zh="就业权重")
    belonging: float = number(1.0, "index", 0.0, 10.0, "Weight of integration at a relocation site", "equal weights", "assumption", zh="融入权重")
    food_share: float = number(0.60, "share", 0.1, 1.0, "Consumption, as a share of the absolute line, under which food is lacking; under the line itself clothing is", "share of food in the national line of 2011, about 0.5-0.6", "recalled", zh="食物占贫困线比例")
    poor_start: float = number(0.70, "index", 0.0, 2.0, "Starting skill of children under which schooling is lacking, 1 = rural mean of 2020", zh="子女技能临界值")
    primary: float = number(6, "years", 0, 15, "Schooling under which households without children lack it", "primary school", "document", zh="小学年限")
    poor_housing: float = number(0.30, "index", 0.0, 1.0, "Works of the place under which housing is lacking; relocated households have new homes", zh="住房临界基础设施")
    poor_water: float = number(0.30, "index", 0.0, 1.0, "Works of the place under which drinking water is lacking", zh="饮水临界基础设施")
    poor_skill: float = number(0.70, "index", 0.0, 2.0, "Skill of the workers under which capability is lacking, 1 = rural mean of 2020", zh="能力临界值")
    settled: float = number(0.50, "index", 0.0, 1.0, "Integration under which a household at a site lacks it", zh="融入临界值")
