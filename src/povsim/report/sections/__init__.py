"""Sections of a page: findings in words, tables, and the figures that belong to them."""
