"""Hold the numbers of the world: economy, hazards, work, production, households, places.

Ranges are those that a run accepts and that sensitivity analysis sweeps. Sources that name a
table are official statistics; "assumption" says that no published figure stands behind a number.
"""

from dataclasses import dataclass, field, fields

from povsim.params.declare import check, choice, number

NBS_MIGRANT = "NBS, Migrant Workers Monitoring Survey Report 2020"
NBS_COMMUNIQUE = "NBS, Statistical Communique 2020"


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
    weather_rate: float = number(0.15, "1/year", 0.0, 0.6, "Yearly chance that weather strikes a place",
        "7 to 12 % of sown area was affected a year in 2019-2022 (NBS); poor areas higher by assumption", "assumption", zh="气象灾害发生率")
    weather_loss: float = number(0.25, "share", 0.0, 0.9, "Mean share of the harvest lost when it strikes", zh="灾害平均减产比例")
    weather_concentration: float = number(4.0, "index", 1.0, 50.0, "Concentration of the loss share around its mean", zh="减产比例集中度")
    weather_region_share: float = number(0.2, "share", 0.0, 1.0, "Share of weather variance common to a region", zh="区域共同气象方差占比")
    weather_county_share: float = number(0.4, "share", 0.0, 1.0, "Share of weather variance common to a county", zh="县域共同气象方差占比")
    weather_deep_ratio: float = number(1.4, "index", 0.5, 4.0, "Weather rate in deep-poverty counties over other counties", zh="深度贫困县灾害倍数")
    harvest_month: float = number(7, "months", 1, 12, "Calendar month in which the year's weather is known", zh="收成明朗的月份")


@dataclass(frozen=True)
class Work:
    """Offers, choices, separations and pay."""

    migrant_formal_wage: float = number(4600, "yuan/month", 1000, 12000, "Monthly pay of migrants with a contract",
        "mean of all migrants 4,072 (" + NBS_MIGRANT + "); the split by contract is an assumption", "computed", zh="有合同外出务工月工资")
    migrant_informal_wage: float = number(3500, "yuan/month", 800, 10000, "Monthly pay of migrants without a contract",
        "mean of all migrants 4,072 (" + NBS_MIGRANT + "); the split by contract is an assumption", "computed", zh="无合同外出务工月工资")
    local_wage: float = number(2400, "yuan/month", 600, 8000, "Monthly pay of local wage jobs", "poor-area local pay 2,000-2,800", "recalled", zh="本地务工月工资")
    workshop_wage: float = number(1800, "yuan/month", 500, 5000, "Monthly pay in poverty-alleviation workshops", "case reports 1,000-3,000", "prior", zh="扶贫车间月工资")
    months_away: float = number(10, "months", 4, 12, "Months a year that a migrant works", "NBS migrant survey 2016", "recalled", zh="外出务工月数")
    brought_home_share: float = number(0.45, "share", 0.1, 1.0, "Share of migrant pay that reaches the household", "literature 0.25-0.6", "prior", zh="务工收入带回比例")
    remitted_share: float = number(0.35, "share", 0.0, 1.0, "Part of migrant pay at home booked as transfer, not wage, by the survey's residence rule", zh="带回收入计入转移性收入比例")
    schooling_return: float = number(0.06, "log points", 0.0, 0.15, "Rise of log wage per year of schooling", "off-farm return 6.4 % (de Brauw and Rozelle 2008)", "document", zh="教育回报率")
    skill_return: float = number(0.5, "log points", 0.0, 2.0, "Rise of log wage per unit of skill", zh="技能回报")
    health_return: float = number(0.3, "log points", 0.0, 2.0, "Elasticity of pay to health", zh="健康回报")
    language_penalty: float = number(0.10, "log points", 0.0, 0.5, "Loss of log wage away from home without Mandarin", zh="不会普通话的工资损失")
    formal_separation: float = number(0.15, "1/year", 0.0, 2.0, "Separations of migrants with a contract", "job loss of migrants 0.08-0.30 a year", "prior", zh="正规就业离职率")
    informal_separation: float = number(0.45, "1/year", 0.0, 3.0, "Separations of migrants without a contract", zh="非正规就业离职率")
    local_separation: float = number(0.30, "1/year", 0.0, 3.0, "Separations from local jobs", zh="本地就业离职率")
    workshop_separation: float = number(0.40, "1/year", 0.0, 3.0, "Separations from workshops", zh="扶贫车间离职率")
    separation_cyclicality: float = number(0.3, "index", 0.0, 1.5, "Fall of log separations per standard deviation of growth", zh="离职率的周期性")
    migrant_offer_rate: float = number(0.40, "1/year", 0.0, 5.0, "Offers of work away per household with a free worker", zh="外出务工机会到达率")
    formal_offer_share: float = number(0.35, "share", 0.0, 1.0, "Share of offers away that come with a contract", zh="有合同机会比例")
    network_effect: float = number(0.30, "log points", 0.0, 2.0, "Rise of offers away per log of one plus kin away", zh="社会网络对就业机会的影响")
    digital_effect: float = number(0.30, "log points", 0.0, 2.0, "Rise of all offers from no to full network coverage", zh="数字化对就业机会的影响")
    local_search_rate: float = number(1.2, "1/year", 0.0, 12.0, "Chance that a free worker asks for a local or workshop job", zh="本地求职频率")
    moving_cost: float = number(0.25, "share", 0.0, 1.0, "Friction of working away, share of the wage", "0.1-0.5", "assumption", zh="外出摩擦成本")
    care_cost: float = number(0.05, "share", 0.0, 0.5, "Cost of being away per dependant, share of the wage", zh="照料成本")
    choice_noise: float = number(0.25, "index", 0.02, 2.0, "Noise of the choice of work, in mean wages", zh="职业选择噪声")


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
    skill_return: float = number(0.30, "index", 0.0, 2.0, "Rise of own production per unit of skill", zh="技能对经营的回报")
    cost_share: float = number(0.30, "share", 0.0, 0.8, "Inputs paid before the harvest, share of normal gross output", zh="经营成本占比")
    season_volatility: float = number(0.22, "log points", 0.0, 0.8, "Standard deviation of one year's passing shock to own production",
        "literature 0.25-0.6 with survey noise, which is not income risk", "assumption", zh="经营收入暂时性波动")
    lasting_volatility: float = number(0.10, "log points", 0.0, 0.4, "Standard deviation of the yearly persistent shock", "0.10-0.30 with survey noise", "prior", zh="持续性收入冲击")
    lasting_persistence: float = number(0.75, "share", 0.0, 0.99, "Yearly persistence of that shock", "0.55-0.90", "prior", zh="收入冲击持续性")
    second_technique_gain: float = number(0.45, "index", 0.0, 3.0, "Output of the better technique over the simple one, minus one (s_shaped)", zh="高技术产出增益")
    second_technique_cost: float = number(3000, "yuan/year", 0, 40000, "Fixed yearly cost of the better technique (s_shaped)", zh="高技术固定成本")
    second_technique_capital: float = number(15000, "yuan", 0, 200000, "Capital below which it cannot be used (s_shaped)", "threshold scaled from Balboni et al. 2022", "assumption", zh="高技术资本门槛")
    neighbourhood_return: float = number(0.10, "index", 0.0, 1.0, "Rise of own production per doubling of the village's mean capital (geographic)", "form of Jalan and Ravallion 2002", "assumption", zh="村庄资本外部性")
    neighbourhood_capital: float = number(15000, "yuan/household", 1000, 200000, "Mean capital at which that effect is nil", zh="外部性基准资本")


