"""One progress bar with the time left; quiet when nobody is looking."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

Item = TypeVar("Item")


def track(items: Iterable[Item], total: int, quiet: bool) -> Iterator[Item]:
    """Yield the items and show how many of ``total`` are done, on a terminal only."""
    if quiet or not sys.stderr.isatty() or total == 0:
        yield from items
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("runs", total=total)
        for item in items:
            bar.advance(task)
            yield item
