"""What people look at: tables, figures and a self-contained page in two languages."""

from povsim.report.figures import library  # noqa: F401  (loaded before all others draw)
from povsim.report.pages.screen import print_summary
from povsim.report.pages.search import write_search_report
from povsim.report.pages.study import write_report
from povsim.report.pages.sweep import write_sweep_report
from povsim.report.results.study import read

__all__ = ["print_summary", "read", "write_report", "write_search_report", "write_sweep_report"]
