"""Life at relocation sites, and village industry.

A table: one number a row with default, unit, range, meaning, source and confidence.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import number


@dataclass(frozen=True)
class Integration:
    """Life at relocation sites."""

    base: float = number(0.10, "1/year", 0.0, 1.0, "Integration gained a year by living there", zh="融入基础速度")
    culture: float = number(0.10, "1/year", 0.0, 1.0, "Gain from full cultural space", zh="文化空间作用")
    employment: float = number(0.15, "1/year", 0.0, 1.0, "Gain when all workers have wage jobs", zh="就业促进融入")
    services: float = number(0.10, "1/year", 0.0, 1.0, "Gain from full services", zh="公共服务促进融入")
    idleness: float = number(0.25, "1/year", 0.0, 2.0, "Loss when no worker has a wage job", zh="失业削弱融入")
    search_gain: float = number(0.5, "index", 0.0, 3.0, "Rise of local search from no to full integration", zh="融入提升求职")
    return_rate: float = number(0.02, "1/year", 0.0, 0.3, "Moves back of a household neither integrated nor employed", "moves exist, rate 0.005-0.06", "assumption", zh="回流率")
    return_integration: float = number(2.0, "log points", 0.0, 6.0, "Fall of log return rate from no to full integration", zh="融入降低回流")
    return_employment: float = number(1.0, "log points", 0.0, 6.0, "Fall of log return rate when all workers have wage jobs", zh="就业降低回流")
    return_land: float = number(0.7, "log points", 0.0, 4.0, "Rise of log return rate with land kept at home", zh="原籍土地促进回流")


@dataclass(frozen=True)
class Industry:
    """Village industry: capital, jobs, management, failure."""

    output_capital_ratio: float = number(0.40, "1/year", 0.05, 2.0, "Value added per yuan of capital at full management, before growth", "design figure, VA/K = 0.4", "assumption", zh="产业增加值资本比")
    capital_elasticity: float = number(0.85, "index", 0.4, 1.0, "Elasticity of value added to capital per village household; 1 = constant returns", "span of control, about 0.8-0.9", "recalled", zh="产业增加值的资本弹性")
    labour_share: float = number(0.60, "share", 0.1, 0.9, "Share of value added paid as wages", "design figure", "assumption", zh="劳动份额")
    management_elasticity: float = number(0.5, "index", 0.0, 2.0, "Elasticity of value added to management capability", zh="管理能力弹性")
    infrastructure_return: float = number(0.3, "index", 0.0, 2.0, "Rise of value added from no to full infrastructure and market access", zh="基础设施对产业的作用")
    depreciation: float = number(0.08, "1/year", 0.0, 0.5, "Wear of industrial capital", zh="产业资本折旧")
    failure_rate: float = number(0.12, "1/year", 0.0, 0.6, "Failures of village industry at no management capability and reference capital", "0.05-0.30", "assumption", zh="产业项目失败率")
    failure_management: float = number(1.5, "log points", 0.0, 5.0, "Fall of log failure rate from no to full management capability", "sign found", "assumption", zh="管理能力降低失败率")
    failure_size: float = number(0.10, "log points", 0.0, 1.0, "Fall of log failure rate per log of capital over the reference", zh="规模降低失败率")
    failure_mandated: float = number(0.5, "log points", 0.0, 3.0, "Rise of log failure rate when all capital is public", "voluntary projects fit better", "assumption", zh="行政推动项目失败率加成")
    reference_capital: float = number(5000, "yuan/household", 10, 1e6, "Capital per village household at which the failure rate is stated", zh="失败率参照资本")
    capital_lost: float = number(0.6, "share", 0.0, 1.0, "Share of capital lost in a failure", zh="失败损失比例")
    land_value: float = number(2000, "yuan/mu/year", 0, 20000, "Value added of a mu of farm land that village industry uses, where capital is typical", zh="入股土地的年增加值")
    learning: float = number(0.08, "1/year", 0.0, 1.0, "Growth of management capability by local operation", zh="管理能力学习速度")
    base_private_investment: float = number(150, "yuan/household/year", 0, 5000, "Private investment that comes without any programme",
        "keeps the private capital of the start: 1,132 yuan a household, wear and what failures take (lifted counties)", "computed", zh="自发社会投资")
    surplus_to_fund: float = number(0.30, "share", 0.0, 1.0, "Share of the public capital's surplus kept by the village fund", zh="盈余留村比例")
    dividend_poor_share: float = number(0.50, "share", 0.0, 1.0, "Share of dividends kept for registered and edge households", zh="分红中留给脱贫户和边缘易致贫户的比例")
