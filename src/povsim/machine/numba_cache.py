"""Keep compiled kernels in a user's cache folder that is warm and never stale.

The folder is keyed by a hash of every source that can end in compiled code and of the versions
that compile it; numba alone does not notice an edit in another file. Import before numba.
"""

import hashlib
import os
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

COMPILED = (
    "codes.py",
    "kernels",
    "machine/kernel_types.py",
    "money",
    "params",
    "population",
    "programmes",
    "rng.py",
    "state",
)
"""Rooms and files that hold compiled code, or what it takes as a constant or a type."""


def choose_folder() -> Path:
    """Return the cache folder of this code on this machine."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for name in COMPILED:
        place = package / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    for name in ("numba", "numpy", "llvmlite"):
        digest.update(f"{name}{version(name)}".encode())
    digest.update(sys.version.encode())
    return _base() / "povsim" / "kernels" / digest.hexdigest()[:16]


def _base() -> Path:
    """Return the user's cache folder, or a temporary one if that cannot be written."""
    if sys.platform == "darwin":
        default = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        default = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    try:
        default.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=default):
            pass
    except OSError:
        return Path(tempfile.gettempdir())
    return default


def set_up() -> None:
    """Point numba at the folder, unless the user has chosen one."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(choose_folder()))


set_up()
