"""One progress bar with the time left; quiet when nobody is looking."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

Item = TypeVar("Item")


class Speed(ProgressColumn):
    """Runs a second, over the last of them."""

    def render(self, task: Task) -> Text:
        """Return the speed as text, empty before the first run."""
        return Text(f"{task.speed:.3g}/s" if task.speed else "", style="progress.data.speed")


def track(items: Iterable[Item], total: int, quiet: bool, done: int = 0) -> Iterator[Item]:
    """Yield the items and show how many of ``total`` are done, on a terminal only.

    ``done`` of them were there before.
    """
    if quiet or not sys.stderr.isatty() or total == done:
        yield from items
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Speed(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("runs", total=total, completed=done)
        for item in items:
            bar.advance(task)
            yield item
