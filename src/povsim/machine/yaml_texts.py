"""Read and write YAML so that texts stay texts.

A name, a title or a path is the text that stands there, whatever it looks like: ``no``, ``2021``,
``1e3``. Keys are texts too. Of all else, plain ``true`` and ``false`` are the only truth values,
and decimal numbers the only numbers, as on the command line: ``no`` is no ``false`` and ``012`` no
ten, as older YAML would have it. What is written here reads back as the same.
"""

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

import yaml

from povsim.errors import Said, UserError, said

OF_TEXTS = """
address baseline checks choices confidence description design dial eligibility en equal_cost
expected experiment family falsifier grid group id kind language meaning measure mechanism name out
outcomes paper population question reading reference region scenario scenarios set size source
statement title trap unit_cost versus versus_group versus_measure versus_region without zh
"""
TEXTS = frozenset(OF_TEXTS.split())
"""Keys of files and overrides whose value is a text, or a list of texts, wherever they stand."""
DEEPEST = 50
"""Levels of nesting that a file may have."""
MOST_VALUES = 200_000
"""Values that a file may have with its aliases written out: a few lines can stand for billions."""
SAFE_TO_COMPOSE = 20_000
"""Levels that can be composed without overflowing the stack."""
TAG = "tag:yaml.org,2002:"
PLAIN = {
    TAG + "null": re.compile("(?:~|null|Null|NULL|)$"),
    TAG + "bool": re.compile("(?:true|True|TRUE|false|False|FALSE)$"),
    TAG + "int": re.compile("[-+]?(?:0|[1-9](?:_?[0-9])*)$"),
    TAG + "float": re.compile(
        r"[-+]?(?:(?:[0-9](?:_?[0-9])*\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
        r"|[0-9](?:_?[0-9])*[eE][-+]?[0-9]+|\.(?:inf|Inf|INF))$|\.(?:nan|NaN|NAN)$"
    ),
    TAG + "merge": re.compile("<<$"),
}
"""How a value without quotes looks that is something else than a text."""
BEGINNINGS = ["", *"~nNtTfF-+.0123456789<"]
RESOLVERS = {beginning: list(PLAIN.items()) for beginning in BEGINNINGS}


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Compose nodes; the values are made of them here."""

    yaml_implicit_resolvers = RESOLVERS


OF_OLDER = yaml.SafeDumper.yaml_implicit_resolvers
OLDER_TOO = {
    start: RESOLVERS.get(start, []) + OF_OLDER.get(start, []) for start in {*RESOLVERS, *OF_OLDER}
}


class _Dumper(yaml.SafeDumper):
    """Put in quotes whatever would not read back as the text that it is, in older YAML too."""

    yaml_implicit_resolvers = OLDER_TOO

    def ignore_aliases(self, data: Any) -> bool:
        """Write out what stands in several places."""
        return True


def _of_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Return a text as a node; line breaks of other alphabets last within double quotes only."""
    style = '"' if set(text) & set("\x85\u2028\u2029") else None
    return dumper.represent_scalar(TAG + "str", text, style=style)


_Dumper.add_representer(str, _of_text)


def as_yaml(tree: Mapping[str, Any]) -> str:
    """Return plain nested values as YAML."""
    text: str = yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    return text


