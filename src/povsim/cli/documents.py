"""Render the tables of the documentation from the declarations: ``python -m povsim.cli.documents``.

``docs/parameters.md`` lists every number, ``docs/evidence.md`` what each rests on,
``docs/programmes.md`` every programme and rule, ``docs/state.md`` every column,
``docs/measures.md`` every yearly measure.
"""

import inspect
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from povsim import measures as formulas
from povsim.cli.column_writers import writers
from povsim.machine import yaml_files
from povsim.measures.catalogue import measures, sections
from povsim.money.ledger import fund_meanings
from povsim.params import GROUPS, World
from povsim.params.declare import CONFIDENCE, Declaration, options
from povsim.population.facts import facts
from povsim.programmes.lever import PROGRAMMES, Lever, all_levers
from povsim.programmes.scenario import ProgrammeUse, Scenario
from povsim.programmes.scenario_files import load_cards
from povsim.state.columns import HOUSEHOLD_COLUMNS, PLACE_COLUMNS, county_columns
from povsim.state.flows import declared_flows

READERS = ("kernels", "model", "money", "population", "programmes", "state", "yearbook")
ASSUMED = ("assumption", "prior")


def render() -> dict[str, str]:
    """Return the text of every rendered document by file name."""
    return {
        "parameters.md": _text(_parameters()),
        "evidence.md": _text(_evidence()),
        "programmes.md": _text(_programmes()),
        "state.md": _text(_state()),
        "measures.md": _text(_measures()),
    }


def main() -> None:
    """Write the documents into the checkout's docs folder."""
    folder = yaml_files.own_folder() / "docs"
    for name, text in render().items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |"


