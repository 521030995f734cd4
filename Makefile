# The commands of the README. PYTHON=python3.13 make run  chooses another Python (3.11 to 3.13).
PYTHON ?= python3
BIN = .venv/bin

.PHONY: run check test lint benchmarks clean

run: .venv/run.stamp
	$(BIN)/streamlit run app.py

# While you write: no browser, no process that trains, and of each property's examples a few.
check: .venv/test.stamp lint
	$(BIN)/python -m pytest --numprocesses=logical --dist=worksteal --hypothesis-profile=check --ignore=tests/browser -m "not processes"

# The browser's one by one: a browser, a server and a worker keep two cores busy as it is.
test: .venv/test.stamp lint
	$(BIN)/python -m pytest --numprocesses=logical --dist=worksteal --ignore=tests/browser
	sh tests/install_chromium.sh $(BIN)/python
	$(BIN)/python -m pytest tests/browser

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# By hand: whether every command that the README gives for a figure still runs, in a short form.
benchmarks: .venv/test.stamp
	sh tests/install_chromium.sh $(BIN)/python
	$(BIN)/python benchmarks/readme.py

.venv/run.stamp: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	touch $@

clean:
	rm -rf .venv
