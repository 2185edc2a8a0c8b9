"""List what there is: names with their titles."""

from povsim.cli.arguments import Arguments
from povsim.errors import UserError
from povsim.machine import yaml_files
from povsim.measures.catalogue import measures
from povsim.words.glossary import Glossary
from povsim.words.texts import command_words, in_one_line

FOLDERS = {
    "scenarios": "scenarios",
    "experiments": "experiments",
    "programmes": "configs/programmes",
    "populations": "configs/population",
    "sizes": "configs/size",
}
KINDS = ("scenarios", "experiments", "programmes", "measures", "populations", "sizes")


def show_list(arguments: Arguments) -> int:
    """Print the names and titles of one kind of thing, or of all."""
    for kind in arguments.rest:
        if kind not in KINDS:
            raise UserError("list", kind, KINDS)
    kinds = arguments.rest or KINDS
    language = arguments.reading
    blocks = []
    for kind in kinds:
        titles = titles_of(kind, language)
        width = max((len(name) for name in titles), default=0)
        lines = [f"  {name:<{width}}  {title}".rstrip() for name, title in titles.items()]
        blocks.append("\n".join([command_words(language)[kind], *lines]))
    print("\n\n".join(blocks))
    return 0


def titles_of(kind: str, language: str) -> dict[str, str]:
    """Return titles by name of one of ``KINDS``."""
    if kind == "measures":
        glossary = Glossary(language)
        return {name: f"{glossary.measure(name)}  [{glossary.unit(name)}]" for name in measures()}
    return {
        name: in_one_line(yaml_files.read_yaml(path).get("title"), language)
        for name, path in yaml_files.files(FOLDERS[kind]).items()
    }
