"""``povsim search``: search policy mixes, write tables and report."""

import sys
from dataclasses import replace

from povsim.cli.arguments import Arguments
from povsim.cli.run import asked_by, kept_in, tell_notes
from povsim.config.plans import compose_search
from povsim.machine.text_files import path_of
from povsim.study.comparison.study import output_folder
from povsim.study.searches.search import run_search
from povsim.words.texts import command_words
from povsim.words.typography import labelled


def search(arguments: Arguments) -> int:
    """Search the mixes that the overrides ask for."""
    from povsim.report import write_search_report

    request, plan = compose_search(list(arguments.rest), arguments.config_dir)
    request = replace(asked_by(request, arguments, arguments.rest), language=arguments.reading)
    out = path_of(arguments.out) if arguments.out else request.out
    folder = output_folder("search", out)
    with kept_in(folder, arguments.rest):
        found = run_search(request, plan, folder, not sys.stderr.isatty())
        page = write_search_report(folder, request.language)
    print(labelled(command_words(request.language)["report_at"], str(page), request.language))
    tell_notes(found.manifest, request.language)
    return 0