def parse_yaml(text: str, path: object) -> dict[str, Any]:
    """Return the mapping in a YAML text, or raise UserError with its file and line.

    Texts are composed (NFC) whichever system they were written on.
    """
    try:
        if sum(map(text.count, "[{-?")) > SAFE_TO_COMPOSE:
            _check_depth(text)
        loader = _Loader(normalize("NFC", text))
        if not loader.check_node():
            return {}
        node = loader.get_node()
        if loader.check_node():
            raise _wrong(said("one_document"), loader.get_event().start_mark)
        _Check().size(node)
        content = _Values().of(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem: Any = error.problem or error.context or said("not_yaml")
        told = problem if isinstance(problem, Said) else said("problem_in_yaml", problem=problem)
        place = said("line", file=path, line=mark.line + 1 if mark else 1)
        raise UserError(told, place=place) from None
    except yaml.YAMLError as error:
        raise UserError(said("problem_in_yaml", problem=error), place=path) from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise UserError(said("mapping_of_keys"), place=said("line", file=path, line=1))
    return content


def _wrong(problem: Said, mark: Any) -> yaml.MarkedYAMLError:
    told: Any = problem
    return yaml.MarkedYAMLError(problem=told, problem_mark=mark)


def _check_depth(text: str) -> None:
    """Raise if a text is nested so deep that composing it would overflow the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _wrong(said("too_deep", most=DEEPEST), event.start_mark)


class _Check:
    """Refuse what a file should not say before any of its values are made."""

    def __init__(self) -> None:
        self.sizes: dict[int, int] = {}

    def size(self, node: yaml.Node, above: tuple[int, ...] = ()) -> int:
        """Return the number of values in a node with its aliases written out."""
        if id(node) in self.sizes:
            return self.sizes[id(node)]
        if id(node) in above:
            raise _wrong(said("holds_itself"), node.start_mark)
        if len(above) > DEEPEST:
            raise _wrong(said("too_deep", most=DEEPEST), node.start_mark)
        if not _is_known(node):
            raise _wrong(said("unknown_tag", tag=node.tag.replace(TAG, "!!")), node.start_mark)
        inner: list[yaml.Node] = []
        if isinstance(node, yaml.MappingNode):
            _check_mapping(node)
            inner = [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            inner = node.value
        size = 1 + sum(self.size(one, (*above, id(node))) for one in inner)
        if size > MOST_VALUES:
            raise _wrong(said("too_many_values", most=f"{MOST_VALUES:,}"), node.start_mark)
        self.sizes[id(node)] = size
        return size


def _is_known(node: yaml.Node) -> bool:
    """Say whether a node is a text or what it looks like, whatever a tag wants to make of it."""
    if isinstance(node, yaml.ScalarNode):
        looks = PLAIN.get(node.tag)
        return node.tag == TAG + "str" if looks is None else bool(looks.match(node.value))
    return node.tag == TAG + ("map" if isinstance(node, yaml.MappingNode) else "seq")


def _check_mapping(node: yaml.MappingNode) -> None:
    """Raise at a key that is no word, or is written twice."""
    seen = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _wrong(said("key_no_word"), key.start_mark)
        if key.tag == TAG + "merge":
            merged = value.value if isinstance(value, yaml.SequenceNode) else [value]
            if not all(isinstance(one, yaml.MappingNode) for one in merged):
                raise _wrong(said("merge_of_mappings"), value.start_mark)
        elif key.value in seen:
            raise _wrong(said("key_twice", key=key.value), key.start_mark)
        seen.add(key.value)


class _Values:
    """Make values of nodes; an alias is the same value as what it stands for."""

    def __init__(self) -> None:
        self.made: dict[tuple[int, bool], Any] = {}

    def of(self, node: yaml.Node, text: bool = False) -> Any:
        """Return the value of a node.

        Parameters
        ----------
        text : bool
            Whether it stands under a key whose value is a text.
        """
        if isinstance(node, yaml.ScalarNode):
            return node.value if text and node.tag != TAG + "null" else _value(node)
        key = (id(node), text)
        if key not in self.made:
            if isinstance(node, yaml.MappingNode):
                self.made[key] = self._mapping(node)
            else:
                self.made[key] = [self._item(one, text) for one in node.value]
        return self.made[key]

    def _item(self, node: yaml.Node, text: bool) -> Any:
        """Return an item of a list; among texts, ``null`` is a name as any other."""
        if text and isinstance(node, yaml.ScalarNode):
            return node.value
        return self.of(node)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for key, value in node.value:
            if key.tag == TAG + "merge":
                several = value.value if isinstance(value, yaml.SequenceNode) else [value]
                for one in reversed(several):  # the first of a list comes before the others
                    merged.update(self.of(one))
            else:
                own[key.value] = self.of(value, key.value in TEXTS)
        return {**merged, **own}


def _value(node: yaml.ScalarNode) -> Any:
    """Return a text, a number, true, false or null."""
    kind, value = node.tag.removeprefix(TAG), node.value
    if kind in ("str", "merge"):
        return value
    if kind in ("null", "bool"):
        return {"t": True, "f": False}.get(value[:1].lower())
    try:
        return int(value) if kind == "int" else float(re.sub(r"\.(?=[a-z])", "", value.lower()))
    except ValueError:  # thousands of digits
        raise _wrong(said("too_many_digits"), node.start_mark) from None
