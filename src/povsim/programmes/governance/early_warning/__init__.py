"""Early warning (监测预警): scan for risk, check clues, help in time, and measure how well."""

from povsim.programmes.governance.early_warning.programme import EarlyWarning

__all__ = ["EarlyWarning"]
