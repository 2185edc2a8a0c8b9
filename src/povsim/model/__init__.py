"""The model: its month, the past it starts from, what its phases hand on, and its checks."""

from povsim.model.poverty_model import PovertyModel, start_population

__all__ = ["PovertyModel", "start_population"]
