# make run and make test set up everything they need; nothing else is asked of the machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# as pip does for what it copies; where Python may keep nothing, every start would pay for it
COMPILE := python -m compileall -q engine tui

.PHONY: run test check bench fuzz audit package screenshots clean

run: $(VENV)/.app
	@$(BIN)/mle-tui $(ARGS)

test: $(VENV)/.dev
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-cache

bench: $(VENV)/.bench
	$(BIN)/python tests/bench/run.py

fuzz: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,fuzz]' \
	  || echo "atheris cannot be installed on this Python; the properties alone are fuzzed." >&2
	$(BIN)/python tests/fuzz/run.py $(ARGS)
	$(BIN)/python -m tests.fuzz.killed_saves 1000
	$(BIN)/python -m tests.fuzz.resizes 2000
	$(BIN)/python -m tests.fuzz.long_run 10000000

audit: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,audit]'
	@$(BIN)/python tests/audit.py

package: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,package]'
	$(BIN)/python tests/package.py

screenshots: $(VENV)/.dev
	$(BIN)/python screenshots/take.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "mle-tui needs Python 3.11 or newer as $(PYTHON); name another with 'make PYTHON=python3.12'." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "$(PYTHON) has no venv module; install it (on Debian and Ubuntu: apt-get install python3-venv) and try again." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/$(COMPILE)
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/$(COMPILE)
	@touch $(VENV)/.app $@

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $(VENV)/.app $(VENV)/.dev $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist build
