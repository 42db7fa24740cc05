# Two commands on a fresh machine: `make demo` and `make test`. Both need python3 (3.11 to 3.13) only.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
SCENARIO ?= configs/typical_firm.toml

# Debian keeps the parts of Python that make virtual environments in a package of their own.
AS_ROOT = $(shell [ "$$(id -u)" = 0 ] || echo sudo)
INSTALL_VENV = { echo "Installing Debian's python3-venv ..."; \
	$(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq python3-venv; }

.PHONY: help demo test check bench clean
.DEFAULT_GOAL = help

help:
	@echo "make demo   set up and run the typical firm"
	@echo "make test   set up and run the tests"
	@echo "make check  ruff and mypy"
	@echo "make bench  speed of both engines, and how time and memory grow with size"

demo: $(VENV)/run.stamp
	$(BIN)/salesim run $(SCENARIO)

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest

check: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/mypy

bench: $(VENV)/run.stamp
	$(BIN)/python benchmarks/engines.py
	$(BIN)/python benchmarks/size.py

$(VENV)/run.stamp: pyproject.toml
	@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || $(INSTALL_VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache
