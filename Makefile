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

.PHONY: help demo test fuzz lint types bench goals docs docs-check lock clean
