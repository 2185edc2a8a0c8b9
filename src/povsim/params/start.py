"""The population as it starts: people, work, incomes and places of 2020.

A table: one number a row with default, unit, range, meaning, source and confidence. Shares and
means of county classes stand in ``configs/population``; what holds for all of them stands here.
The start knows no scenario: where it repeats a number of a programme's card, it is what was paid
in 2020, and a scenario that sets the card leaves the start alone.
"""

# fmt: off

from dataclasses import dataclass

from povsim.params.declare import number


@dataclass(frozen=True)
class StartPeople:
    """Who lives in a household, and what its people can do."""

    households_of_1: float = number(0.09, "share", 0.001, 1.0, "Households of one person, before sizes are tilted to the published mean of each standing", zh="一人户占比（按公布户均人口调整前）")
    households_of_2: float = number(0.21, "share", 0.001, 1.0, "Households of two people, before tilting", zh="二人户占比（调整前）")
    households_of_3: float = number(0.22, "share", 0.001, 1.0, "Households of three people, before tilting", zh="三人户占比（调整前）")
    households_of_4: float = number(0.22, "share", 0.001, 1.0, "Households of four people, before tilting", zh="四人户占比（调整前）")
    households_of_5: float = number(0.14, "share", 0.001, 1.0, "Households of five people, before tilting", zh="五人户占比（调整前）")
    households_of_6: float = number(0.08, "share", 0.001, 1.0, "Households of six people, before tilting", zh="六人户占比（调整前）")
    households_of_7: float = number(0.03, "share", 0.001, 1.0, "Households of seven people, before tilting", zh="七人户占比（调整前）")
    households_of_8: float = number(0.01, "share", 0.001, 1.0, "Households of eight people, before tilting", zh="八人户占比（调整前）")
    elders_of_1: float = number(1.9, "index", 0.1, 5.0, "Chance that a member is 60 or over in a household of one; only ratios between sizes count, the mean is published", zh="一人户成员为老年人的相对概率")
    elders_of_2: float = number(1.55, "index", 0.1, 5.0, "The same in a household of two", zh="二人户成员为老年人的相对概率")
    elders_of_3: float = number(0.95, "index", 0.1, 5.0, "The same in a household of three", zh="三人户成员为老年人的相对概率")
    elders_of_4: float = number(0.8, "index", 0.1, 5.0, "The same in a household of four", zh="四人户成员为老年人的相对概率")
    elders_of_5: float = number(0.8, "index", 0.1, 5.0, "The same in a household of five", zh="五人户成员为老年人的相对概率")
    elders_of_6: float = number(0.85, "index", 0.1, 5.0, "The same in a household of six", zh="六人户成员为老年人的相对概率")
    elders_of_7: float = number(0.9, "index", 0.1, 5.0, "The same in a household of seven", zh="七人户成员为老年人的相对概率")
    elders_of_8: float = number(0.9, "index", 0.1, 5.0, "The same in a household of eight", zh="八人户成员为老年人的相对概率")
    child_share: float = number(0.19, "share", 0.0, 0.4, "Children among rural people", "about the census of 2020", "assumption", zh="农村儿童占比")
    child_places: float = number(0.62, "share", 0.4, 1.0, "People who may be children: neither 60 or over nor the one adult that a household without elders needs", "follows from sizes and elders", "assumption", zh="可为儿童的成员占比")
    disabled_share: float = number(0.045, "share", 0.0, 0.5, "Disabled or chronically ill among adults under 60", "about 6 % of all people (2010)", "assumption", zh="60岁以下成人残疾或慢性病比例")
    disabled_registered: float = number(0.12, "share", 0.0, 0.8, "The same in registered households", "twice and more that of all people", "assumption", zh="脱贫户60岁以下成人残疾或慢性病比例")
    working_elders: float = number(0.30, "share", 0.0, 1.0, "Elders who still work as full workers", zh="老年人仍从事劳动的比例")
    idle_elders_registered: float = number(0.4, "share", 0.0, 1.0, "Fall of that share in registered households", zh="脱贫户该比例的降幅")
    head_age: float = number(50, "years", 35, 65, "Mean age of the head of a household with adults under 60", zh="户主平均年龄")
    head_age_spread: float = number(9, "years", 0, 20, "Standard deviation of that age", zh="户主年龄标准差")
    elder_head_age: float = number(69, "years", 60, 85, "Mean age of the head of a household of elders", zh="老年户户主平均年龄")
    elder_age_spread: float = number(6, "years", 0, 15, "Standard deviation of that age", zh="老年户户主年龄标准差")
    schooling_by_age: float = number(0.05, "years/year", 0.0, 0.3, "Schooling lost per year of the head's age", zh="户主年龄每增一岁受教育年限减少")
    schooling_gap: float = number(0.8, "years", 0.0, 5.0, "Schooling that registered households have less", zh="脱贫户受教育年限差距")
    schooling_spread: float = number(2.0, "years", 0.0, 5.0, "Standard deviation of schooling at the same age and standing", zh="受教育年限标准差")
    health_at_50: float = number(0.93, "index", 0.3, 1.0, "Mean health of a household whose head is 50", zh="户主50岁家庭平均健康")
    health_by_age: float = number(0.003, "1/year", 0.0, 0.02, "Health lost per year of the head's age", zh="年龄每增一岁健康损失")
    health_disabled: float = number(0.12, "index", 0.0, 0.5, "Health that households with disabled or ill members have less", zh="残疾慢病家庭健康差距")
    health_registered: float = number(0.03, "index", 0.0, 0.5, "Health that registered households have less", zh="脱贫户健康差距")
    health_spread: float = number(0.05, "index", 0.0, 0.3, "Standard deviation of health of the same age and standing", zh="健康标准差")
    skill_by_schooling: float = number(0.03, "1/year", 0.0, 0.2, "Skill gained per year of schooling", zh="受教育年限对技能的影响")
    skill_schooling: float = number(7.5, "years", 3.0, 12.0, "Schooling at which skill is 1, the rural mean", zh="技能为一时的受教育年限")
    skill_spread: float = number(0.12, "index", 0.0, 0.5, "Standard deviation of skill at the same schooling", zh="技能标准差")
    motivation_mean: float = number(0.65, "index", 0.2, 1.0, "Mean motivation", zh="内生动力均值")
    motivation_spread: float = number(0.10, "index", 0.0, 0.4, "Standard deviation of motivation", zh="内生动力标准差")
    kin_away: float = number(1.5, "persons", 0.0, 8.0, "Mean number of kin and neighbours who work away", zh="外出务工亲友人数均值")
    site_integration: float = number(0.5, "index", 0.2, 0.8, "Mean integration at relocation sites", zh="安置点融入均值")
    site_integration_range: float = number(0.2, "index", 0.0, 0.2, "How far integration lies from that mean at most", zh="安置点融入最大偏离")
    land_shape: float = number(3.0, "index", 0.5, 20.0, "Shape of the gamma distribution of farm land: the higher, the more equal", zh="耕地分布形状参数")
    land_scale: float = number(2.3, "mu", 0.1, 20.0, "Scale of that distribution; mean land is shape times scale, 6.9 mu a household", zh="耕地分布尺度参数")
    landless_in_towns: float = number(0.8, "share", 0.0, 1.0, "Households without land at township and county-town sites", zh="城镇安置点失地户比例")
    landless_in_villages: float = number(0.2, "share", 0.0, 1.0, "Households without land at village sites", zh="农村安置点失地户比例")
    registered_in_listed: float = number(2.0, "index", 1.0, 10.0, "Registered share in listed villages over that in others", zh="贫困村建档立卡比例与其他村之比")


