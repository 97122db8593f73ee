# make run      create .venv, install, start the dashboard   (PORT=8501, ARGS="more streamlit options")
# make test     create .venv, install, run all tests         (ARGS="more pytest options")
# make lint     style (make format mends what it can)
# make types    strict types of the package
# make bench    all benchmarks
# make words    bring the languages' catalogues up to date (ARGS="add it" begins one, ARGS=check says what is missing)
# make pictures take all pictures of README and docs anew (ARGS="lab phone" takes some)
# make clean    remove everything that was generated, .venv included
#
# PYTHON=python3.12 chooses the interpreter that .venv is made with.

PYTHON ?= python3
PORT ?= 8501
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) tools/install.py
READY := $(VENV)/ready
READY_DEV := $(VENV)/ready-dev

.PHONY: help run test lint format types bench words pictures clean
.DELETE_ON_ERROR:

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

run: $(READY)
	$(PY) -m streamlit run app.py --server.port $(PORT) $(ARGS)

test: $(READY_DEV)
	$(PY) -m pytest --numprocesses 3 --dist loadgroup $(ARGS)

lint: $(READY_DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

format: $(READY_DEV)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

types: $(READY_DEV)
	$(PY) -m mypy

# Only modules that can be run are benchmarks; the others in the folder are their helpers.
bench: $(READY_DEV)
	@for file in $$(grep -ls __main__ benchmarks/*.py); do \
	  echo "== $$file"; $(PY) -m benchmarks.$$(basename $$file .py) || exit 1; done

words: $(READY_DEV)
	$(PY) -m tools.words $(ARGS)

pictures: $(READY_DEV)
	$(PY) -m tools.pictures $(ARGS)

clean:
	rm -rf $(VENV) thermofit/ui/static/* thermofit/ui/static/.draft-* build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A normal prerequisite, not an order-only one: a new interpreter means installing again.
$(READY): requirements.txt $(PY)
	$(INSTALL) requirements.txt
	@touch $@

$(READY_DEV): requirements-dev.txt requirements.txt $(PY)
	$(INSTALL) requirements-dev.txt
	@touch $@

$(PY):
	@command -v $(PYTHON) >/dev/null || { \
	  echo "thermofit needs Python 3.11 or newer, but '$(PYTHON)' was not found."; \
	  echo "Install Python, or name one: make PYTHON=/path/to/python3 …"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "thermofit needs Python 3.11 or newer, but '$(PYTHON)' is $$($(PYTHON) -V 2>&1)."; \
	  echo "Name a newer one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "'$(PYTHON)' has no venv module. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
