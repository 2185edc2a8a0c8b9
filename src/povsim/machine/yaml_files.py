"""Find and read the three folders of YAML: configs, scenarios, experiments.

A user's own folder of the same shape comes first, then the folders of a source checkout, or
else those that were installed with the package.
"""

import os
from pathlib import Path
from typing import Any
from unicodedata import normalize

from povsim.errors import UserError, said
from povsim.machine.text_files import path_of, read_text
from povsim.machine.yaml_texts import as_yaml, parse_yaml

__all__ = ["as_yaml", "files", "find", "parse_yaml", "read_text", "read_yaml", "user_text"]

USER_FOLDER = "POVSIM_CONFIG_DIR"
"""Environment variable that names a user's folder; worker processes inherit it."""
SUFFIXES = (".yaml", ".yml")
KINDS = ("configs", "scenarios", "experiments")


def own_folder() -> Path:
    """Return the folder that holds the project's own configs, scenarios and experiments."""
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "configs" / "programmes").is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout
    return Path(__file__).resolve().parents[1] / "_yaml"


def user_folder(config_dir: str | Path | None = None) -> Path | None:
    """Return the user's folder, if one is named here or in the environment."""
    named = str(config_dir or os.environ.get(USER_FOLDER, ""))
    if not named:
        return None
    folder = path_of(named).resolve()
    if not folder.is_dir():
        raise UserError("--config-dir", named, said("existing_folder"))
    if not any((folder / kind).is_dir() for kind in KINDS):
        raise UserError("--config-dir", named, said("folder_with", names=KINDS))
    return folder


def files(group: str, config_dir: str | Path | None = None) -> dict[str, Path]:
    """Return the YAML files of a group by name, the user's before our own.

    Names are composed (NFC), as some systems take letters and accents apart.

    Parameters
    ----------
    group : str
        ``scenarios``, ``experiments`` or a folder of configs such as ``configs/size``.
    config_dir : path, optional
        The user's folder.
    """
    roots = [own_folder(), user_folder(config_dir)]
    found: dict[str, Path] = {}
    for root in roots:
        if root is not None and (root / group).is_dir():
            paths = filter(is_yaml, (root / group).iterdir())
            found.update({normalize("NFC", path.stem): path for path in paths})
    return dict(sorted(found.items()))


def is_yaml(path: Path) -> bool:
    """Say whether a file is YAML by its name, and no copy that an editor or a system hides."""
    return path.suffix in SUFFIXES and not path.name.startswith(".")


def find(group: str, name: str, what: str, config_dir: str | Path | None = None) -> Path:
    """Return the file of ``name``, or raise UserError with the nearest name.

    Parameters
    ----------
    what : str
        The word that the user knows: scenario, experiment, programme, population, size.
    """
    found = files(group, config_dir)
    path = found.get(normalize("NFC", name))
    if path is None:
        raise UserError(what, name, list(found))
    twins = [path.with_suffix(suffix) for suffix in SUFFIXES]
    if all(twin.exists() for twin in twins):
        names = [twin.name for twin in twins]
        raise UserError(what, name, said("one_file_of_two", names=names), path.parent)
    return path


def user_text(group: str, name: str, config_dir: str | Path | None = None) -> str:
    """Return the text of a file that a user's folder has; empty if it has none of that name."""
    root = user_folder(config_dir)
    path = None if root is None else files(group, config_dir).get(normalize("NFC", name))
    return read_text(path) if root and path and path.is_relative_to(root) else ""


def changed_at(path: Path) -> int:
    """Return when a file was changed last, nanoseconds; 0 if nobody can say."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0  # reading it tells what is wrong


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file, or raise UserError with file and line."""
    return parse_yaml(read_text(path), path)
