# make run: the coach on this machine.  make test: the everyday suite.  make quick: its heart, in under a minute.
# make setup: what `run` needs, once. What the tests need is set up by the first of them.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8080
DB ?= glute-coach.db
BIN := .venv/bin
PYTEST_ARGS ?=
# One more than there are processors: the tests of the page wait for a count to run its seconds.
WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))

SHELL := /bin/bash

.PHONY: audit home-assistant setup run test quick package lint lock clean clients
.DELETE_ON_ERROR:

setup: .venv/ready

# durable-rules is published as source only; the macro lets its 2020 sources build on Python 3.13 and later too.
# --no-deps: a lock is whole, and an older pip would look past it for "coverage[toml]" as soon as a newer coverage is out.
# pip check then says whether it is whole. Bytecode is not made for all of it beforehand: Python makes what it needs as it
# starts, and the first word is spoken two seconds sooner.
define install
@export CPPFLAGS="$$CPPFLAGS -DPyEval_CallObject=PyObject_CallObject"; test -t 1 && lively=1; \
	$(BIN)/python -m pip install --disable-pip-version-check --no-compile --no-deps --require-hashes -r $(1) 2>&1 \
	| tee .venv/install.log | awk -v lively=$$lively \
		'/^Collecting / && lively {printf "\r  fetching %3d %-40.40s", ++n, $$2; fflush()} /^Installing collected/ {printf (lively ? "\r" : "") "  installing%50s\n", ""; fflush()}'; \
	test "$${PIPESTATUS[0]}" -eq 0 \
	|| { grep -v '^WARNING: Location' .venv/install.log | tail -20; echo "Set-up failed; the whole log is .venv/install.log. The README names the apt packages it needs."; exit 1; }
@{ $(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e . \
	&& $(BIN)/python -m pip check --disable-pip-version-check; } >>.venv/install.log 2>&1 || { tail -20 .venv/install.log; exit 1; }
endef

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@echo "Setting up .venv (once; a minute, most of it downloads)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(call install,requirements.lock)
	@touch $@

# What only the tests and the tools of developers need.
.venv/ready-to-test: .venv/ready requirements-test.lock
	@echo "Setting up what the tests need (once)"
	$(call install,requirements-test.lock)
	@$(BIN)/python -m compileall -q -j 0 -x '/tests/' .venv/lib skill rules >/dev/null 2>&1 || true  # the tests start hundreds of processes
	@touch $@

run: setup
	@$(BIN)/glute-coach serve --host $(HOST) --port $(PORT) --db "$(DB)"

# The Node clients of the tests; exact versions stand in the lock.
clients: tests/clients/node_modules/.package-lock.json

tests/clients/node_modules/.package-lock.json: tests/clients/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix tests/clients --loglevel=error >/dev/null && touch $@; \
	elif test -n "$$CI"; then echo "npm is missing (sudo apt install nodejs npm)"; exit 1; fi

# Shared out to all processors; who runs dry takes over tests of another. WORKERS=0 runs them one by one.
# Bytecode is kept, whatever this machine's habit: each worker and each of a hundred programs would compile it anew.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --maxprocesses=4 --dist=worksteal

test: .venv/ready-to-test clients
	@$(PYTEST) $(PYTEST_ARGS)

# What most changes of the coaching touch: rules, words, rooms, model, coach, dialogues.
quick: .venv/ready-to-test
	@$(PYTEST) tests/rules tests/locales tests/test_rooms.py tests/interaction_models tests/coach tests/scenarios $(PYTEST_ARGS)

# Workouts in a real Home Assistant (docs/home-assistant.md), built once and kept outside this tree; two houses at once.
home-assistant: .venv/ready-to-test
	@$(BIN)/python -m pytest tests/home_assistant -n 2 --dist=loadfile -m home_assistant --durations=5 $(PYTEST_ARGS)

# What AWS and the Alexa console take, in build/ (docs/deploy.md), the counts rendered beforehand among it.
package: setup
	@$(BIN)/python lambda/package.py --out build

lint: .venv/ready-to-test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

# The locks carry hashes and no addresses, so that they hold for whatever index a machine uses: one to run, one to test.
LOCKING := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url
EXTRAS := dynamodb exports hearing home lambda microphone postgres report simulate voice wyoming build

lock:
	$(LOCKING) --all-extras -o requirements-test.lock
	$(LOCKING) $(addprefix --extra ,$(EXTRAS)) -c requirements-test.lock -o requirements.lock

# Secrets, licences and, where pip-audit is installed and reaches its data, known holes in what is locked.
audit: .venv/ready-to-test
	@$(BIN)/python -m tools.secrets
	@$(BIN)/python -m tools.licences
	@if command -v pip-audit >/dev/null; \
		then pip-audit --require-hashes -r requirements-test.lock || echo "pip-audit found holes or did not reach its data"; \
		else echo "pip-audit is not installed, so known holes were not looked for (pip install pip-audit)"; fi

clean:
	rm -rf .venv tests/clients/node_modules build dist
