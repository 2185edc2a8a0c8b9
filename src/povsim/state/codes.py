"""Re-export the codes of state columns."""

from povsim.codes import *  # noqa: F403
