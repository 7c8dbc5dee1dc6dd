# Every task of the project. `make demo` and `make test` do all the set-up themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8477

.PHONY: help demo test check collected bench faults lock golden coverage screenshots image

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "steppingstone needs Python 3.11 or newer; say which with: make PYTHON=python3.12 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what requirements.lock names (hash-checked)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

demo: $(VENV)/.ready  ## a local Slack and Discord with the bot in both, and a page to talk to it
	@$(BIN)/python -m bot demo --port $(PORT)

check: $(VENV)/.ready  ## style, types, dependency rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

test: $(VENV)/.ready  ## everything that must pass
	@sh scripts/system-packages.sh
	@$(MAKE) --no-print-directory -j 2 check collected
	$(BIN)/python -m pytest -n 3 --dist worksteal $(PYTEST)

collected: $(VENV)/.ready  # the tests compiled on one core while the other checks types: else every worker does it
	@$(BIN)/python -m pytest -q --collect-only >/dev/null || true

bench: $(VENV)/.ready  ## every figure we publish, measured now
	$(BIN)/python -m bench

faults: $(VENV)/.ready  ## every fault we know how to put in, with its figures
	@sh scripts/system-packages.sh faketime
	$(BIN)/python -m faults $(FAULTS)

golden: $(VENV)/.ready  ## rewrites the golden messages; read the diff
	REWRITE_GOLDEN=1 $(BIN)/python -m pytest -q tests/golden

coverage: $(VENV)/.ready  ## docs/coverage.md: which idea reaches a member, and how
	$(BIN)/python -m bot coverage > docs/coverage.md

screenshots: $(VENV)/.ready  ## the pictures of the documents
	$(BIN)/python -m tests.browser.shots

lock:  ## pins every dependency with its hashes; names no host
	@rm -rf var/lock && mkdir -p var && $(PYTHON) -m venv var/lock && var/lock/bin/pip install --quiet uv
	@for extra in dev none; do \
		flag=$$([ $$extra = dev ] && echo "--extra dev" || true); \
		out=$$([ $$extra = dev ] && echo requirements.lock || echo requirements-runtime.lock); \
		var/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			--no-emit-index-url $$flag pyproject.toml -o $$out; \
	done

image:  ## builds the container image without Docker (root, Debian; see the script)
	sh scripts/build-image.sh
