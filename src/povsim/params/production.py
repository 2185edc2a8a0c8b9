"""Own farm and business, and the risk of income.

A table: one number a row with default, unit, range, meaning, source and confidence.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import choice, number


@dataclass(frozen=True)
class Production:
    """Own farm and business, and the risk of income."""

    trap: str = choice("concave", ("concave", "s_shaped", "geographic"), "Shape of the return to capital", zh="贫困陷阱形态")
    land_elasticity: float = number(0.30, "index", 0.0, 0.8, "Elasticity of own production to land", "0.2-0.4", "recalled", zh="土地产出弹性")
    capital_elasticity: float = number(0.15, "index", 0.0, 0.6, "Elasticity to productive capital", "0.1-0.25", "recalled", zh="资本产出弹性")
    labour_elasticity: float = number(0.45, "index", 0.0, 0.9, "Elasticity to labour", "0.35-0.55", "recalled", zh="劳动产出弹性")
    scale: float = number(4300, "yuan/year", 100, 50000, "Net output of one worker with one mu and 1,000 yuan of capital; absorbed by the fit of own ability at the start", zh="生产规模参数")
    elder_labour: float = number(0.35, "persons", 0.0, 1.0, "Farm labour of an elder, in workers", zh="老人务农劳动折算")
    idle_labour: float = number(0.15, "persons", 0.0, 1.0, "Farm labour that a household always has", zh="最低农业劳动")
    garden: float = number(0.3, "mu", 0.01, 2.0, "Home plot that even the landless use", zh="宅边地")
    infrastructure_return: float = number(0.20, "index", 0.0, 1.0, "Rise of own production from no to full infrastructure", zh="基础设施回报")
    skill_return: float = number(0.30, "log points", 0.0, 2.0, "Rise of log own production per unit of skill", zh="技能对经营的回报")
    cost_share: float = number(0.30, "share", 0.0, 0.8, "Inputs paid before the harvest, share of normal gross output", zh="经营成本占比")
    season_volatility: float = number(0.18, "log points", 0.0, 0.8, "Standard deviation of one year's passing shock to own production",
        "literature 0.25-0.6 with survey noise, which is not income risk", "assumption", zh="经营收入暂时性波动")
    lasting_volatility: float = number(0.08, "log points", 0.0, 0.4, "Standard deviation of the yearly persistent shock", "0.10-0.30 with survey noise", "prior", zh="持续性收入冲击")
    lasting_persistence: float = number(0.75, "share", 0.0, 0.99, "Yearly persistence of that shock", "0.55-0.90", "prior", zh="收入冲击持续性")
    second_technique_gain: float = number(0.45, "index", 0.0, 3.0, "Output of the better technique over the simple one, minus one (s_shaped)", zh="高技术产出增益")
    second_technique_cost: float = number(3000, "yuan/year", 0, 40000, "Fixed yearly cost of the better technique (s_shaped)", zh="高技术固定成本")
    second_technique_capital: float = number(15000, "yuan", 0, 200000, "Capital below which it cannot be used (s_shaped)", "threshold scaled from Balboni et al. 2022", "assumption", zh="高技术资本门槛")
    neighbourhood_return: float = number(0.10, "index", 0.0, 1.0, "Rise of own production per doubling of the village's mean capital (geographic)", "form of Jalan and Ravallion 2002", "assumption", zh="村庄资本外部性")
    neighbourhood_capital: float = number(15000, "yuan/household", 1000, 200000, "Mean capital at which that effect is nil", zh="外部性基准资本")
