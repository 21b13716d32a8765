# `make app` and `make test` are all that one needs to know; `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8501
WORKERS ?= 4  # twice two cores: tests in the browser often wait for it
PLATFORMS ?= linux-x86_64 linux-aarch64 macos-arm64 macos-x86_64 windows  # of `make bundle`
PYTHONS ?= 3.11 3.12 3.13
VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements requirements-test requirements-build requirements-bench requirements-release
BEGIN = @sh tools/took.sh begin $@
END = @sh tools/took.sh end $@
.DEFAULT_GOAL := app
unexport PYTHONDONTWRITEBYTECODE  # or every process of a test run compiles all modules anew
.PHONY: app install help test lint test-all test-exports test-bundle check data pictures docs words fuzz \
  faults bench lock sbom build bundle browser packed clean

app: install  ## serve the dashboard at http://localhost:8501
	$(BEGIN)
	@$(BIN)/python -m entente pack
	$(END)
	$(BIN)/streamlit run app.py --server.port $(PORT)

install: $(VENV)/run.stamp  ## install what the app needs, from requirements.lock

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## */\1\t/p' Makefile | expand -t 16

# Tests

test: $(VENV)/test.stamp browser  ## everything: lint, types, contracts, tests, data
	$(BEGIN)
	@$(MAKE) --no-print-directory --jobs 2 lint packed
	$(BIN)/frictionless validate data/datapackage.json
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal
	$(END)

lint: $(VENV)/test.stamp  ## style, import contracts, types and the dataset, without tests
	$(BEGIN)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m entente check
	$(END)

test-all: $(VENV)/test.stamp browser  ## what `make test` leaves out: every page, size, string and example
	$(BEGIN)
	@$(BIN)/python -m entente pack
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal \
	  -m "slow or hypothesis" --hypothesis-profile thorough
	$(END)

test-exports: $(VENV)/test.stamp  ## what we export, opened by LibreOffice, GDAL, Firefox and others
	$(BEGIN)
	@sh tests/programs/install-programs.sh
	$(BIN)/python -m pytest tests/programs
	$(END)

test-bundle: $(VENV)/test.stamp $(VENV)/release.stamp  ## make a bundle for this machine; install and start it without a network
	$(BEGIN)
	$(BIN)/python -m pytest tests/bundle
	$(END)

fuzz: $(VENV)/test.stamp  ## many addresses, strings and changed datasets through every page
	$(BEGIN)
	FUZZ_EXAMPLES=400 $(BIN)/python -m pytest --numprocesses auto -m "slow or not slow" \
	  tests/app/test_any_address.py tests/app/test_nasty_strings.py --durations=0 --timeout=1200
	FUZZ_EXAMPLES=1000 $(BIN)/python -m pytest --numprocesses auto -m "slow or not slow" \
	  tests/check/test_mutations.py --timeout=14400
	$(END)

faults: $(VENV)/test.stamp browser  ## kill, starve and flood real processes behind a real nginx
	$(BEGIN)
	@sh tests/faults/install-nginx.sh
	$(BIN)/python -m entente pack
	$(BIN)/python -m pytest tests/faults -rA
	$(END)

bench: $(VENV)/bench.stamp browser  ## ratios against floors measured in the same run
	$(BEGIN)
	@sh benchmarks/install-programs.sh
	$(BIN)/python -m entente pack
	$(BIN)/python -m benchmarks
	$(END)

# Data, words and pictures

check: $(VENV)/run.stamp  ## the dataset only
	$(BIN)/python -m entente check

data: $(VENV)/build.stamp  ## rebuild outlines, leg geometry and the data package
	$(BEGIN)
	$(BIN)/python -m entente build
	$(END)

pictures: $(VENV)/build.stamp $(VENV)/test.stamp browser  ## redraw preview pictures, icons, cut-down fonts and the pictures of the README
	$(BEGIN)
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.readme_pictures
	$(END)

docs: $(VENV)/run.stamp  ## rewrite the pages of docs/ that are made: tables and commands
	$(BIN)/python -m tools.docs

words: $(VENV)/run.stamp  ## every word that a reader can be shown, with file and line
	@$(BIN)/python -m tools.words

# Releases

lock: $(VENV)/release.stamp  ## pin every package that the pinned ones need, with hashes
	$(BEGIN)
	@for name in $(LOCKS); do \
	  constraint=; [ $$name = requirements ] || constraint="--constraint requirements.lock"; \
	  $(BIN)/uv pip compile $$name.txt --group backend $$constraint --output-file $$name.lock \
	    --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	    --custom-compile-command "make lock" --quiet || exit 1; \
	done
	$(END)

sbom: $(VENV)/release.stamp  ## dist/entente.cdx.json: what the app is made of (CycloneDX)
	$(BEGIN)
	$(BIN)/python -m tools.sbom dist/entente.cdx.json
	$(END)

build: $(VENV)/release.stamp  ## dist/: source archive and wheel
	$(BEGIN)
	$(BIN)/python -m build --no-isolation --outdir dist
	$(END)

bundle: $(VENV)/release.stamp  ## dist/entente-VERSION-bundle.zip: all that a room without a network needs
	$(BEGIN)
	$(BIN)/python -m tools.bundle --to dist --platforms $(PLATFORMS) --pythons $(PYTHONS)
	$(END)

# What the targets need

browser:
	@sh tests/browser/install-chromium.sh

packed:
	@$(BIN)/python -m entente pack

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python 3.11 or newer with venv is needed: apt-get install python3-venv" >&2; exit 1; }

# $(call install,LOCK,WHAT): exactly what the lock says, then this folder as it is.
define install
	@echo "Installing $(2)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
endef

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(call install,$<,what the app needs)

$(VENV)/test.stamp: requirements-test.lock pyproject.toml | $(BIN)/python
	$(call install,$<,what tests need)
	@touch $(VENV)/run.stamp

$(VENV)/bench.stamp: requirements-bench.lock pyproject.toml | $(BIN)/python
	$(call install,$<,what the benchmarks need)
	@touch $(VENV)/run.stamp $(VENV)/test.stamp

$(VENV)/build.stamp: requirements-build.lock pyproject.toml | $(BIN)/python
	$(call install,$<,what building the data needs)
	@touch $(VENV)/run.stamp

$(VENV)/release.stamp: requirements-release.lock pyproject.toml | $(VENV)/run.stamp
	$(call install,$<,what a release needs)

clean:  ## remove what was installed
	rm -rf $(VENV)
