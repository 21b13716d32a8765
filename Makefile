# `make app` and `make test` are all that one needs to know; the rest is for those who edit.
PYTHON ?= python3
PORT ?= 8501
WORKERS ?= 4  # twice two cores: tests in the browser often wait for it
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
.DEFAULT_GOAL := app
.PHONY: app test test-all test-exports check data pictures docs words fuzz faults bench clean

app: $(VENV)/run.stamp  ## serve the dashboard at http://localhost:8501
	@$(BIN)/python -m entente pack
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/test.stamp browser  ## everything: lint, contracts, types, tests, data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m entente check
	$(BIN)/frictionless validate data/datapackage.json
	@$(BIN)/python -m entente pack
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal

test-all: $(VENV)/test.stamp browser  ## what `make test` leaves out: every page, size and string
	@$(BIN)/python -m entente pack
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal -m slow

test-exports: $(VENV)/test.stamp  ## what we export, opened by LibreOffice, GDAL, Firefox and others
	@sh tests/programs/install-programs.sh
	$(BIN)/python -m pytest tests/programs

check: $(VENV)/run.stamp  ## the dataset only
	$(BIN)/python -m entente check

data: $(VENV)/build.stamp  ## rebuild outlines, leg geometry and the data package
	$(BIN)/python -m entente build

pictures: $(VENV)/build.stamp $(VENV)/test.stamp browser  ## redraw preview pictures, icons, cut-down fonts and the pictures of the README
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.readme_pictures

docs: $(VENV)/run.stamp  ## rewrite the pages of docs/ that are made: tables and commands
	$(BIN)/python -m tools.docs

words: $(VENV)/run.stamp  ## every word that a reader can be shown, with file and line
	@$(BIN)/python -m tools.words

fuzz: $(VENV)/test.stamp  ## many addresses, strings and changed datasets through every page
	FUZZ_EXAMPLES=400 $(BIN)/python -m pytest --numprocesses auto -m "slow or not slow" \
	  tests/app/test_any_address.py tests/app/test_nasty_strings.py --durations=0 --timeout=1200
	FUZZ_EXAMPLES=1000 $(BIN)/python -m pytest --numprocesses auto -m "slow or not slow" \
	  tests/check/test_mutations.py --timeout=14400

faults: $(VENV)/test.stamp browser  ## kill, starve and flood real processes behind a real nginx
	@sh tests/faults/install-nginx.sh
	$(BIN)/python -m entente pack
	$(BIN)/python -m pytest tests/faults -rA

bench: $(VENV)/bench.stamp browser  ## ratios against floors measured in the same run
	@sh benchmarks/install-programs.sh
	$(BIN)/python -m entente pack
	$(BIN)/python -m benchmarks

.PHONY: browser
browser:
	@sh tests/browser/install-chromium.sh

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python 3.11 or newer with venv is needed: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r requirements.txt -e .
	@touch $@

$(VENV)/test.stamp: requirements.txt requirements-test.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r requirements-test.txt -e .
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: requirements.txt requirements-test.txt requirements-bench.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r requirements-bench.txt -e .
	@touch $@ $(VENV)/run.stamp $(VENV)/test.stamp

$(VENV)/build.stamp: requirements.txt requirements-build.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r requirements-build.txt -e .
	@touch $@

clean:
	rm -rf $(VENV)
