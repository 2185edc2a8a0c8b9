"""Growth, prices, poverty lines, registers and the public purse.

A table: one number a row with default, unit, range, meaning, source and confidence.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import number


@dataclass(frozen=True)
class Economy:
    """Growth, prices and wages that no household can move."""

    growth: float = number(
        0.045, "1/year", -0.05, 0.10, "Mean real growth of rural productivity and wages",
        "Real growth of rural income was 9.2 to 3.8 % a year in 2014-2020 (NBS), falling; the"
        " mean of the decade ahead is an assumption", "assumption", zh="农村生产率与工资实际年均增长率")
    growth_persistence: float = number(
        0.6, "share", 0.0, 0.95, "Yearly persistence of growth around its mean", zh="增长率持续性")
    growth_volatility: float = number(
        0.012, "1/year", 0.0, 0.06, "Standard deviation of yearly growth",
        "Spread of NBS rural real growth 2014-2020 (1.6 points, trend included)", "computed", zh="年增长率标准差")
    price_persistence: float = number(
        0.7, "share", 0.0, 0.95, "Yearly persistence of log product prices", "model literature", "recalled", zh="农产品价格持续性")
    price_volatility: float = number(
        0.10, "log points", 0.0, 0.40, "Yearly standard deviation of product price shocks",
        "Producer price index of farm products moved 96.5 to 115.0 in 2015-2020 (NBS)", "computed", zh="农产品价格年波动")
    products: float = number(6, "index", 1, 32, "Number of distinct village products", zh="村庄主导产品种类")
    homogeneity_effect: float = number(
        0.10, "index", 0.0, 1.0, "Fall of a product's log price per unit of log excess supply from village industry", zh="产业同质化价格效应")
    deposit_rate: float = number(
        0.015, "1/year", 0.0, 0.05, "Real return on liquid assets", zh="存款实际利率")
    discount_rate: float = number(
        0.04, "1/year", 0.0, 0.10, "Rate at which fiscal costs are discounted", "project appraisal practice", "recalled", zh="财政贴现率")


@dataclass(frozen=True)
class Lines:
    """Poverty lines and the durations that make a fall a fall."""

    absolute: float = number(
        4000, "yuan/person/year", 2000, 12000, "National rural poverty line of 2020",
        "about 4,000 yuan in 2020 (2,300 yuan at 2010 prices)", "document", zh="国家农村贫困线")
    monitoring: float = number(
        5000, "yuan/person/year", 2000, 15000, "Income line of the monitoring rules",
        "provincial monitoring rules: about 5,000 in 2020", "recalled", zh="防返贫监测收入线")
    national_median: float = number(
        15204, "yuan/person/year", 5000, 60000, "National rural median income of 2020",
        "NBS, Statistical Communique 2020", "recalled", zh="全国农村居民收入中位数")
    months_above: float = number(12, "months", 1, 24, "Months at or above the line before a fall counts", zh="稳定脱贫所需月数")
    months_below: float = number(3, "months", 1, 12, "Months in a row below the line that make a fall", zh="认定返贫的连续月数")


@dataclass(frozen=True)
class Registers:
    """Who is on which list, and how well lists see."""

    score_noise: float = number(0.45, "log points", 0.0, 2.0, "Noise of the score by which households are ranked", "so that 0.3-0.5 of the target are missed", "assumption", zh="识别误差")
    review_month: float = number(1, "months", 1, 12, "Calendar month in which lists are reviewed", zh="名单复核月份")


@dataclass(frozen=True)
class Fiscal:
    """The envelope that every arm receives."""

    envelope_per_registered_person: float = number(
        1720, "yuan/person/year", 0, 20000, "Discretionary support fund per registered person",
        "170 bn yuan of central transition funds over 98.99 million persons", "computed", zh="每名脱贫人口年均衔接资金")
    entitlements_per_person: float = number(
        1680, "yuan/person/year", 0, 5000, "Budget reserved for entitlements per resident; what they do not use goes to the arm's programmes",
        "fiscal insurance subsidy 550, pension and dibao of the drawn population", "assumption", zh="人均法定保障预算")
    county_debt_rate: float = number(0.035, "1/year", 0, 0.2, "Interest on county bonds (municipal bonds paid 3-4 % in 2020)", zh="县级债券利率")
    envelope_growth: float = number(0.0, "1/year", -0.2, 0.2, "Real growth of the envelope beyond the growth of the economy", zh="财政包络实际增长")
    delivery: float = number(
        0.7, "share", 0.2, 1.0, "Programme money on hand that reaches its use within the month at ordinary diligence; the rest is late",
        "money of programmes lies idle for months in audit reports; the size is assumed", "assumption", zh="项目资金当月到位比例（一般尽责）")
    lapse: float = number(
        0.3, "share", 0.0, 1.0, "Late money of December that never reaches its use",
        "money not used by the end of the year is taken back or lies idle; the size is assumed", "assumption", zh="年末未到位资金失效比例")