def _table(heads: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    heads = list(heads)
    yield _row(*heads)
    yield _row(*("---" for _ in heads))
    for row in rows:
        yield _row(*row)
    yield ""


def _numbers() -> Iterator[tuple[str, Declaration, float]]:
    """Yield every number of the world and of the cards: key, declaration, default."""
    cards, world = load_cards(), World()
    uses = tuple(ProgrammeUse(name, card=card) for name, card in cards.items())
    for lever in all_levers(cards):
        declaration = lever.declaration(cards)
        if declaration is not None:
            yield str(lever), declaration, lever.get(world, Scenario("all", programmes=uses))


@cache
def _sources() -> dict[str, str]:
    """Return the code that reads numbers, by path within the package."""
    package = Path(__file__).resolve().parents[1]
    paths = [p for p in sorted(package.rglob("*.py")) if p.relative_to(package).parts[0] in READERS]
    return {p.relative_to(package).as_posix(): p.read_text("utf-8") for p in paths}


def used_by(key: str) -> list[str]:
    """Return the files whose code reads a number, by its name as an attribute."""
    lever = Lever.parse(key)
    name = re.compile(rf"\.{re.escape(lever.name)}\b")
    if lever.kind == PROGRAMMES:
        card = lever.owner
        own = [p for p in _sources() if card in (Path(p).stem, Path(p).parent.name)]
        families = {Path(path).parent for path in own}
        helpers = ("costs.py", "giving_up.py")
        shared = [str(folder / name) for folder in families for name in helpers]
        shared += [p for p in _sources() if Path(p).parent.name in ("programmes", "delivery")]
        read = [p for p in (*own, *shared) if name.search(_sources().get(p, ""))]
        by_name = [p for p in own if "getattr(" in _sources()[p]]  # by the name of a family
        return read or by_name
    return [path for path, text in _sources().items() if name.search(text)]


def _parameters() -> Iterator[str]:
    yield "# Parameters"
    yield ""
    yield "Rendered from the declarations. Every number can be set on the command line by its key."
    yield "Money is in 2020 yuan; a range is what is allowed and, for uncertain numbers, swept."
    yield ""
    heads = ("key", "default", "range", "unit", "meaning", "source", "confidence", "read by")
    rows: dict[str, list[tuple[object, ...]]] = {}
    for key, d, value in _numbers():
        lever = Lever.parse(key)
        meaning = f"{d.meaning} ({d.meaning_zh})" if d.meaning_zh else d.meaning
        span = f"{d.low:g} to {d.high:g}"
        cells = (f"`{lever.name}`", f"{value:g}", span, d.unit, meaning, d.source, d.confidence)
        rows.setdefault(lever.section, []).append((*cells, ", ".join(used_by(key))))
    for group, table in rows.items():
        yield f"## {group}"
        yield ""
        yield from _table(heads, table)
    yield "## Structural switches"
    yield ""
    switches = [
        (f"`{group}.{name}`", getattr(getattr(World(), group), name), ", ".join(named))
        for group in GROUPS
        for name, named in options(getattr(World(), group)).items()
    ]
    yield from _table(("key", "default", "options"), switches)


def _evidence() -> Iterator[str]:
    yield "# Evidence"
    yield ""
    yield "Rendered from the declarations: what each number rests on. Numbers marked assumption or"
    yield "prior belong to the default uncertainty of every claim."
    yield ""
    numbers = list(_numbers())
    counts = [(word, sum(d.confidence == word for _, d, _ in numbers)) for word in CONFIDENCE]
    yield from _table(("confidence", "numbers"), counts)
    heads = ("key", "default", "range", "unit", "source", "confidence")
    for title, assumed in (("Numbers with a source", False), ("Assumptions and priors", True)):
        yield f"## {title}"
        yield ""
        yield from _table(
            heads,
            (
                (f"`{key}`", f"{v:g}", f"{d.low:g} to {d.high:g}", d.unit, d.source, d.confidence)
                for key, d, v in numbers
                if (d.confidence in ASSUMED) == assumed
            ),
        )
    yield "## Published figures"
    yield ""
    yield "`calibration` figures are fitted to, `validation` figures are only compared with."
    yield ""
    names = ("figure", "quantity", "year", "for", "value", "unit", "source", "confidence", "use")
    yield from _table(
        names,
        (
            (
                f.id,
                f.quantity,
                f.year,
                f.group,
                f"{f.value:g}",
                f.unit,
                f.source,
                f.confidence,
                f.use,
            )
            for f in facts().values()
        ),
    )


def _programmes() -> Iterator[str]:
    yield "# Programmes and rules"
    yield ""
    yield "Rendered from the cards. An entitlement is paid first and to all who qualify; a"
    yield "discretionary programme has a share of the envelope; a rule changes how others work."
    yield ""
    by_family: dict[str, list[tuple[object, ...]]] = {}
    for card in load_cards().values():
        title = f"{card.title['en']} ({card.title['zh']})"
        cells = (f"`{card.name}`", title, card.kind, card.mechanism["en"], " ".join(card.paper))
        by_family.setdefault(card.family, []).append(cells)
    for family, rows in sorted(by_family.items()):
        yield f"## {family}"
        yield ""
        yield from _table(("name", "title", "kind", "what it does", "claims"), rows)


def _state() -> Iterator[str]:
    yield "# State"
    yield ""
    yield "Rendered from the declarations: every stored column, its type, unit and meaning, and"
    yield "from the source: the modules that change it in a run. The start draws all of them."
    yield ""
    tables = (("households", HOUSEHOLD_COLUMNS), ("places", PLACE_COLUMNS))
    for table, columns in (*tables, ("counties", county_columns(fund_meanings()))):
        yield f"## {table.capitalize()}"
        yield ""
        yield from _table(
            ("column", "type", "values", "unit", "meaning", "written by"),
            (
                (f"`{c.name}`", c.dtype, c.width, c.unit, c.meaning, _writers(table, c.name))
                for c in columns
            ),
        )
    yield "## Flows"
    yield ""
    yield "What one part of a month leaves for another, with the phase or programme that writes it."
    yield ""
    heads = ("flow", "shape", "unit", "meaning", "written by")
    rows = ((f"`{n}`", f.shape, f.unit, f.meaning, f.writer) for n, f in declared_flows().items())
    yield from _table(heads, rows)


def _writers(table: str, column: str) -> str:
    return ", ".join(writers().get((table, column), ["the start only"]))


def _measures() -> Iterator[str]:
    yield "# Measures"
    yield ""
    yield "Rendered from the catalogue: every yearly measure of the tables. Units are those of"
    yield "the files; money is in yuan of 2020. Every measure is told for everybody, and for the"
    yield "parts under `told for`: each of the six groups, the registered, regions and county"
    yield "classes, groups within county classes (crossed). `better` is what is better for people."
    yield "The formulas work on other data too: [functions](#functions-for-your-own-data)."
    yield ""
    counted, subjects = sections()["counts"], sections()["subjects"]
    heads = ("name", "title", "unit", "better", "counts", "told for", "definition", "formula")
    rows: dict[str, list[tuple[object, ...]]] = {}
    for m in measures().values():
        title = f"{m.title['en']} ({m.title['zh']})"
        definition = f"{m.definition['en']} ({m.definition['zh']})"
        formula = f"{m.formula['en']} [{m.source}]" if m.formula else ""
        cells = (f"`{m.name}`", title, m.unit, m.better, m.counts, ", ".join(m.parts))
        rows.setdefault(m.subject, []).append((*cells, definition, formula))
    for subject, table in rows.items():
        yield f"## {subjects[subject]['en']} ({subjects[subject]['zh']})"
        yield ""
        yield from _table(heads, table)
    yield "## What is counted"
    yield ""
    yield from _table(("counts", "meaning"), ((key, text["en"]) for key, text in counted.items()))
    yield from _functions()


def _functions() -> Iterator[str]:
    """Yield the contract of the functions, as their package tells it, and what each returns."""
    yield "## Functions for your own data"
    yield ""
    yield from _plain(formulas).splitlines()[2:]
    yield ""
    own = {name: getattr(formulas, name) for name in formulas.__all__}
    told = {name: _plain(f).splitlines()[0] for name, f in own.items() if inspect.isfunction(f)}
    rows = ((f"`{n}`", text.removeprefix("Return ").rstrip(".")) for n, text in told.items())
    yield from _table(("function", "returns"), rows)


def _plain(documented: object) -> str:
    """Return a docstring with code marked as on these pages."""
    return (inspect.getdoc(documented) or "").replace("``", "`")


if __name__ == "__main__":
    main()
