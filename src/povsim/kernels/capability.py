"""Skill and health: what people can do grows and wears."""

from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of


@kernel
def grow_and_wear(first, last, h, places, p, hunger_line, out):
    """Move skill and health by one month.

    Skill wears towards a floor and grows with services and with wage work; health recovers with
    access to services and wears with overwork and hunger.

    Parameters
    ----------
    hunger_line : float
        Savings, yuan, under which a household with arrears is taken to go short of food.
    out : ndarray
        Stays empty: nothing is summed.
    """
    labour, local, workshop = h.labour, h.at_local, h.at_workshop
    informal, formal, skills, healths = h.migrant_informal, h.migrant_formal, h.skill, h.health
    savings, debt = h.savings, h.debt
    for place in range(first, last):
        services = places.services[place]
        gain = p.skill_services * services
        recovery = p.health_recovery * (0.5 + 0.5 * services)
        for i in rows_of(places, place):
            share = 1.0 / max(labour[i], 1)
            waged = (local[i] + workshop[i] + informal[i] + formal[i]) * share
            skill = skills[i]
            decay = p.skill_decay * max(0.0, skill - p.skill_floor)
            skill += (gain + p.skill_working * waged - decay) / 12.0
            health = healths[i]
            overwork = p.health_overwork * informal[i] * share
            health += (recovery * (p.resting_health - health) - overwork) / 12.0
            hungry = savings[i] <= hunger_line and debt[i] > 0.0
            health -= p.health_hunger / 12.0 if hungry else 0.0
            skills[i] = min(max(skill, 0.1), 3.0)
            healths[i] = min(max(health, 0.05), 1.0)
