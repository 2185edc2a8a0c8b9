"""The glossary of reports in one language: words, sentences, names of measures and scenarios."""

from collections.abc import Iterable, Mapping

from povsim.codes import LANGUAGES
from povsim.errors import UserError
from povsim.measures.catalogue import declared
from povsim.words import typography
from povsim.words.numbers import Numbers, good, kind
from povsim.words.texts import entries, section

__all__ = ["Glossary", "entries", "good", "kind"]


class Glossary(Numbers):
    """The words of one language beside its numbers.

    Parameters
    ----------
    language : str
        ``en`` or ``zh``.
    titles : mapping, optional
        Titles of scenarios and programmes by name, each by language.
    """

    def __init__(
        self, language: str, titles: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        if language not in LANGUAGES:
            raise UserError("language", language, LANGUAGES)
        super().__init__(language)
        self.titles = titles or {}

    def of(self, part: str, key: str) -> str:
        """Return the word for ``key`` of a section; the key itself if there is none."""
        return section(part, self.language).get(key, key)

    def word(self, key: str) -> str:
        """Return a heading, header or axis label."""
        return self.of("words", key)

    def sentence(self, key: str, **parts: object) -> str:
        """Return a sentence with its parts filled in."""
        return self.of("sentences", key).format(**parts)

    def measure(self, name: str) -> str:
        """Return the title of a measure."""
        return declared(name).title[self.language]

    def what(self, name: str) -> str:
        """Return the one-line definition of a measure."""
        return declared(name).definition[self.language]

    def inside(self, measure: str) -> str:
        """Return a measure's name as it stands inside a sentence."""
        name = self.measure(measure)
        return name[0].lower() + name[1:] if self.language == "en" else name

    def title(self, name: str) -> str:
        """Return the title of a scenario or programme."""
        if name in self.titles:
            return self.titles[name].get(self.language) or name
        return self.of("programmes", name)

    def quoted(self, scenario: str) -> str:
        """Return a scenario's title, set off from the sentence."""
        return f"“{self.title(scenario)}”"

    def choice(self, factor: str, name: str) -> str:
        """Return the name of one choice of a structural factor."""
        key = f"{factor.split('/')[-1]}.{name}"
        return section("choices", self.language).get(key, name)

    def sentence_like(self, measure: str, scenario: str, baseline: str) -> str:
        """Return the heading of a figure that shows one scenario against the baseline."""
        against = self.word("against").format(baseline=self.title(baseline))
        heading = self.joined([self.measure(measure), self.title(scenario)], "part")
        return self.labelled(heading, against)

    def joined(self, texts: Iterable[str], joint: str = "list") -> str:
        """Return texts as the language strings them together: names, clauses, parts."""
        return typography.joined(texts, self.language, joint)

    def labelled(self, name: str, text: str) -> str:
        """Return a name, a colon and what is said of it."""
        return typography.labelled(name, text, self.language)

    def bracketed(self, text: str, inside: str) -> str:
        """Return a text with a remark in brackets, or alone if there is none."""
        return typography.bracketed(text, inside, self.language)

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Return sentences one after another, with the space that the language needs."""
        return self.joined(sentences, "sentence")
