"""Published tables become the households, villages, sites and counties of December 2020."""

from povsim.population.draw import Drawn, draw_population

__all__ = ["Drawn", "draw_population"]
