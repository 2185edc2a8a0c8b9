"""Derive from the source who writes each column of state, by module.

A module writes a column where it names the column and changes it: by an assignment into it
(``h.skill[i] = …``, ``h["skill"][rows] += …``, also through a local name for the column), by
``out=``, or by handing the column, or its name, to a function that changes what it is given. The
start (population, and the years before a run) writes all columns and is left out.
"""

import ast
from collections.abc import Iterator
from fnmatch import filter as matching
from functools import cache
from pathlib import Path

from povsim.money.ledger import fund_meanings
from povsim.state.columns import HOUSEHOLD_COLUMNS, PLACE_COLUMNS, county_columns

TABLES = {
    "households": {c.name for c in HOUSEHOLD_COLUMNS},
    "places": {c.name for c in PLACE_COLUMNS},
    "counties": {c.name for c in county_columns(fund_meanings())},
}
CALLED = {"h": "households"}
"""What a table is called beside its own name."""
ROOMS = ("kernels", "model", "money", "programmes", "yearbook")
START = "model/past.py"
Written = tuple[str, str]
"""Table and column."""
Functions = dict[str, tuple[list[str], set[str]]]
"""By name: parameters, and those of them that are changed or name a column that is."""


@cache
def writers() -> dict[Written, list[str]]:
    """Return the modules that change each column after the start, by table and column."""
    package = Path(__file__).resolve().parents[1]
    paths = [path for room in ROOMS for path in sorted((package / room).rglob("*.py"))]
    texts = {path.relative_to(package).as_posix(): path.read_text("utf-8") for path in paths}
    found: dict[Written, list[str]] = {}
    for path, written in written_by({p: t for p, t in texts.items() if p != START}).items():
        for column in written:
            found.setdefault(column, []).append(path)
    return found


def written_by(texts: dict[str, str]) -> dict[str, set[Written]]:
    """Return what each module writes, given the source of all of them by path."""
    modules = {path: ast.parse(text) for path, text in texts.items()}
    handed: Functions = {}
    while True:  # until no function is found any more that hands on what it is given
        known = {name: set(changed) for name, (_, changed) in handed.items()}
        scopes = {path: list(_scopes(tree, handed)) for path, tree in modules.items()}
        for scope in (scope for own in scopes.values() for scope in own):
            names, changed = handed.get(scope.name, (scope.parameters, set()))
            handed[scope.name] = (names, changed | scope.changed)
        if known == {name: changed for name, (_, changed) in handed.items()}:
            return {path: set().union(*(s.written for s in own)) for path, own in scopes.items()}


def _scopes(module: ast.Module, handed: Functions) -> Iterator["_Scope"]:
    texts = {
        target.id: _texts(node.value)
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            yield _Scope(node, handed, texts)


def _texts(node: ast.AST) -> set[str]:
    """Return the words that an expression holds, with a star for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return {
            "".join(
                str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "*"
                for part in node.values
            )
        }
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    return set().union(*map(_texts, ast.iter_child_nodes(node)))


class _Scope:
    """What one function changes: columns that it names, and parameters that it is given."""

    def __init__(
        self, function: ast.FunctionDef, handed: Functions, texts: dict[str, set[str]]
    ) -> None:
        self.name, self.handed = function.name, handed
        self.parameters = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
        self.texts = {**texts}  # words that a name may stand for
        self.means: dict[str, list[ast.expr]] = {}  # expressions that a name may stand for
        self.written: set[Written] = set()
        self.changed: set[str] = set()
        parts = list(ast.walk(function))
        for part in parts:
            self._bind(part)
        for part in parts:
            for target in self._targets(part):
                self._change(target)

    def _bind(self, part: ast.AST) -> None:
        """Note what local names stand for."""
        if isinstance(part, ast.Assign):
            for target in part.targets:
                self._name(target, part.value)
        elif isinstance(part, ast.For | ast.comprehension):
            words = _texts(part.iter)
            for name in (n.id for n in ast.walk(part.iter) if isinstance(n, ast.Name)):
                words |= self.texts.get(name, set())
            for name in (n.id for n in ast.walk(part.target) if isinstance(n, ast.Name)):
                self.texts[name] = self.texts.get(name, set()) | words

    def _name(self, target: ast.expr, value: ast.expr) -> None:
        """Note what the names of an assignment stand for, one by one where there are several."""
        if isinstance(target, ast.Name):
            self.means.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, meant in zip(target.elts, value.elts, strict=False):
                self._name(one, meant)

    def _targets(self, part: ast.AST) -> Iterator[ast.expr]:
        """Yield the arrays, or names of columns, that a part of the source changes."""
        if isinstance(part, ast.Assign | ast.AugAssign):
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            yield from (t.value for t in targets if isinstance(t, ast.Subscript))
            if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
                yield part.target
        elif isinstance(part, ast.Call):
            yield from (k.value for k in part.keywords if k.arg == "out")
            called = getattr(part.func, "attr", getattr(part.func, "id", ""))
            names, changed = self.handed.get(called, ([], set()))
            given = [*zip(names, part.args, strict=False)]
            given += [(k.arg or "", k.value) for k in part.keywords]
            yield from (value for name, value in given if name in changed)

    def _change(self, target: ast.expr) -> None:
        for end in self._ends(target):
            if isinstance(end, ast.Name) and end.id in self.parameters:
                self.changed.add(end.id)
            elif isinstance(end, ast.Constant):  # the name of a column, handed on
                tables = [table for table, own in TABLES.items() if end.value in own]
                self.written |= {(table, str(end.value)) for table in tables}
            elif isinstance(end, ast.Attribute | ast.Subscript):
                self._write(end)

    def _write(self, column: ast.Attribute | ast.Subscript) -> None:
        """Note ``table.name`` or ``table["name"]``, or the parameter that names the column."""
        table = self._table(column.value)
        if isinstance(column, ast.Attribute):
            names = {column.attr}
        elif isinstance(column.slice, ast.Name) and column.slice.id in self.parameters:
            self.changed |= {column.slice.id} if table else set()
            return
        elif isinstance(column.slice, ast.Name):
            names = self.texts.get(column.slice.id, set())
        else:
            names = _texts(column.slice)
        own = TABLES.get(table, set())
        self.written |= {(table, name) for word in names for name in matching(own, word)}

    def _ends(self, expression: ast.expr, seen: frozenset[str] = frozenset()) -> Iterator[ast.expr]:
        """Yield what an expression may stand for once local names are followed."""
        if isinstance(expression, ast.Name) and expression.id not in seen:
            if expression.id in self.parameters:
                yield expression
            for meant in self.means.get(expression.id, ()):
                yield from self._ends(meant, seen | {expression.id})
        elif isinstance(expression, ast.IfExp):
            for either in (expression.body, expression.orelse):
                yield from self._ends(either, seen)
        else:
            yield expression

    def _table(self, expression: ast.expr) -> str:
        """Return the table that an expression is, or nothing."""
        for end in self._ends(expression):
            name = getattr(end, "attr", getattr(end, "id", ""))
            if name == "arrays" and isinstance(end, ast.Attribute):
                return self._table(end.value)
            if CALLED.get(name, name) in TABLES:
                return CALLED.get(name, name)
        return ""
