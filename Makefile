# Loket. `make run` tries it out, `make test` tests it; `make help` lists everything.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

UV_VERSION := 0.13.9
PYTHON := .venv/bin/python

.PHONY: help run serve test check bench format messages clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

run: .venv/ready ## try Loket out: database, 552 governments, demonstration; http://127.0.0.1:8000
	@$(PYTHON) -m config.run

serve: .venv/ready ## the same in production mode, as docs/admin/ describes; without settings a try-out on https://localhost:8000
	@LOKET_MODE=production $(PYTHON) -m config.run

test: .venv/ready ## the whole suite
	@$(PYTHON) -m pytest -n $(or $(TEST_PROCESSES),2) --dist loadgroup $(TESTS)

check: .venv/ready ## everything that can be said without running it
	@$(PYTHON) -m config.checking

bench: .venv/ready ## the figures
	@$(PYTHON) -m bench $(ONLY)

format: .venv/ready ## bring the Python files into shape
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

messages: .venv/ready ## collect the sentences to translate and compile the translations (needs gettext)
	@$(PYTHON) manage.py makemessages --all --no-location --no-obsolete --ignore '.venv/*' --ignore '.loket/*'
	@$(PYTHON) manage.py compilemessages --ignore '.venv/*' --verbosity 0

clean: ## remove what was installed; the data folder stays
	rm -rf .venv .uv .mypy_cache .ruff_cache .import_linter_cache

# The tools: uv from the path, else an own one; Python as .python-version says, else any that will do, else uv fetches one.
.venv/ready: uv.lock pyproject.toml .python-version
	@set -e; uv=$$(command -v uv || true); \
	if [ -z "$$uv" ]; then \
	  uv=.uv/bin/uv; \
	  if ! [ -x $$uv ]; then \
	    echo "Memasang uv $(UV_VERSION) …"; found=""; \
	    for python in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do \
	      if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	    done; \
	    if [ -z "$$found" ]; then echo "Loket memerlukan python3 versi 3.11 atau lebih baru beserta modul venv (Debian: apt install python3-venv)."; exit 1; fi; \
	    rm -rf .uv; $$found -m venv .uv; .uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); \
	  fi; \
	fi; \
	python=$$($$uv python find --no-python-downloads --no-project "$$(cat .python-version)" 2>/dev/null \
	  || $$uv python find --no-python-downloads --no-project '>=3.12' 2>/dev/null || cat .python-version); \
	echo "Memasang pustaka …"; \
	$$uv sync --frozen --python "$$python" || { echo "Pustaka tidak dapat dipasang; periksa sambungan internet, lalu jalankan lagi."; exit 1; }; \
	touch $@
