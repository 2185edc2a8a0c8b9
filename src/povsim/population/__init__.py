"""Published tables become the households, villages, sites and counties of December 2020."""

from povsim.population.draw import Drawn, draw_population
from povsim.population.margins import meet_margins

__all__ = ["Drawn", "draw_population", "meet_margins"]