@dataclass(frozen=True)
class Consumption:
    """Needs, buffers, help among neighbours, loans and distress sales."""

    subsistence: float = number(3000, "yuan/person/year", 500, 10000, "Floor of consumption per equivalent adult", "0.7-0.8 of the line", "assumption", zh="基本生存消费")
    adult_scale: float = number(0.5, "index", 0.0, 1.0, "Weight of each further adult", "OECD-modified equivalence scale", "found", zh="成人等价系数")
    child_scale: float = number(0.3, "index", 0.0, 1.0, "Weight of each child", "OECD-modified equivalence scale", "found", zh="儿童等价系数")
    marginal_propensity: float = number(0.75, "share", 0.0, 1.0, "Share of usual income above the floor that is consumed", "0.6-0.8", "recalled", zh="边际消费倾向")
    buffer_months: float = number(4, "months", 0, 24, "Buffer that households aim at, in months of usual income", "3-6 months", "recalled", zh="目标储蓄月数")
    buffer_draw: float = number(0.25, "1/year", 0.0, 3.0, "Share of savings above the buffer consumed in a year", zh="超额储蓄消费率")
    income_learning: float = number(0.5, "1/year", 0.05, 6.0, "Speed at which usual income follows income", zh="收入预期调整速度")
    school_cost: float = number(600, "yuan/person/year", 0, 8000, "School costs per child", zh="教育支出")
    risk_sharing: float = number(0.30, "share", 0.0, 0.9, "Share of a neighbour's sudden loss that the village carries", "sign found in village panels", "assumption", zh="村庄风险分担比例")
    risk_sharing_cap: float = number(0.02, "share", 0.0, 0.2, "Most that a household gives in a month, share of its savings", zh="互助支出上限")
    kin_loan_months: float = number(2, "months", 0, 12, "Most that kin lend, in months of usual income", zh="亲友借款上限")
    kin_loan_term: float = number(36, "months", 6, 120, "Months in which a loan is paid back", zh="借款期限")
    kin_loan_rate: float = number(0.0, "1/year", 0.0, 0.3, "Interest on loans of kin", zh="亲友借款利率")
    distress_discount: float = number(0.25, "share", 0.0, 0.9, "Price cut of assets sold in need", "0.1-0.5", "recalled", zh="变卖资产折价")
    smallest_lot: float = number(1000, "yuan", 0, 20000, "Smallest lot of capital that can be sold", zh="变卖最小单位")


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

    motivation_mode: str = choice("income_effect", ("none", "income_effect"), "How support changes effort", zh="内生动力假说")
    income_effect: float = number(0.05, "share", 0.0, 0.5, "Fall of labour when all income is unearned support", "0 in seven trials, negative for generous rural dibao", "assumption", zh="转移支付的收入效应")
    skill_decay: float = number(0.03, "1/year", 0.0, 0.2, "Wear of skill towards its floor", zh="技能衰减率")
    skill_floor: float = number(0.6, "index", 0.0, 1.0, "Skill that does not wear", zh="技能下限")
    skill_services: float = number(0.012, "1/year", 0.0, 0.2, "Skill gained a year from full services", zh="公共服务提升技能")
    skill_working: float = number(0.012, "1/year", 0.0, 0.2, "Skill gained a year when all workers hold wage jobs", zh="干中学")
    health_recovery: float = number(0.10, "1/year", 0.0, 1.0, "Share of lost health regained in a year with full access", zh="健康恢复率")
    health_overwork: float = number(0.01, "1/year", 0.0, 0.2, "Health lost a year when all workers are informal migrants", zh="过劳健康损耗")
    health_hunger: float = number(0.02, "1/month", 0.0, 0.3, "Health lost in a month below subsistence", zh="消费不足健康损耗")


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
    labour_share: float = number(0.60, "share", 0.1, 0.9, "Share of value added paid as wages", "design figure", "assumption", zh="劳动份额")
    management_elasticity: float = number(0.5, "index", 0.0, 2.0, "Elasticity of value added to management capability", zh="管理能力弹性")
    infrastructure_return: float = number(0.3, "index", 0.0, 2.0, "Rise of value added from no to full infrastructure and market access", zh="基础设施对产业的作用")
    depreciation: float = number(0.08, "1/year", 0.0, 0.5, "Wear of industrial capital", zh="产业资本折旧")
    failure_rate: float = number(0.12, "1/year", 0.0, 0.6, "Failures of village industry at no management capability and one million yuan", "0.05-0.30", "assumption", zh="产业项目失败率")
    failure_management: float = number(1.5, "log points", 0.0, 5.0, "Fall of log failure rate from no to full management capability", "sign found", "assumption", zh="管理能力降低失败率")
    failure_size: float = number(0.10, "log points", 0.0, 1.0, "Fall of log failure rate per log of capital over one million yuan", zh="规模降低失败率")
    failure_mandated: float = number(0.5, "log points", 0.0, 3.0, "Rise of log failure rate when all capital is public", "voluntary projects fit better", "assumption", zh="行政推动项目失败率加成")
    reference_capital: float = number(1_000_000, "yuan", 10_000, 1e9, "Capital at which the failure rate is stated", zh="失败率参照资本")
    capital_lost: float = number(0.6, "share", 0.0, 1.0, "Share of capital lost in a failure", zh="失败损失比例")
    learning: float = number(0.08, "1/year", 0.0, 1.0, "Growth of management capability by local operation", zh="管理能力学习速度")
    surplus_to_fund: float = number(0.30, "share", 0.0, 1.0, "Share of the public capital's surplus kept by the village fund", zh="盈余留村比例")
    dividend_poor_share: float = number(0.50, "share", 0.0, 1.0, "Share of dividends kept for registered and edge households", zh="分红中贫困户占比")


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
        780, "yuan/person/year", 0, 5000, "Budget reserved for entitlements per resident; what they do not use goes to the arm's programmes",
        "fiscal insurance subsidy 550, pension and dibao of the drawn population", "assumption", zh="人均法定保障预算")
    envelope_growth: float = number(0.0, "1/year", -0.2, 0.2, "Real growth of the envelope beyond the growth of the economy", zh="财政包络实际增长")


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

    def check(self) -> None:
        """Raise ValueError, one clear line, if any number is out of its range."""
        if self.households < 1:
            raise ValueError(f"households={self.households}: allowed is 1 or more")
        for name in GROUPS:
            check(getattr(self, name), name)
        if self.lines.absolute > self.lines.national_median:
            raise ValueError(
                f"lines.absolute={self.lines.absolute:g}: allowed is at most the national median"
                f" {self.lines.national_median:g} yuan/person/year"
            )


GROUPS: tuple[str, ...] = tuple(
    f.name for f in fields(World) if f.name not in {"name", "population", "households"}
)
