# Every task makes what it needs, on a machine with Python 3.11 or later and a package registry.
# `make help` lists the tasks.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
EXAMPLE := examples/contacto/repaired.policy
SEEDS := $(patsubst %,examples/%/published.policy,clutto contacto kayako kloudtalk kutamo)
POLICIES = $(shell grep -l '^policy ' examples/*/*.policy)
PAGE := build/contacto
SITE := build/site
WORKERS ?= auto

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

# --- setting up ---------------------------------------------------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "policyc needs Python 3.11 or later; none was found (name one: make PYTHON=…)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps say for which pyproject.toml an environment was made: one to run policyc, one to work on it.
$(VENV)/.runs: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.develops: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.runs

.PHONY: setup
setup: $(VENV)/.develops ## Make .venv with all that work on policyc needs

# --- using --------------------------------------------------------------------------------------

.PHONY: example
example: $(VENV)/.runs ## Compile the policy of Contacto, and say where its page is
	$(BIN)/policyc build $(EXAMPLE) -o $(PAGE)
	@echo "Open file://$(CURDIR)/$(PAGE)/policy.html"

# --- checking -----------------------------------------------------------------------------------

.PHONY: test
test: lint types layers coverage comparisons ## Run every check: lint, types, layers, tests with coverage, comparisons

.PHONY: lint
lint: $(VENV)/.develops ## Lint, and compare with the formatter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/.develops ## Check types
	$(BIN)/mypy

.PHONY: layers
layers: $(VENV)/.develops ## Check which part imports which
	$(BIN)/lint-imports

.PHONY: unit
unit: $(VENV)/.develops ## Run the fast tests
	$(BIN)/pytest -n $(WORKERS) -m 'not slow and not long'

.PHONY: coverage
coverage: $(VENV)/.develops ## Run all tests but the comparisons, and measure the branches that they take
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m 'not long' --cov --cov-report=term-missing:skip-covered

.PHONY: comparisons
comparisons: $(VENV)/.develops ## Compare engines, mistakes in examples and their orders in many cases
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m long

# --- making -------------------------------------------------------------------------------------

.PHONY: format
format: $(VENV)/.develops ## Format the Python code, and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: schema
schema: $(VENV)/.develops ## Write the manifest's JSON Schema anew from the tables
	$(BIN)/python -c 'from policyc.backends.manifest.schema import stored, text; stored().write_text(text(), encoding="utf-8")'

.PHONY: docs
docs: $(VENV)/.develops ## Write what the documentation takes from the code, and build the site into build/site
	$(BIN)/python -m docs.tables
	rm -rf $(SITE)
	$(BIN)/python -m sphinx -q -E -W --keep-going -j auto -d build/doctrees docs $(SITE)
	@echo "Open file://$(CURDIR)/$(SITE)/index.html"

.PHONY: build-wheel
build-wheel: $(VENV)/.develops ## Build the wheel into dist
	$(BIN)/python -m build --wheel

# --- measuring: longer runs, each with a result of its own ------------------------------------------

.PHONY: startup
startup: $(VENV)/.develops ## Measure cold starts against the imports that they need
	$(BIN)/python benchmarks/startup.py

.PHONY: scale
scale: $(VENV)/.develops ## Measure the front end on 100,000 lines, the layout of 16,000 statements, and 1,000 systems beside fides
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/layout.py
	$(BIN)/python benchmarks/systems.py

.PHONY: contradictions
contradictions: $(VENV)/.develops ## Measure the search for contradictions in up to 50,000 statements
	$(BIN)/python -m benchmarks.contradictions

.PHONY: rules
rules: $(VENV)/.develops ## Measure the rules of all laws on 1,000 systems
	$(BIN)/python -m benchmarks.rules

.PHONY: decisions
decisions: $(VENV)/.develops ## Measure decisions at 10 to 10,000 statements, beside Cedar and Rego
	$(BIN)/python -m benchmarks.decisions

.PHONY: agreement
agreement: $(VENV)/.develops ## Put 100,000 requests of each of the five seeds to the guard and to the reference
	$(BIN)/python -m benchmarks.agreement $(SEEDS)

.PHONY: million
million: $(VENV)/.develops ## Put more than a million requests about all examples to the guard and to the reference
	$(BIN)/python -m benchmarks.agreement $(POLICIES) --requests 120000 --seed 100

.PHONY: cover-sets
cover-sets: $(VENV)/.develops ## Compare the guard and the reference wherever statements of the examples meet
	$(BIN)/python -m benchmarks.cover_sets $(POLICIES)

.PHONY: faults
faults: $(VENV)/.develops ## Put faults into the guard's code, and see each caught
	$(BIN)/python -m benchmarks.agreement.faults tests/backends/enforce/every_rule.policy --requests 16000

.PHONY: misspellings
misspellings: $(VENV)/.develops ## Misspell every word of the five seeds in every way that takes one edit
	for policy in $(SEEDS); do $(BIN)/python -m benchmarks.misspellings $$policy --all || exit 1; done

.PHONY: mutations
mutations: $(VENV)/.develops ## Misspell words, leave out tokens and swap them in all examples
	$(BIN)/python -m benchmarks.mutations

.PHONY: clean
clean: ## Remove what the tasks made
	rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
