"""Own farm and business: normal output, and pay in wage work."""

import math

import numpy as np

from povsim.kernels.compiled import kernel

REFERENCE_SCHOOLING = 8.0
CAPITAL_UNIT = 1000.0
S_SHAPED = 1.0
GEOGRAPHIC = 2.0


@kernel
def own_labour(own_workers, elders, p):
    """Return the labour on the own farm or business, in workers."""
    return p.idle_labour + own_workers + p.elder_labour * elders


MOST_WORKERS = 12
MOST_ELDERS = 6


@kernel
def labour_powers(p):
    """Return own labour to its elasticity for every count of own workers and elders."""
    table = np.empty((MOST_WORKERS, MOST_ELDERS))
    for workers in range(MOST_WORKERS):
        for elders in range(MOST_ELDERS):
            table[workers, elders] = own_labour(workers, elders, p) ** p.labour_elasticity
    return table


@kernel
def season_base(log_productivity, land, capital, p):
    """Return what a season yields with one worker, yuan a year, before labour and technique.

    Cobb-Douglas in land and capital; farming is planned once a year, so new capital, skill and
    works bear fruit from the household's next season on.

    Parameters
    ----------
    log_productivity : float
        Log of everything that multiplies output (place, skill, ability, lasting shock).
    land, capital : float
        Mu, yuan.
    p : ProductionNumbers
        Elasticities and scale.
    """
    return p.scale * math.exp(
        log_productivity
        + p.land_elasticity * math.log(land + p.garden)
        + p.capital_elasticity * math.log(max(capital, 1.0) / CAPITAL_UNIT)
    )


@kernel
def normal_output(base, capital, labour, p):
    """Return net own output of a normal year, yuan.

    The elasticities of land, capital and labour do not sum to more than one. Under the s-shaped
    trap a better technique can be had above a capital threshold for a fixed cost (two-technique
    form of Carter and Barrett 2006).
    """
    return technique(base * math.pow(labour, p.labour_elasticity), capital, p)


@kernel
def technique(output, capital, p):
    """Return output under the better of the techniques that the capital allows."""
    if p.trap == S_SHAPED and capital >= p.second_technique_capital:
        output = max(output, output * (1.0 + p.second_technique_gain) - p.second_technique_cost)
    return output


@kernel
def place_productivity(productivity, infrastructure, mean_capital, p):
    """Return the log productivity of a place: nature, public works and neighbours.

    Under the geographic trap the village's mean capital raises everyone's output
    (Jalan and Ravallion 2002).
    """
    log_productivity = math.log(productivity) + math.log(
        1.0 + p.infrastructure_return * infrastructure
    )
    if p.trap == GEOGRAPHIC:
        ratio = max(mean_capital, 1.0) / p.neighbourhood_capital
        log_productivity += math.log(
            max(0.1, 1.0 + p.neighbourhood_return * math.log(ratio) / math.log(2.0))
        )
    return log_productivity


@kernel
def log_own_productivity(skill, ability, lasting_shock, p):
    """Return the log of a household's own productivity: skill, ability, lasting shock."""
    return p.skill_return * (skill - 1.0) + ability + lasting_shock


@kernel
def pay_factor(schooling, skill, health, ability, lasting_shock, w):
    """Return what multiplies the wage of a household's workers (Mincer form)."""
    return math.exp(
        w.schooling_return * (schooling - REFERENCE_SCHOOLING)
        + w.skill_return * (skill - 1.0)
        + w.health_return * (health - 1.0)
        + ability
        + lasting_shock
    )


@kernel
def away_factor(speaks_mandarin, w):
    """Return the share of a year's full pay away that a migrant earns."""
    return w.months_away / 12.0 * (1.0 if speaks_mandarin else math.exp(-w.language_penalty))
