# `make run` and `make test` need only Python >= 3.11 and make; everything else is fetched into .venv, pinned and hashed.
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell .ci/find-python)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MANAGE := DJANGO_DEBUG=1 $(BIN)/python manage.py

.PHONY: help run test check prove schema messages bench browser requirements clean
help:
	@echo "make run           the site on http://127.0.0.1:$(PORT)/ with demo data and its background work (PORT=... changes it)"
	@echo "make test          every test, in a browser too"
	@echo "make check         style, types, layers, templates, migrations, messages, deployment, rules, their soundness"
	@echo "make prove         no dead ends in the rules, and examples that notice every wrong change (minutes)"
	@echo "make schema        JSON Schemas of the rule files, for editors"
	@echo "make messages      bring locale/ up to date with code and templates"
	@echo "make bench         how long determinations and pages take"
	@echo "make requirements  pin the newest versions that pyproject.toml allows (needs uv)"
	@echo "make clean         remove the environment, the database and everything else that is made"

# Environment: each mark is written last, so that whatever a killed run left half done is done again. -------------------

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and was not found." >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment (on Debian: apt-get install python3-venv)." >&2; exit 1; }
	@touch $@

$(VENV)/.base: requirements/base.txt $(VENV)/.made
	@echo "Installing requirements/base.txt ..."
	@$(PIP) install --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.made
	@echo "Installing requirements/dev.txt ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.base

browser: $(VENV)/.dev
	@$(BIN)/python -m tests.browsers >/dev/null 2>&1 || .ci/fetch-browser $(BIN)/python

# What one does every day ----------------------------------------------------------------------------------------------

run: $(VENV)/.base
	@$(BIN)/python -m imp_site.messages compile
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@$(MANAGE) load_catalogue --if-changed
	@$(MANAGE) load_demo --port $(PORT)
	@exec env SITE_URL="$${SITE_URL:-http://127.0.0.1:$(PORT)}" $(MANAGE) serve 127.0.0.1:$(PORT)

test: $(VENV)/.dev browser
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DJANGO_DEBUG=1 $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(MANAGE) makemigrations --check --dry-run
	$(BIN)/python -m imp_site.messages check
	$(BIN)/python -m exemption_codes.catalogue.json_schemas --check docs/schema
	.ci/check-deployment $(BIN)/python
	$(MANAGE) load_catalogue --dry-run
	$(MANAGE) check_catalogue

prove: $(VENV)/.dev
	$(MANAGE) check_catalogue
	$(MANAGE) mutate_rules --report

schema: $(VENV)/.base
	$(BIN)/python -m exemption_codes.catalogue.json_schemas docs/schema

messages: $(VENV)/.base
	$(BIN)/python -m imp_site.messages update
	$(BIN)/python -m imp_site.messages compile

bench: $(VENV)/.dev
	DJANGO_DEBUG=1 $(BIN)/python -m benchmarks

requirements:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --quiet \
	  --custom-compile-command "make requirements" --output-file requirements/base.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --quiet \
	  --custom-compile-command "make requirements" --extra dev --extra batch --output-file requirements/dev.txt

clean:
	rm -rf $(VENV) .stamps staticfiles db.sqlite3* locale/*/LC_MESSAGES/*.mo test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
