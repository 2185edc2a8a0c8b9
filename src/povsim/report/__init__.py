"""What people look at: tables, figures and a self-contained page in two languages."""

from povsim.report.page import write_report
from povsim.report.search_page import write_search_report
from povsim.report.sweep_page import write_sweep_report
from povsim.report.tables import read
from povsim.report.terminal import print_summary

__all__ = ["print_summary", "read", "write_report", "write_search_report", "write_sweep_report"]
