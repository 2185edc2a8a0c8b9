"""Generations: a child comes of age, takes a worker's place, and another is born."""

from povsim.codes import NORMAL_MOTIVATION
from povsim.kernels.compiled import kernel
from povsim.kernels.motivation import DEPENDENCY
from povsim.kernels.rows import rows_of
from povsim.rng import Stream, normal, philox4x32, uniform

GENERATIONS = int(Stream.GENERATIONS)
HIGHEST_START = 150.0
"""Most skill, in hundredths, with which a child can start."""
LOWEST_START = 20.0


@kernel
def come_of_age(first, last, h, places, p, month, k0, k1, out):
    """Let a child of some households take the place of a worker, once a year.

    Each child comes of age with chance 1 / childhood a year. It brings the skill that childhood
    gave it and part of its parents' motivation; the oldest worker retires, and another child is
    born, so that the numbers of members, workers and children stay. The newborn will start with
    (1 - t) + t * the parents' skill, and talent of its own. Composition that replaces itself is
    an assumption; t is the intergenerational transmission of skill (Becker and Tomes 1979).

    Parameters
    ----------
    p : tuple
        Numbers of :class:`povsim.params.Capability`.
    out : ndarray
        Stays empty: nothing is summed.
    """
    kept = p.skill_transmission
    for place in range(first, last):
        for i in rows_of(places, place):
            if h.children[i] == 0 or h.labour[i] == 0:
                continue
            r0, r1, _, _ = philox4x32(h.uid[i], month, GENERATIONS, 0, k0, k1)
            if uniform(r0) >= h.children[i] / p.childhood:
                continue
            place_of_one = 1.0 / h.labour[i]
            skill, motivation = h.skill[i], h.motivation[i]
            newborn = 1.0 - kept + kept * skill + p.child_talent * normal(uniform(r1))
            h.skill[i] = skill + place_of_one * (0.01 * h.child_skill[i] - skill)
            if p.motivation_mode >= DEPENDENCY:
                lost = (1.0 - p.motivation_transmission) * (motivation - NORMAL_MOTIVATION)
                h.motivation[i] = motivation - place_of_one * lost
            start = h.child_skill[i] + (100.0 * newborn - h.child_skill[i]) / h.children[i]
            h.child_skill[i] = int(min(max(start, LOWEST_START), HIGHEST_START) + 0.5)
