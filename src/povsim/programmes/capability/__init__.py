"""Capability: training, language, graduation, motivation, works, early childhood, clinics."""
