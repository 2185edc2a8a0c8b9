"""Everything that people read: the glossary in two languages, words of the command line, keys."""
