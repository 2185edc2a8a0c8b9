"""The boundary: from files and overrides to one frozen, checked request."""

from povsim.codes import LANGUAGES
from povsim.config.request import compose, request_from
from povsim.programmes.scenario_files import load_scenario
from povsim.study.request import Request

__all__ = ["LANGUAGES", "Request", "compose", "load_scenario", "request_from"]
