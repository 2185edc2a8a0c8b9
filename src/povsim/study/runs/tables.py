"""Read the tables of a study as they were written: names are texts, whatever they look like."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

TEXTS = (
    "arm",
    "baseline",
    "error",
    "factor",
    "hypothesis",
    "mix",
    "point",
    "run_id",
    "scenario",
    "statement_en",
    "statement_zh",
    "versus",
    "world",
)
"""Columns of texts in every table: an arm may be called ``null``, ``2021`` or ``1e3``."""
NOT_THERE = ("", "nan", "NaN")
"""What stands for a number that is not known."""


def read_table(path: Path, texts: Iterable[str] = ()) -> pd.DataFrame:
    """Return the table in a CSV file.

    Parameters
    ----------
    texts : iterable of str
        Columns of texts beside those that are texts in every table.
    """
    columns = pd.read_csv(path, nrows=0).columns
    of_texts = dict.fromkeys(columns.intersection([*TEXTS, *texts]), str)
    unknown = {str(name): list(NOT_THERE) for name in columns if name not in of_texts}
    return pd.read_csv(path, dtype=of_texts, keep_default_na=False, na_values=unknown)
