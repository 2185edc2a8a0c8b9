"""A folder that nobody asked to keep: it goes with the last result whose files are in it."""

import shutil
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

RUNS = "runs"


class PassingFolder(Path):
    """A new folder for files that nobody asked to keep.

    Pickled, it takes its files along, without the single runs, and is unpacked into a folder of
    its own, here or in another process.
    """

    @classmethod
    def made(cls) -> "PassingFolder":
        """Make the folder."""
        return cls(mkdtemp(prefix="povsim-"))

    def with_segments(self, *segments: Any) -> Path:  # type: ignore[override]
        """Return what is inside as an ordinary path."""
        return Path(*segments)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the files that are inside."""
        inside = (path.relative_to(self) for path in self.rglob("*") if path.is_file())
        kept = [path for path in inside if path.parts[0] != RUNS and path.name[0] != "."]
        return (_unpacked, ({path.as_posix(): (self / path).read_bytes() for path in kept},))


class Keeper:
    """Keep a folder for as long as a result, or a copy of it, needs its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if isinstance(folder, PassingFolder):
            weakref.finalize(self, shutil.rmtree, str(folder), ignore_errors=True)

    def __copy__(self) -> "Keeper":
        """Share the folder."""
        return self

    def __deepcopy__(self, memo: object) -> "Keeper":
        """Share the folder: finished results do not change."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with the folder, whose files are kept where they are unpacked."""
        return (Keeper, (self.folder,))


@contextmanager
def removed_on_failure(folder: Path) -> Iterator[Path]:
    """Remove a folder that nobody asked to keep if what should fill it fails."""
    try:
        yield folder
    except BaseException:
        if isinstance(folder, PassingFolder):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _unpacked(files: dict[str, bytes]) -> PassingFolder:
    """Return a new folder with these files."""
    folder = PassingFolder.made()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
