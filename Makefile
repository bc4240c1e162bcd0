# Everything a contributor runs; `make` alone lists it. Nothing is installed outside .venv.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# The newest Python that really runs: a version manager may leave a name on the PATH with nothing behind it.
# ensurepip is asked for too, since some systems ship a Python that cannot make a virtual environment.
runs = $(shell for p in $(1); do "$$p" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
PYTHON ?= $(call runs,python3.13 python3.12 python3.11 python3)
# Pins are resolved on the oldest supported version: what installs there installs on the later ones.
LOCK_PYTHON ?= python3.11
LOCK_FLAGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
READY := .venv/.ready
# The tools that are measured beside veedor, each group of pyproject.toml in an environment of its own.
BENCH := bench bench-rs
BENCH_FLAGS ?=
FACE := __init__.py py.typed schema extract normalize evaluate corpus review cli

# What builds the documentation site has an environment of its own, too: nothing of it is needed to use or test veedor.
SITE := .venv/site

.PHONY: help demo test fuzz lint types bench goals docs docs-check site lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## read and check the samples that come with veedor, and name the report to open
	@$(BIN)/veedor run corpus/samples --out build/demo
	@for report in build/demo/*/report.html; do test -f "$$report" || { echo "make demo: no report in build/demo" >&2; exit 1; }; \
	  echo "Abra $$report en su navegador"; break; done

test: $(READY) ## run the tests
	@$(BIN)/pytest -q --numprocesses 2 --dist loadfile --no-loadscope-reorder

fuzz: $(READY) ## look for inputs that break a contract; SECONDS= for each target (120), TARGET= some of them
	@$(BIN)/python -m tests.fuzz.run --seconds $(or $(SECONDS),120) $(TARGET)

lint: $(READY) ## check the style of the code
	@$(BIN)/ruff check --quiet .

types: $(READY) ## check the types
	@$(BIN)/basedpyright

bench: $(READY) $(BENCH:%=build/%/.ready) ## measure everything, other tools beside, and write docs/benchmarks.md
	@$(BIN)/python benchmarks/bench.py --environments build $(BENCH_FLAGS)

goals: $(READY) ## measure veedor against its goals, and print them
	@$(BIN)/python benchmarks/run.py

docs-check: $(READY) ## say which pages and examples of the docs are stale
	@$(BIN)/python docs/generate.py --check

docs: $(READY) $(SITE)/.ready ## write the generated pages of docs/, and the site into build/site
	@$(BIN)/python docs/generate.py
	@$(MAKE) site

site: $(SITE)/.ready ## build the documentation site as the pages are; a dead link or any other warning is an error
	@NO_MKDOCS_2_WARNING=1 $(SITE)/bin/python -m mkdocs build --strict --clean
	@echo "Abra build/site/index.html en su navegador"

lock: ## resolve the lock files again; LOCK_FLAGS=--upgrade takes the newest versions
	@rm -rf build/lock && "$(LOCK_PYTHON)" -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check --no-input -qq install pip-tools
	@build/lock/bin/python -c "import pathlib, tomllib; \
	  groups = tomllib.loads(pathlib.Path('pyproject.toml').read_text('utf-8'))['dependency-groups']; \
	  [pathlib.Path(f'build/lock/{name}.in').write_text('\n'.join(group) + '\n', 'utf-8') for name, group in groups.items()]"
	@$(call resolved,pyproject.toml --extra dev --extra ocr --extra postgresql --extra parquet --extra cluster --extra web,requirements.lock,.venv)
	@$(call resolved,build/lock/bench.in,benchmarks/bench.lock,build/bench)
	@$(call resolved,build/lock/bench-rs.in,benchmarks/bench-rs.lock,build/bench-rs)
	@$(call resolved,build/lock/docs.in,requirements-docs.lock,$(SITE))
	@rm -rf build/lock

# What is to be resolved, the lock file, and the environment that it is for. What fits of the old pins stays.
# Option lines and comments go: where packages come from is each machine's own setting.
define resolved
cp $(2) build/lock/pins.txt 2>/dev/null || rm -f build/lock/pins.txt; \
build/lock/bin/pip-compile --quiet --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-options \
  $(LOCK_FLAGS) --output-file build/lock/pins.txt $(1); \
{ echo '# Every package of $(3), pinned with the hashes of all its files. Written by make lock.'; \
  grep -Ev '^(--|#|[[:space:]]*$$)' build/lock/pins.txt; } > build/lock/new.lock; \
if grep -n '://' build/lock/new.lock; then exit 1; fi; \
mv build/lock/new.lock $(2)
endef

clean: ## remove what was made, except .venv
	@rm -rf build dist .pytest_cache .ruff_cache .hypothesis
	@find . -path ./.venv -prune -o -path ./.git -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "veedor needs Python 3.11 or later with venv; none was found (PYTHON=/path/to/python names one)" >&2; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || { echo "Preparing .venv with $$($(PYTHON) -V) ..."; "$(PYTHON)" -m venv --clear .venv; }
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@# The package under its own name, for the type checker (see extraPaths in pyproject.toml).
	@rm -rf .venv/types && mkdir -p .venv/types/veedor
	@for part in $(FACE); do ln -s "../../../$$part" ".venv/types/veedor/$$part"; done
	@touch $@

# Where a group cannot be installed its tools are left out, and the page says so.
$(BENCH:%=build/%/.ready): build/%/.ready: benchmarks/%.lock
	@echo "Preparing $(@D) ..."; "$(PYTHON)" -m venv --clear $(@D)
	@$(@D)/bin/python -m pip --disable-pip-version-check --no-input -qq install --require-hashes -r $< && touch $@ || \
	  echo "make bench: the packages of $< cannot be installed; their tools are left out." >&2

$(SITE)/.ready: requirements-docs.lock | $(READY)
	@test -x $(SITE)/bin/python || $(BIN)/python -m venv --clear $(SITE)
	@$(SITE)/bin/python -m pip --disable-pip-version-check --no-input -qq install --require-hashes -r requirements-docs.lock
	@touch $@