@dataclass(frozen=True)
class StartWork:
    """Who works where in 2020; the three jobs of each kind of worker are made to sum to one."""

    local: float = number(0.42, "share", 0.01, 1.0, "Wage workers who are not registered: in local jobs", zh="非脱贫户本地务工比例")
    informal: float = number(0.33, "share", 0.01, 1.0, "Wage workers who are not registered: away without a contract", zh="非脱贫户无合同外出比例")
    formal: float = number(0.25, "share", 0.01, 1.0, "Wage workers who are not registered: away with a contract", zh="非脱贫户有合同外出比例")
    registered_local: float = number(0.36, "share", 0.01, 1.0, "Registered wage workers outside posts and workshops: in local jobs", zh="脱贫户本地务工比例")
    registered_informal: float = number(0.50, "share", 0.01, 1.0, "Registered wage workers outside posts and workshops: away without a contract", zh="脱贫户无合同外出比例")
    registered_formal: float = number(0.14, "share", 0.01, 1.0, "Registered wage workers outside posts and workshops: away with a contract", zh="脱贫户有合同外出比例")
    site_local: float = number(0.55, "share", 0.01, 1.0, "Wage workers without land at sites: in local jobs", zh="安置点失地户本地务工比例")
    site_informal: float = number(0.35, "share", 0.01, 1.0, "Wage workers without land at sites: away without a contract", zh="安置点失地户无合同外出比例")
    site_formal: float = number(0.10, "share", 0.01, 1.0, "Wage workers without land at sites: away with a contract", zh="安置点失地户有合同外出比例")
    waged_at_sites: float = number(1.25, "index", 0.5, 3.0, "Share of workers in wage jobs without land at sites, over that of others", zh="安置点失地户务工比例倍数")
    post_pay: float = number(600, "yuan/month", 0, 4000, "Monthly pay of a public post in 2020, as on its card", "provincial rules, 300-1,500", "prior", zh="2020年公益岗位月补贴")
    local_jobs_offered: float = number(1.07, "index", 1.0, 2.0, "Local jobs over those that are filled", zh="本地岗位与在岗人数之比")
    workshop_jobs_offered: float = number(1.10, "index", 1.0, 2.0, "Workshop places over those that are filled", zh="扶贫车间岗位与在岗人数之比")
    poor_jobs: float = number(0.25, "share", 0.0, 1.0, "Share of new local jobs kept for registered and edge households", zh="新增本地岗位留给脱贫户和边缘户的比例")


