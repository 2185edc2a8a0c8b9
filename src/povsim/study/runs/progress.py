"""One progress bar with the time left; quiet when nobody is looking."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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


class Bar:
    """The bar that is on the screen, if there is one."""

    now: "Bar | None" = None

    def __init__(self, progress: Progress, expected: int | None) -> None:
        self.progress, self.expected = progress, expected
        self.task = progress.add_task("runs", total=expected or 0)

    def begin(self, total: int, done: int) -> None:
        """Count runs in, of which some were there before; those are no work of this bar."""
        task = self.progress.tasks[self.task]
        task.completed += done
        if self.expected is None:
            self.progress.update(self.task, total=(task.total or 0) + total)


@contextmanager
def one_bar(quiet: bool, expected: int | None = None) -> Iterator[None]:
    """Show one bar for all that is tracked inside, on a terminal only.

    ``expected`` runs are said to come; without it the bar grows with each stage.
    """
    if quiet or Bar.now is not None or not sys.stderr.isatty():
        yield
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Speed(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        Bar.now = Bar(progress, expected)
        try:
            yield
        finally:
            Bar.now = None


def track(items: Iterable[Item], total: int, quiet: bool, done: int = 0) -> Iterator[Item]:
    """Yield the items and show how many of ``total`` are done, on a terminal only.

    ``done`` of them were there before.
    """
    with one_bar(quiet):
        bar = None if quiet else Bar.now
        if bar is not None:
            bar.begin(total, done)
        for item in items:
            if bar is not None:
                bar.progress.advance(bar.task)
            yield item
