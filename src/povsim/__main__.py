"""Run the command line: ``python -m povsim`` is ``povsim``."""

import sys

from povsim.cli import main

if __name__ == "__main__":
    sys.exit(main())
