"""Read a design of the user's own from a CSV file, as spreadsheets of any country write it."""

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from povsim.errors import NOTHING, UserError, said
from povsim.machine.text_files import read_text
from povsim.programmes.lever import Lever
from povsim.study.sweeps.designs import Factor

ENDINGS = (".csv", ".tsv")
SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers", ".et", ".txt")
"""Endings of files that hold tables and are no CSV."""
SEPARATORS = (",", ";", "\t")
NUMBERS_OF_ROWS = ("", "point")
"""Headers of a column that numbers the rows and varies nothing: as in ``design.csv`` of a sweep."""
OF_RESULTS = ("point", "scenario", "measure")
"""Columns by which ``points.csv`` of a sweep is known, which has results and no design."""
DECIMAL_COMMA = re.compile(r"[-+]?(?:0|[0-9]{4,}|[0-9]+(?=,(?:[0-9]{1,2}|[0-9]{4,})$)),[0-9]+")
"""A number in which a comma can be no separator of thousands: 0,05 and 12,5, not 1,500."""
Row = tuple[int, list[str]]
"""Number of a line, and its cells."""


def is_table(name: str) -> bool:
    """Say whether a name is that of a file with a table, readable here or not."""
    return name.lower().endswith((*ENDINGS, *SPREADSHEETS))


def from_csv(path: str | Path, known: Mapping[str, Factor]) -> tuple[pd.DataFrame, list[Factor]]:
    """Return a user's design and its factors: one column a factor, one row a point.

    Cells are separated by commas, semicolons or tabs; a decimal comma is read where it can be
    nothing else. A column that only numbers the rows is left out.

    Raises
    ------
    UserError
        In one line with file, line and column: a column that is no factor, a value out of range
        or unreadable, an empty design.
    """
    place = str(path)
    if not place.lower().endswith(ENDINGS):
        raise UserError("design", place, said("csv_from_spreadsheet"))
    if not Path(path).exists():
        raise UserError("design", place, said("csv_there"))
    header, rows = _columns_used(*_table(read_text(Path(path)), place), place)
    names = [name if name in known else str(Lever.parse(name)) for name in header]
    for column, name in zip(header, names, strict=True):
        if name not in known:
            raise UserError(said("word_column"), column or NOTHING, list(known), place)
        if names.count(name) > 1:
            raise UserError(said("column_twice", name=column), place=place)
    if not rows or not names:
        raise UserError(said("design_empty"), place=place)
    factors = [known[name] for name in names]
    columns = {
        f.name: [
            _read_cell(cells[i], f, said("line", file=place, line=line)) for line, cells in rows
        ]
        for i, f in enumerate(factors)
    }
    return pd.DataFrame(columns), factors


def _table(text: str, place: str) -> tuple[list[str], list[Row]]:
    """Return the header and the rows that are not blank, all as wide as the header."""
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip(" \t,;\r\n")), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                rows.append((reader.line_num, stripped))
    except csv.Error:
        where = said("line", file=place, line=reader.line_num)
        raise UserError(said("csv_quotes"), place=where) from None
    if not rows:
        raise UserError(said("design_empty"), place=place)
    header = rows[0][1]
    return header, [(line, _as_wide(cells, header, line, place)) for line, cells in rows[1:]]


def _as_wide(cells: list[str], header: Sequence[str], line: int, place: str) -> list[str]:
    """Return a row without empty cells beyond the header, as a comma at its end leaves them."""
    if len(cells) < len(header) or any(cells[len(header) :]):
        told = said("cells_of_header", n=len(cells), head=len(header))
        raise UserError(told, place=said("line", file=place, line=line))
    return cells[: len(header)]


def _columns_used(
    header: Sequence[str], rows: Sequence[Row], place: str
) -> tuple[list[str], list[Row]]:
    """Return a table without columns that are empty or number its rows."""
    if set(OF_RESULTS) <= set(header):
        raise UserError(said("results_no_design"), place=place)
    used = [i for i, name in enumerate(header) if name or any(cells[i] for _, cells in rows)]
    if used and header[used[0]] in NUMBERS_OF_ROWS and _numbers_rows([c[used[0]] for _, c in rows]):
        used = used[1:]
    return [header[i] for i in used], [(line, [cells[i] for i in used]) for line, cells in rows]


def _numbers_rows(cells: Sequence[str]) -> bool:
    """Say whether every cell is another whole number, with or without a letter before it."""
    digits = [re.fullmatch(r"[A-Za-z]?(\d+)", cell) for cell in cells]
    numbers = [int(found[1]) for found in digits if found]
    return len(numbers) == len(cells) == len(set(numbers))


def _read_cell(text: str, factor: Factor, where: object) -> float | str:
    """Return a cell as a value, or raise UserError."""
    if factor.choices:
        if text not in factor.choices:
            raise UserError(factor.name, text or NOTHING, factor.choices, where)
        return text
    if "," in text and not DECIMAL_COMMA.fullmatch(text):
        raise UserError(factor.name, text, said("plain_number"), where)
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not factor.low <= number <= factor.high:
        rule = said("number_from_to", low=f"{factor.low:g}", high=f"{factor.high:g}")
        raise UserError(factor.name, text or NOTHING, rule, where)
    return number
