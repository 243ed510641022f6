# make setup | setup-ocr | setup-archives | run | run-full | test | lint | bench | lock        (see README.md)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= data/workspaces/demo
SIZE ?= small
PORT ?= 8501
SAMPLE = build/sample-$(SIZE)
GONGKAI = $(BIN)/python -m gongkai --data $(DEMO)
BY = --actor 演示

.PHONY: setup setup-dev setup-ocr setup-archives system browser demo demo-full run run-full test lint bench lock clean

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.development
# Optional: text of scans and pictures; .rar and .7z archives (small, so the tests have it).
setup-ocr: $(VENV)/.ocr
setup-archives: $(VENV)/.archives
	sh scripts/install_system.sh archives

$(VENV)/bin/python:
	$(PYTHON) scripts/require_python.py
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

$(VENV)/.ocr $(VENV)/.archives $(VENV)/.bench: $(VENV)/.%: requirements-%.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# Chinese fonts for the pages' pictures; installed where that is allowed, and named where it is not.
system:
	sh scripts/install_system.sh fonts

browser:
	sh scripts/install_system.sh fonts chromium

# The demonstration workspace, by the same commands that an office uses. Each step may be repeated; a finished one is kept.
demo: setup system $(DEMO)/.built

$(DEMO)/.built: | $(VENV)/.runtime
	test -f $(DEMO)/workspace.toml || $(GONGKAI) init $(DEMO) --demo
	$(GONGKAI) figures import data/real/figures.csv --collection published
	rm -rf $(SAMPLE) && $(GONGKAI) sample $(SAMPLE) --size $(SIZE)
	$(GONGKAI) agencies import $(SAMPLE)/agencies.csv --collection sample
	$(GONGKAI) ingest $(SAMPLE)/reports --manifest $(SAMPLE)/manifest.csv --collection sample
	$(GONGKAI) submissions deadlines $(SAMPLE)/deadlines.csv --collection sample $(BY)
	$(GONGKAI) submissions due $(SAMPLE)/due.csv --collection sample $(BY)
	$(GONGKAI) submissions events $(SAMPLE)/submissions.csv --collection sample $(BY)
	for file in $(SAMPLE)/ledgers/*.xlsx; do name=$$(basename $$file .xlsx); \
		$(GONGKAI) ledgers import $$file --year $${name%%-*} --kind $${name#*-} --collection sample $(BY) || exit 1; done
	$(GONGKAI) check --collection sample
	rm -rf $(SAMPLE)
	touch $@

run: demo
	$(GONGKAI) serve --port $(PORT)

# The whole province, 2014-2025, in a workspace of its own: some twenty thousand reports, so it takes its time.
demo-full run-full:
	$(MAKE) $(@:-full=) DEMO=data/workspaces/demo-full SIZE=full

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: setup-dev setup-archives browser lint
	$(BIN)/pytest -n 2 --dist loadfile

# What the benchmarks compare with is installed here only.
bench: setup-dev $(VENV)/.bench
	$(BIN)/python -m benchmarks

# Resolve requirements*.in anew; uv is needed only here.
lock:
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 -c requirements.txt requirements-ocr.in -o requirements-ocr.txt
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 -c requirements.txt requirements-archives.in -o requirements-archives.txt
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 -c requirements.txt requirements-bench.in -o requirements-bench.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build
