"""Consumption, investment, health, skill and motivation.

A table: one number a row with default, unit, range, meaning, source and confidence.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import choice, number


@dataclass(frozen=True)
class Consumption:
    """Needs, buffers, help among neighbours, loans and distress sales."""

    subsistence: float = number(3000, "yuan/person/year", 500, 10000, "Floor of consumption per equivalent adult", "0.7-0.8 of the line", "assumption", zh="基本生存消费")
    adult_scale: float = number(0.5, "index", 0.0, 1.0, "Weight of each further adult", "OECD-modified equivalence scale", "found", zh="成人等价系数")
    child_scale: float = number(0.3, "index", 0.0, 1.0, "Weight of each child", "OECD-modified equivalence scale", "found", zh="儿童等价系数")
    marginal_propensity: float = number(0.80, "share", 0.0, 1.0, "Share of usual income above the floor that is consumed", "0.6-0.8", "recalled", zh="边际消费倾向")
    buffer_months: float = number(4, "months", 0, 24, "Buffer that households aim at, in months of usual income", "3-6 months", "recalled", zh="目标储蓄月数")
    buffer_draw: float = number(0.60, "1/year", 0.0, 3.0, "Share of savings above the buffer consumed in a year", "set so that savings keep their ratio to income", "computed", zh="超额储蓄消费率")
    income_learning: float = number(0.5, "1/year", 0.05, 6.0, "Speed at which usual income follows income", zh="收入预期调整速度")
    expectations: str = choice("announced", ("announced", "surprise"), "Whether people save for an announced end of support", zh="政策预期")
    school_cost: float = number(600, "yuan/person/year", 0, 8000, "School costs per child", zh="教育支出")
    risk_sharing: float = number(0.30, "share", 0.0, 0.9, "Share of a neighbour's sudden loss that the village carries", "sign found in village panels", "assumption", zh="村庄风险分担比例")
    risk_sharing_cap: float = number(0.02, "share", 0.0, 0.2, "Most that a household gives in a month, share of its savings", zh="互助支出上限")
    kin_loan_months: float = number(2, "months", 0, 12, "Most that kin lend, in months of usual income", zh="亲友借款上限")
    kin_loan_term: float = number(36, "months", 6, 120, "Months in which a loan is paid back", zh="借款期限")
    kin_loan_rate: float = number(0.0, "1/year", 0.0, 0.3, "Interest on loans of kin", zh="亲友借款利率")
    debt_limit_months: float = number(36, "months", 6, 240, "Debt beyond which lenders write off, in months of usual income", zh="债务核销界限")
    distress_discount: float = number(0.25, "share", 0.0, 0.9, "Price cut of assets sold in need", "0.1-0.5", "recalled", zh="变卖资产折价")
    smallest_lot: float = number(1000, "yuan", 0, 20000, "Smallest lot of capital that can be sold", zh="变卖最小单位")
    least_plan: float = number(0.30, "share", 0.0, 1.0, "Share of usual income that people plan with at least, however much support will end", zh="预期退出时仍计划使用的最低收入比例")
    bare_subsistence: float = number(0.50, "share", 0.0, 1.0, "Share of subsistence that nobody is left without: shops and hospitals wait for their money", zh="赊欠维持的最低生存比例")


@dataclass(frozen=True)
class Capital:
    """Investment of households and wear of public works."""

    depreciation: float = number(0.10, "1/year", 0.0, 0.5, "Wear of productive capital", "0.05-0.15", "recalled", zh="生产资本折旧率")
    invest_share: float = number(0.35, "1/year", 0.0, 3.0, "Share of savings above the buffer invested in a year", zh="超额储蓄投资率")
    required_return: float = number(0.12, "1/year", 0.0, 0.5, "Return below which households do not invest", zh="投资门槛收益率")
    adjustment_cost: float = number(0.05, "index", 0.0, 1.0, "Share of usual yearly income that can go into capital in a year, at most, beyond wear", zh="投资速度上限")
    infrastructure_decay: float = number(0.05, "1/year", 0.0, 0.3, "Wear of infrastructure without upkeep", "0.03-0.10", "recalled", zh="基础设施折旧率")
    infrastructure_upkeep: float = number(0.05, "1/year", 0.0, 0.3, "Upkeep paid from ordinary budgets", zh="基础设施维护")


@dataclass(frozen=True)
class Capability:
    """Skill, health and motivation."""

    motivation_mode: str = choice("income_effect", ("none", "income_effect", "dependency", "aspiration"), "How support changes effort", zh="内生动力假说")
    income_effect: float = number(0.05, "share", 0.0, 0.5, "Fall of labour when all income is unearned support", "0 in seven trials, negative for generous rural dibao", "assumption", zh="转移支付的收入效应")
    least_effort: float = number(0.5, "share", 0.0, 1.0, "Effort of people without any motivation (dependency, aspiration)", zh="最低努力程度")
    success_gain: float = number(0.10, "1/year", 0.0, 1.0, "Motivation gained a year by earning more than usual (dependency)", zh="成功激励")
    peer_pull: float = number(0.20, "1/year", 0.0, 2.0, "Pull of the place's mean motivation (dependency)", zh="同伴影响")
    dependency_wear: float = number(0.25, "1/year", 0.0, 1.0, "Motivation lost a year when all income is support without a condition (dependency)", "0-0.5", "assumption", zh="依赖性损耗")
    motivation_return: float = number(0.20, "1/year", 0.0, 2.0, "Return to the ordinary or the called-up level (dependency, aspiration)", zh="动力恢复速度")
    own_weight: float = number(0.4, "share", 0.0, 1.0, "Weight of own income in aspirations, against the better-off of the place (aspiration)", zh="自身收入在期望中的权重")
    moderate_gap: float = number(0.8, "index", 0.05, 10.0, "Gap over own income that motivates most (aspiration)", zh="最具激励的差距")
    aspiration_base: float = number(0.45, "share", 0.0, 1.0, "Motivation without any gap (aspiration)", zh="无差距时的动力")
    aspiration_gain: float = number(0.35, "share", 0.0, 1.0, "Most that a gap adds (aspiration)", zh="差距激励上限")
    childhood: float = number(18.0, "years", 10.0, 30.0, "Years until a child takes a worker's place", "legal age of majority 18", "assumption", zh="成年年限")
    skill_transmission: float = number(0.5, "share", 0.0, 1.0, "Part of the parents' distance from mean skill that children start with", zh="技能代际传递")
    child_talent: float = number(0.12, "index", 0.0, 0.5, "Spread of talent among children", "keeps the spread of skill where transmission is a half", "assumption", zh="子女天赋离散度")
    motivation_transmission: float = number(0.5, "share", 0.0, 1.0, "Part of the parents' distance from ordinary motivation that children have", zh="内生动力代际传递")
    skill_decay: float = number(0.03, "1/year", 0.0, 0.2, "Wear of skill towards its floor", zh="技能衰减率")
    skill_floor: float = number(0.6, "index", 0.0, 1.0, "Skill that does not wear", zh="技能下限")
    skill_services: float = number(0.012, "1/year", 0.0, 0.2, "Skill gained a year from full services", zh="公共服务提升技能")
    skill_working: float = number(0.012, "1/year", 0.0, 0.2, "Skill gained a year when all workers hold wage jobs", zh="干中学")
    health_recovery: float = number(0.16, "1/year", 0.0, 1.0, "Share of lost health regained in a year with full access", "set so that mean health stays at rest", "computed", zh="健康恢复率")
    resting_health: float = number(0.90, "index", 0.1, 1.0, "Health to which recovery tends", zh="健康恢复目标")
    health_overwork: float = number(0.01, "1/year", 0.0, 0.2, "Health lost a year when all workers are informal migrants", zh="过劳健康损耗")
    health_hunger: float = number(0.02, "1/month", 0.0, 0.3, "Health lost in a month below subsistence", zh="消费不足健康损耗")
