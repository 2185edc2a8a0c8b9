"""Load the library that draws, whatever a user has set for it.

Figures are drawn into memory, so no window system is needed, and every setting is ours. Settings
that the library cannot read would keep it from being imported at all.
"""

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from povsim.errors import UserError, said

LIBRARY = "matplotlib"
LOADED = (LIBRARY, "matplotlib.font_manager")
"""What remarks on folders and fonts when it is imported."""
SETTINGS = ("MPLBACKEND", "MATPLOTLIBRC")
"""Variables that name a user's own settings."""
NONE = {"MATPLOTLIBRC": os.devnull}


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the library's remarks, on fonts and on its own folders, from what people read."""
    log = logging.getLogger(LIBRARY)
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from font")  # drawn as a box
            yield
    finally:
        log.setLevel(before)


def _load() -> None:
    for name in LOADED:
        import_module(name)


def _forget() -> None:
    """Forget what was half imported; its parts would not find each other again."""
    for name in [n for n in sys.modules if n == LIBRARY or n.startswith(f"{LIBRARY}.")]:
        del sys.modules[name]


def load() -> None:
    """Import the library, without the user's settings if it fails with them.

    Raises
    ------
    UserError
        If it cannot be imported at all.
    """
    with quiet():
        try:
            _load()
        except Exception:
            theirs = {name: os.environ.pop(name) for name in SETTINGS if name in os.environ}
            os.environ.update(NONE)
            _forget()
            try:
                _load()
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                raise UserError(said("no_library", name=LIBRARY, reason=reason)) from error
            finally:
                del os.environ[next(iter(NONE))]
                os.environ.update(theirs)


load()
