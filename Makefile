# `make run` and `make test` need only Python >= 3.11 and make.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test check schema clean
help:
	@echo "make run | test | check | schema | clean"

.stamps/dev: requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@mkdir -p .stamps && touch $@

.stamps/base: requirements/base.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -e .stamps/dev || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@mkdir -p .stamps && touch $@

run: .stamps/base
	DJANGO_DEBUG=1 $(BIN)/python manage.py migrate --verbosity 0
	DJANGO_DEBUG=1 $(BIN)/python manage.py load_catalogue --if-changed
	@echo "http://127.0.0.1:$(PORT)/admin/"
	DJANGO_DEBUG=1 $(BIN)/python manage.py runserver --noreload 127.0.0.1:$(PORT)

test: .stamps/dev
	$(BIN)/python -m pytest -q

check: .stamps/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DJANGO_DEBUG=1 $(BIN)/mypy
	$(BIN)/python -m exemption_codes.catalogue rules

clean:
	rm -rf $(VENV) .stamps db.sqlite3* staticfiles