@dataclass(frozen=True)
class StartIncomes:
    """What households earn, own and owe in 2020, before it is raked to the published margins."""

    trait_share: float = number(0.65, "index", 0.0, 0.99, "Correlation of usual income with the traits below, within its spread", zh="常态收入与家庭特征的相关系数")
    workers_effect: float = number(1.2, "index", 0.0, 5.0, "Weight of workers per member among the traits", zh="劳动力占比权重")
    waged_effect: float = number(0.9, "index", 0.0, 5.0, "Weight of wage workers per member", zh="务工劳动力占比权重")
    members_effect: float = number(0.08, "index", 0.0, 1.0, "Weight of each member, against income", zh="家庭规模权重（负向）")
    schooling_effect: float = number(0.05, "index", 0.0, 1.0, "Weight of a year of schooling", zh="受教育年限权重")
    skill_effect: float = number(0.6, "index", 0.0, 5.0, "Weight of skill", zh="技能权重")
    health_effect: float = number(0.4, "index", 0.0, 5.0, "Weight of health", zh="健康权重")
    registered_spread: float = number(0.44, "log points", 0.05, 1.0, "Log standard deviation of usual income of registered households", "with it about 2 % of them are below the monitoring line of 5,000, as were found to be at risk (F0563)", "computed", zh="脱贫户常态收入离散度")
    registered_floor: float = number(6800, "yuan/person/year", 0, 10000, "Soft floor of usual income of registered households: who stayed poor was not let go", "set so that about 2 % of them are under the monitoring line after years of luck (F0563)", "computed", zh="脱贫户常态收入软下限")
    others_floor: float = number(7500, "yuan/person/year", 0, 10000, "The same of others outside national samples: whose usual income was lower had been registered in 2014-2020", "set so that about as many as the edge list are under it (F0564)", "computed", zh="其他农户常态收入软下限")
    floor_sharpness: float = number(4.0, "index", 1.0, 20.0, "How sharply soft floors bend", zh="软下限的陡峭程度")
    least_market_share: float = number(0.15, "share", 0.01, 0.9, "Least part of its target that a household's market income and private support make up", zh="市场收入与私人支持最低占比")
    ability_spread: float = number(0.30, "log points", 0.0, 1.0, "Log spread of wage and own ability that other traits do not explain", zh="能力离散度")
    landless_other_income: float = number(0.35, "share", 0.0, 2.0, "Own income and private support of the landless over those that their traits would give, before raking", "set so that wages come near four fifths of income at town sites", "assumption", zh="失地户经营收入与私人支持比例")
    private_support: float = number(1200, "yuan/person/year", 0, 10000, "Scale of private support before raking", zh="私人支持规模（调整前）")
    private_support_shift: float = number(-0.3, "log points", -2.0, 2.0, "Log of median private support over that scale", zh="私人支持中位数与规模之比的对数")
    private_support_spread: float = number(0.8, "log points", 0.0, 2.0, "Log standard deviation of private support", zh="私人支持离散度")
    cash_support: float = number(440, "yuan/person/year", 0, 5000, "Support in cash to registered people in 2020", "three tenths of the bridging fund", "assumption", zh="2020年脱贫人口人均现金补助")
    dibao_no_labour: float = number(0.9, "log points", 0.0, 5.0, "How much further down in income a household without labour counts for dibao in 2020", zh="无劳动力家庭低保优先程度")
    dibao_disabled: float = number(0.3, "log points", 0.0, 5.0, "The same with disabled or chronically ill members", zh="残疾慢病家庭低保优先程度")
    dibao_noise: float = number(0.30, "log points", 0.0, 2.0, "Log error with which dibao was given in 2020", zh="2020年低保识别误差")
    dibao_payment: float = number(0.74, "share", 0.0, 1.0, "Part of the remaining gap to the standard that dibao paid in 2020, as on its card", "set so that the mean benefit is about 328 yuan a month", "computed", zh="2020年低保补差支付比例")
    dibao_withdrawal: float = number(0.15, "share", 0.0, 1.0, "Fall of the benefit per yuan of assessed income in 2020, as on its card", "found low in China (Ravallion and Chen 2015); number 0.05-0.4", "recalled", zh="2020年低保有效退出率")
    dibao_assessed: float = number(0.75, "share", 0.0, 1.5, "Part of usual income that was assessed for dibao in 2020: what there is without it", zh="2020年低保核定收入占常态收入比例")
    capital_before_raking: float = number(9000, "yuan/household", 100, 100000, "Mean productive capital with which own income is worked out before raking", zh="调整前户均生产资本")
    capital_spread_before: float = number(0.6, "log points", 0.0, 2.0, "Log standard deviation of that capital", zh="调整前生产资本离散度")
    capital_ratio: float = number(1.0, "years", 0.1, 5.0, "Productive capital over yearly own income, at which its return is near the required one", zh="生产资本与年经营收入之比")
    capital_spread: float = number(0.5, "log points", 0.0, 2.0, "Log standard deviation of that ratio", zh="生产资本比率离散度")
    least_capital: float = number(300, "yuan/household", 1, 10000, "Least productive capital", zh="最低生产资本")
    savings_months: float = number(6, "months", 0.2, 30, "Mean savings in months of usual income", zh="平均储蓄月数")
    savings_months_registered: float = number(4, "months", 0.2, 30, "The same of registered households", zh="脱贫户平均储蓄月数")
    savings_spread: float = number(0.6, "log points", 0.0, 2.0, "Log standard deviation of savings in months of usual income", zh="储蓄离散度")
    indebted_share: float = number(0.15, "share", 0.0, 1.0, "Households with a loan", zh="负债户比例")
    debt_median: float = number(6000, "yuan/household", 100, 200000, "Median loan of those who have one", zh="负债中位数")
    debt_spread: float = number(0.8, "log points", 0.0, 2.0, "Log standard deviation of loans", zh="负债离散度")
    child_skill_share: float = number(0.5, "share", 0.0, 1.0, "Part of the parents' distance from mean skill that children have so far", zh="子女已继承的技能差距比例")
    site_others: float = number(1.1, "index", 0.5, 2.0, "Income of unregistered over registered people at relocation sites", "people who moved with them came from the same villages", "assumption", zh="安置点非脱贫户与脱贫户收入之比")
    movable_income: float = number(8000, "yuan/person/year", 5000, 20000, "Usual income up to which the count under the monitoring line moves incomes", zh="监测线人数校准所调整的收入上限")
    edge_noise: float = number(0.10, "log points", 0.0, 1.0, "Log error with which the edge list sees income", zh="边缘户名单识别误差")
    edge_over_national: float = number(1.55, "index", 0.1, 5.0, "Edge people per unregistered person in lifted-out counties over all rural China", "60 % of the three million are assumed to live there, with 39 % of those who are not registered", "assumption", zh="脱贫县边缘人口比例与全国之比")
    low_paid: float = number(0.60, "share", 0.1, 1.0, "Usual income, as a share of the national median, below which a migrant household is called low-paid (G4)", zh="低收入务工户界限（占全国中位数比例）")


