"""Skill and health: what people can do grows and wears."""

from povsim.kernels.compiled import kernel


@kernel
def grow_and_wear(first, last, h, places, p, hunger_line, out):  # type: ignore[no-untyped-def]
    """Move skill and health by one month.

    Skill wears towards a floor and grows with services and with wage work; health recovers with
    access to services and wears with overwork and hunger.

    Parameters
    ----------
    hunger_line : float
        Savings, yuan, under which a household with arrears is taken to go short of food.
    out : ndarray, shape (places, 2)
        Skill and health, summed over households.
    """
    for place in range(first, last):
        services = places.services[place]
        skill_sum = 0.0
        health_sum = 0.0
        for i in range(places.start[place], places.stop[place]):
            labour = max(float(h.labour[i]), 1.0)
            waged = (
                h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i]
            ) / labour
            skill = h.skill[i]
            skill += (
                p.skill_services * services
                + p.skill_working * waged
                - p.skill_decay * max(0.0, skill - p.skill_floor)
            ) / 12.0
            health = h.health[i]
            health += (
                p.health_recovery * (0.5 + 0.5 * services) * (RESTING_HEALTH - health)
                - p.health_overwork * h.migrant_informal[i] / labour
            ) / 12.0
            if h.savings[i] <= hunger_line and h.debt[i] > 0.0:
                health -= p.health_hunger / 12.0
            h.skill[i] = min(max(skill, 0.1), 3.0)
            h.health[i] = min(max(health, 0.05), 1.0)
            skill_sum += h.skill[i]
            health_sum += h.health[i]
        out[place, 0] = skill_sum
        out[place, 1] = health_sum


RESTING_HEALTH = 0.9
"""Health to which recovery tends, index."""
