"""Find and read the three folders of YAML: configs, scenarios, experiments.

A user's own folder of the same shape comes first, then the folders of a source checkout, or
else those that were installed with the package.
"""

import os
import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from povsim.errors import Said, UserError, by_system, said

USER_FOLDER = "POVSIM_CONFIG_DIR"
"""Environment variable that names a user's folder; worker processes inherit it."""
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
    folder = Path(named).expanduser().resolve()
    if not folder.is_dir():
        raise UserError("--config-dir", named, said("existing_folder"))
    if not any((folder / kind).is_dir() for kind in KINDS):
        raise UserError("--config-dir", named, said("folder_with", names=KINDS))
    return folder


def files(group: str, config_dir: str | Path | None = None) -> dict[str, Path]:
    """Return the YAML files of a group by name, the user's before our own.

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
            found.update({path.stem: path for path in (root / group).glob("*.yaml")})
    return dict(sorted(found.items()))


def find(group: str, name: str, what: str, config_dir: str | Path | None = None) -> Path:
    """Return the file of ``name``, or raise UserError with the nearest name.

    Parameters
    ----------
    what : str
        The word that the user knows: scenario, experiment, programme, population, size.
    """
    found = files(group, config_dir)
    if name not in found:
        raise UserError(what, name, list(found))
    return found[name]


def user_text(group: str, name: str, config_dir: str | Path | None = None) -> str:
    """Return the text of a file that a user's folder has; empty if it has none of that name."""
    root = user_folder(config_dir)
    path = None if root is None else root / group / f"{name}.yaml"
    return read_text(path) if path is not None and path.is_file() else ""


def read_text(path: Path) -> str:
    """Return the text of a file, or raise UserError with its name."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = by_system(error) if isinstance(error, OSError) else said("not_utf8")
        raise UserError(said("unreadable", reason=reason), place=path) from None


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file, or raise UserError with file and line."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, path: str) -> dict[str, Any]:
    """Return the mapping in a YAML text, or raise UserError with its file and line."""
    try:
        content = _Loader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem: object = error.problem or error.context or said("not_yaml")
        told = problem if isinstance(problem, Said) else said("problem_in_yaml", problem=problem)
        raise UserError(told, place=said("line", file=path, line=line)) from None
    except yaml.YAMLError as error:
        raise UserError(said("problem_in_yaml", problem=error), place=path) from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise UserError(said("mapping_of_keys"), place=said("line", file=path, line=1))
    return content


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Read ``1e6`` as a number, dates as text, and refuse a key that is written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Return the mapping, or raise at the line of a repeated key."""
        seen = set()
        for key, _ in node.value:
            problem: Any = None
            if not isinstance(key, yaml.ScalarNode):
                problem = said("key_no_word")
            elif key.value in seen and key.value != "<<":
                problem = said("key_twice", key=key.value)
            if problem:
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+$"),
    list("-+.0123456789"),
)
_Loader.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in rules if not tag.endswith(":timestamp")]
    for start, rules in _Loader.yaml_implicit_resolvers.items()
}
