"""Talent and technology: experts, staff, local knowledge, data, networks."""
