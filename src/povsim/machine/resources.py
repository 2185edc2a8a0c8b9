"""What this machine has: memory and room on a disk, as far as the system says."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

OF_GROUP = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
"""Files in which Linux says how much memory a container or a job of a cluster may use."""


def memory() -> int | None:
    """Return the bytes of memory that processes here may use together; None if nobody says."""
    found = []
    with suppress(AttributeError, ValueError, OSError):
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for name in OF_GROUP:
        with suppress(OSError, ValueError):  # "max" is no number: no limit
            found.append(int(Path(name).read_text(encoding="ascii")))
    return min((size for size in found if size > 0), default=None)


def room(folder: Path) -> int | None:
    """Return the bytes that are free where a folder is, or will be; None if nobody says."""
    place = next((one for one in (folder, *folder.absolute().parents) if one.is_dir()), None)
    with suppress(OSError):
        return None if place is None else shutil.disk_usage(place).free
    return None
