"""Simulate poverty relapse in rural China after 2020 and compare policies against it."""

__version__ = "0.1.0"
