# make run: the default experiment. make test: all tests. make docs: tables from declarations, and the notebook. Each sets up .venv from nothing first.

.PHONY: run test lint docs clean setup
ARGS ?=
STAMP := .venv/.installed

run: setup
	.venv/bin/povsim run $(ARGS)

test: setup
	.venv/bin/python -m pytest -n auto $(ARGS)

lint: setup
	.venv/bin/ruff check src tests benchmarks
	.venv/bin/mypy
	.venv/bin/lint-imports

docs: setup
	.venv/bin/python -m povsim.cli.documents
	.venv/bin/jupyter execute --inplace docs/povsim.ipynb

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@python=""; \
	for name in python3.13 python3.12 python3.14 python3 python; do \
	  if command -v $$name >/dev/null 2>&1 && \
	     $$name -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then \
	    python=$$name; break; \
	  fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "povsim needs Python 3.12 or newer; none was found (tried python3.13, python3.12, python3.14, python3, python)" >&2; \
	  exit 2; \
	fi; \
	test -x .venv/bin/python || $$python -m venv .venv
	.venv/bin/python -m pip install --quiet --no-compile --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis outputs