@dataclass(frozen=True)
class StartPlaces:
    """Sites, works, village industry and county funds of 2020, and the support of the years before."""

    village_sites: float = number(0.48, "share", 0.01, 1.0, "Relocated people at village sites", "4.6 of 9.6 million are at rural-type sites (NDRC 2020)", "computed", zh="农村安置点搬迁人口占比")
    township_sites: float = number(0.27, "share", 0.01, 1.0, "Relocated people at township sites", "split of the urban type", "assumption", zh="集镇安置点搬迁人口占比")
    county_town_sites: float = number(0.25, "share", 0.01, 1.0, "Relocated people at county-town sites", "split of the urban type", "assumption", zh="县城安置点搬迁人口占比")
    productivity_spread: float = number(0.10, "log points", 0.0, 0.5, "Log standard deviation of farm productivity among places", zh="村际农业生产率离散度")
    town_works: float = number(0.05, "index", -0.3, 0.3, "Infrastructure, services and network of town sites over those of the county class", zh="城镇安置点设施优势")
    works_spread: float = number(0.06, "index", 0.0, 0.3, "Standard deviation of these works among places", zh="村际设施标准差")
    management_spread: float = number(0.08, "index", 0.0, 0.3, "Standard deviation of the management of village industry among places", zh="村集体产业管理能力标准差")
    unlisted_industry: float = number(0.35, "share", 0.0, 2.0, "Public industrial capital of villages that were not listed, over that of listed villages and sites", zh="非贫困村产业资本比例")
    industry_spread: float = number(0.5, "log points", 0.0, 2.0, "Log standard deviation of public industrial capital among places", zh="村际产业资本离散度")
    private_industry: float = number(0.35, "share", 0.0, 5.0, "Private over public industrial capital", zh="社会资本与公共产业资本之比")
    site_culture: float = number(0.3, "index", 0.0, 1.0, "Cultural space at relocation sites", zh="安置点文化空间")
    town_living_cost: float = number(2000, "yuan/household/year", 0, 20000, "Extra cost of living at township and county-town sites", zh="城镇安置点额外生活成本")
    site_living_cost: float = number(600, "yuan/household/year", 0, 20000, "Extra cost of living at village sites", zh="农村安置点额外生活成本")
    medical_reserve: float = number(400, "yuan/person", 0, 5000, "Reserve of the medical fund", "half a year of revenue", "assumption", zh="医保基金结余")
    past_cash: float = number(0.30, "share", 0.01, 1.0, "Share of the support fund that went to households in cash before 2021", zh="2021年前衔接资金现金补助占比")
    past_industry: float = number(0.55, "share", 0.01, 1.0, "Share that went into village industry: more than half", zh="2021年前衔接资金产业投入占比")
    past_leverage: float = number(0.15, "share", 0.01, 1.0, "Share that drew private money", zh="2021年前衔接资金撬动社会资本占比")
