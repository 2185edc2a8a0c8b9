"""Figures: one style, one colour for a scenario everywhere, units on every axis."""
