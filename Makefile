# The commands of the README. PYTHON=python3.13 make run  chooses another Python (3.11 to 3.13).
PYTHON ?= python3
BIN = .venv/bin
PYTEST = $(BIN)/python -m pytest --numprocesses=logical --dist=worksteal

.PHONY: run check test lint words benchmarks audit clean messages

run: .venv/run.stamp
	$(BIN)/streamlit run app.py

# While you write: no browser, no process that trains, and of each property's examples a few.
check: .venv/test.stamp lint
	$(PYTEST) --hypothesis-profile=check --ignore=tests/browser -m "not processes"

# The browser's behind the others: beside those that start workers, two cores had six processes at work.
test: .venv/test.stamp lint
	$(PYTEST) --ignore=tests/browser
	sh tests/install_chromium.sh $(BIN)/python
	$(PYTEST) tests/browser

lint: .venv/test.stamp node_modules/install.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/node node_modules/pyright/index.js --project pyproject.toml --pythonpath $(BIN)/python
	$(BIN)/node node_modules/@biomejs/biome/bin/biome check --error-on-warnings
	$(BIN)/node node_modules/typescript/bin/tsc --project .

# Every language's catalogue gets the sentences that the code says now, and loses those it says no more; what has no
# translation yet is empty or marked "fuzzy". `make words NEW=fr` begins a language.
BABEL = $(BIN)/python -m babel.messages.frontend --quiet
TEMPLATE = explorer/lessons/explorer.pot
words: .venv/run.stamp
	$(BABEL) extract --mapping-file=pyproject.toml --project="CNN explorer" --sort-by-file --no-wrap --output-file=$(TEMPLATE) app.py explorer
	$(if $(NEW),$(BABEL) init --domain=explorer --output-dir=explorer/lessons --input-file=$(TEMPLATE) --no-wrap --locale=$(NEW))
	$(BABEL) update --domain=explorer --output-dir=explorer/lessons --input-file=$(TEMPLATE) --no-wrap --ignore-obsolete --ignore-pot-creation-date
	rm $(TEMPLATE)

# By hand: whether every command that the README gives for a figure still runs, in a short form.
benchmarks: .venv/test.stamp
	sh tests/install_chromium.sh $(BIN)/python
	$(BIN)/python benchmarks/readme.py

# By hand, with the network: which of the installed packages have faults that PyPI knows of. In a place of its own.
audit: .venv/run.stamp
	$(BIN)/python -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet "pip-audit>=2.9,<3"
	.venv/audit/bin/python -m pip_audit --strict --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

.venv/run.stamp: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	touch $@

# Writes anew what the browser's scripts are checked against: the declarations of what Python sends them.
messages: .venv/test.stamp
	$(BIN)/python -m tests.components.declarations

node_modules/install.stamp: package.json .venv/test.stamp
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --no-package-lock --no-audit --no-fund --loglevel=error
	touch $@

clean:
	rm -rf .venv node_modules
