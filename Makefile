# Two commands on a fresh machine: `make demo` and `make test`. Both need python3 (3.11 to 3.14) only.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
SCENARIO ?= typical_firm
# Our own environments hold the versions of the lock file; users of the package are free. pip knows every mirror that
# is set up on a machine; uv takes a fifth of the time.
LOCKED = --quiet --constraint requirements.lock
INSTALL = $(BIN)/uv pip install $(LOCKED) --python $(BIN)/python --editable

# Compiled Python is kept, whatever the environment says: each process that tests start would compile every library
# anew, which takes longer than all else of its start.
export PYTHONDONTWRITEBYTECODE =

# What runs have shown goes to results/published, and pages are made of it.
MAKE_OF_RUNS = $(BIN)/python -m docs.make
# Tests of one file share what it compiles, so they stay together; tests/conftest.py puts files that take long first.
IN_PARALLEL = $(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder
JUDGE_AGAIN = $(BIN)/python -m pytest -m evidence tests/evidence tests/make

# Says which Pythons do, where this one does not; in words that any Python understands.
SUPPORTED = import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 14) else "salesim needs Python \
	3.11 to 3.14, and $(PYTHON) is Python %d.%d. Name another one: make PYTHON=python3.13" % v)

# Debian keeps the parts of Python that make virtual environments in a package of their own.
AS_ROOT = $(shell [ "$$(id -u)" = 0 ] || echo sudo)
INSTALL_VENV = { echo "Installing Debian's python3-venv ..."; \
	$(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq python3-venv; }

.PHONY: help demo test compiled texts freeze frozen nightly nightly-fuzz mutants check wheel lowest docs bench sweeps comparing \
	coverage evidence experiments presets gallery rivals screening pages everything lock clean
.DEFAULT_GOAL = help

help:
	@echo "make demo       set up and run the typical firm"
	@echo "make test       set up and run the tests"
	@echo "make texts      record anew what commands and figures say, to be read before it is committed"
	@echo "make freeze     record every number of ten commands on a small firm, before something is rebuilt"
	@echo "make frozen     compare them with what was recorded, to 1e-12"
	@echo "make check      ruff and mypy"
	@echo "make wheel      build the wheel and run it on every Python that is here"
	@echo "make lowest     test with the lowest versions of libraries that are allowed"
	@echo "make nightly    what takes too long for every change: full docs, more cases, mutants"
	@echo "make nightly-fuzz  5,000 spoilt input files, and 200 hostile results folders, met by every command: fifteen minutes"
	@echo "make mutants    change the code in 40 places and see whether its tests notice"
	@echo "make docs       build the pages into site/"
	@echo "make bench      how fast it is, against what, on this machine: two minutes"
	@echo "make sweeps     sweeps of 10,000 and 100,000 runs: ten minutes"
	@echo "make comparing  what a difference costs, ours against a Mesa twin: two minutes"
	@echo "make coverage   how often intervals of differences miss, simulated: three minutes"
	@echo "make everything run the model anew for all that pages show, and write them: half an hour; or a part of it:"
	@echo "  make evidence     judge the model by published findings: ten minutes"
	@echo "  make experiments  answer the questions in experiments/: five minutes"
	@echo "  make presets      live through the firms with a story: three minutes"
	@echo "  make gallery      draw the gallery, live through the class and the tutorial: one minute"
	@echo "  make rivals       tell rival theories apart: three minutes"
	@echo "  make screening    find which unknown numbers move the answer: three minutes"
	@echo "  make pages        write the pages from the code and from what was run"
	@echo "make lock       renew requirements.lock with the newest versions"

demo: $(VENV)/run.stamp
	$(BIN)/salesim run $(SCENARIO)

# The model itself is compiled before workers begin.
test: compiled
	$(IN_PARALLEL) --durations 25

compiled: $(VENV)/dev.stamp
	$(BIN)/python -c "from salesim.model.compiled import compile_model; compile_model(())"

texts: compiled
	$(IN_PARALLEL) --record-texts -m "not evidence"

freeze: $(VENV)/dev.stamp
	$(BIN)/python -m tests.frozen.record

frozen: compiled
	$(BIN)/python -m tests.frozen.record --check

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

wheel: $(VENV)/dev.stamp
	.ci/wheel $(BIN)/uv

lowest: $(VENV)/dev.stamp
	.ci/lowest $(BIN)/uv

# What takes too long for every change, a target after the other.
nightly: compiled
	$(IN_PARALLEL) -m nightly
	$(IN_PARALLEL) --hypothesis-profile nightly \
		tests/rules tests/model tests/inputs tests/cli/test_malformed.py
	.ci/lowest $(BIN)/uv all
	.ci/wheel $(BIN)/uv all
	$(MAKE) coverage nightly-fuzz mutants

nightly-fuzz: compiled
	$(BIN)/python -m tests.fuzz.mutated 5000
	$(BIN)/python -m tests.fuzz.hostile 200

mutants: $(VENV)/dev.stamp
	$(BIN)/python -m tests.mutants.draw

docs: $(VENV)/docs.stamp
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build
	.ci/offline site

bench: $(VENV)/bench.stamp
	$(BIN)/python benchmarks/run.py

sweeps: $(VENV)/bench.stamp
	$(BIN)/python benchmarks/sweeps.py

comparing: $(VENV)/bench.stamp
	$(BIN)/python benchmarks/comparing.py

coverage: $(VENV)/dev.stamp
	$(BIN)/python -m tests.analysis.comparing.coverage

evidence: $(VENV)/dev.stamp
	$(MAKE_OF_RUNS) evidence
	$(JUDGE_AGAIN)

experiments: $(VENV)/dev.stamp
	$(MAKE_OF_RUNS) experiments

presets: $(VENV)/dev.stamp
	$(MAKE_OF_RUNS) presets

gallery: $(VENV)/dev.stamp
	$(MAKE_OF_RUNS) gallery

rivals: $(VENV)/dev.stamp
	$(MAKE_OF_RUNS) rivals

screening: $(VENV)/dev.stamp
	$(MAKE_OF_RUNS) screening

pages: $(VENV)/dev.stamp
	$(MAKE_OF_RUNS) pages

everything: $(VENV)/dev.stamp
	$(MAKE_OF_RUNS) everything
	$(JUDGE_AGAIN)

lock: $(VENV)/dev.stamp
	$(BIN)/uv pip compile --quiet --universal --all-extras --upgrade --custom-compile-command "make lock" \
		--output-file requirements.lock pyproject.toml

$(VENV)/venv.stamp:
	@$(PYTHON) -c '$(SUPPORTED)'
	@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || $(INSTALL_VENV)
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: pyproject.toml requirements.lock $(VENV)/venv.stamp
	$(BIN)/python -m pip install $(LOCKED) --editable .
	@touch $@

$(VENV)/uv.stamp: requirements.lock $(VENV)/venv.stamp
	$(BIN)/python -m pip install $(LOCKED) uv
	@touch $@

$(VENV)/dev.stamp: pyproject.toml $(VENV)/uv.stamp
	$(INSTALL) ".[dev]"
	@touch $@

$(VENV)/bench.stamp: pyproject.toml $(VENV)/uv.stamp
	$(INSTALL) ".[bench]"
	@touch $@

$(VENV)/docs.stamp: pyproject.toml $(VENV)/uv.stamp
	$(INSTALL) ".[docs]"
	@touch $@

clean:
	rm -rf $(VENV) dist site .hypothesis .mypy_cache .pytest_cache .ruff_cache
