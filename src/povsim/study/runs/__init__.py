"""One run, many runs: what is run, where, what it leaves, and how that is read again."""
