"""``povsim search``: search policy mixes, write tables and report."""

import sys
from dataclasses import replace
from pathlib import Path

from povsim.cli.arguments import Arguments
from povsim.cli.run import asked_by, kept_in
from povsim.config.plans import compose_search
from povsim.study.comparison.study import output_folder
from povsim.study.searches.search import run_search
from povsim.words.texts import command_words
from povsim.words.typography import labelled


def search(arguments: Arguments) -> int:
    """Search the mixes that the overrides ask for."""
    from povsim.report import write_search_report

    request, plan = compose_search(list(arguments.rest), arguments.config_dir)
    request = replace(asked_by(request, arguments, arguments.rest), language=arguments.reading)
    out = Path(arguments.out).expanduser() if arguments.out else request.out
    folder = output_folder("search", out)
    with kept_in(folder, arguments.rest):
        run_search(request, plan, folder, not sys.stderr.isatty())
        page = write_search_report(folder, request.language)
    print(labelled(command_words(request.language)["report_at"], str(page), request.language))
    return 0
