# Everything starts from nothing but Python 3.11+, make and a package index: `make help`.

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# Environments are the system's own business, an outer one must not leak in.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
INSTALL := $(PY) -m pip --disable-pip-version-check install --quiet
CODE := annotator tests
WORKERS ?= 2
PROJECT ?=

.DEFAULT_GOAL := help
.PHONY: help run test check format bench soak lock keys formats screenshots wheel clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-12s %s\n' "$$name" "$$what"; done

run: $(VENV)/.run ## open the application, with the sample project unless PROJECT=my.annot says otherwise
	@$(PY) -m annotator.qt_libraries
	@$(if $(PROJECT),,test -f sample.annot || { $(BIN)/annotator new sample.annot --scheme news \
		&& $(BIN)/annotator import sample.annot resources/sample/sample.jsonl --annotator sample; } || { rm -f sample.annot; exit 2; })
	@$(BIN)/annotator "$(or $(PROJECT),sample.annot)"

test: $(VENV)/.dev ## run the tests, without a screen
	@$(PY) -m annotator.qt_libraries --offscreen
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n $(WORKERS) --ignore tests/soak --ignore tests/benchmarks $(TESTS)

check: $(VENV)/.dev ## format, lint, types, imports, documentation: before every push
	$(BIN)/ruff format --check --output-format concise $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q tests/test_docs.py tests/test_house.py

format: $(VENV)/.dev ## lay the code out as `make check` wants it
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench: $(VENV)/.dev ## measure the figures that were promised, beside their floors
	@$(PY) -m annotator.qt_libraries --offscreen
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks

soak: $(VENV)/.dev ## run the long tests: killed processes, random histories
	@$(PY) -m annotator.qt_libraries --offscreen
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q tests/soak

screenshots: $(VENV)/.run ## have the application take the pictures of the help pages
	@$(PY) -m annotator.qt_libraries --offscreen
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.screenshots resources/help/images

keys: $(VENV)/.run ## write the help pages on keys from the commands
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.keys_page resources/help

formats: $(VENV)/.run ## write the help pages on formats from the formats
	$(PY) -m tests.formats_page resources/help

lock: ## pin the dependencies anew, for every system (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --group build --group dev --all-extras -c requirements.lock pyproject.toml -o requirements-dev.lock

wheel: $(VENV)/.run ## build the package into dist/
	$(PY) -m hatchling build -t wheel

clean: ## remove what was made, never a project
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found; install it, or say where it is: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is not" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(PY) requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(PY) requirements-dev.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $(VENV)/.run $@
