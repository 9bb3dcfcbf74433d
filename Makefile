# `make run` shows the demo; `make test` passes every check. Nothing is installed by hand.

.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

export DJANGO_SETTINGS_MODULE ?= lms.settings.development
export PYTHONDONTWRITEBYTECODE ?= 1

# The database this machine uses: the environment, else .env, else a file in var/.
DB := $(or $(DATABASE_URL),$(shell sed -n 's/^DATABASE_URL=//p' .env 2>/dev/null))
ifeq ($(DB),)
DB_FILE := var/lms.sqlite3
READY := var/demo-is-loaded
else
READY := demo-every-time
ifneq ($(findstring postgres,$(DB)),)
DRIVER := $(VENV)/production.stamp
endif
endif

.PHONY: help setup run test lint check unit bench bench-growth load lighthouse faults fault-mutants storms farm state \
	security outdated messages compiled pins demo-every-time clean

help:
	@echo "make run        serve the demo on http://127.0.0.1:$(PORT) (PORT=9000 picks another)"
	@echo "make test       every check: format, lint, contracts, migrations, unit, browser journeys"
	@echo "make setup      .venv and the database named by DATABASE_URL, without the demo"
	@echo "make lint       format and lint alone"
	@echo "make bench      ratios against bare Wagtail, Django and WeasyPrint"
	@echo "make bench-growth  what grows with the record, with 100,000 people and 1,000,000 attempts"
	@echo "make load       whole journeys of trainees on the real stack, what they cost and how long they wait: SECONDS=30"
	@echo "make lighthouse six pages on a phone on slow 4G; needs node and npm"
	@echo "make faults     answers through broken networks, browsers and servers: RUNS=500 SEED=1"
	@echo "make storms     kill -9, full disk, databases and mail away, wrong clocks: RUNS=24 MINUTES=10 SEED=1"
	@echo "make farm       two web hosts, two workers, PgBouncer, Redis, S3 and nginx, killed in turn: PEOPLE=16"
	@echo "make security   bandit, and semgrep with the rules of this house; without a network once installed"
	@echo "make outdated   are the pins the newest patch releases? asks the package index"
	@echo "make messages   collect the texts to translate, and compile the translations"
	@echo "make pins       compile requirements*.txt from requirements*.in"

# --- Installing -------------------------------------------------------------------------

$(VENV)/run.stamp: requirements.txt
	@PYTHON=$(PYTHON) deploy/system-packages.sh run
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Python packages into $(VENV) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/production.stamp: requirements-production.txt $(VENV)/run.stamp
	@$(PIP) -r requirements-production.txt
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/run.stamp
	@PYTHON=$(PYTHON) deploy/system-packages.sh test
	@$(PIP) -r requirements-dev.txt
	@touch $@

# Translations are compiled where they are newer than what was compiled from them.
compiled: $(VENV)/run.stamp
	@for po in $$(find locale -name '*.po' 2>/dev/null); do \
		mo="$${po%.po}.mo"; [ "$$mo" -nt "$$po" ] || msgfmt --check-format -o "$$mo" "$$po" || exit 1; done

setup: $(VENV)/run.stamp $(DRIVER) compiled
	@mkdir -p var/static
	@$(BIN)/python manage.py createcachetable
	@$(BIN)/python manage.py migrate --verbosity 0
	@echo "Ready: .venv and the database."

# --- Running ----------------------------------------------------------------------------

MIGRATIONS := $(wildcard */migrations/*.py) $(wildcard courses/*/migrations/*.py)
NATIONAL := $(shell find courses/national -type f -not -name '*.pyc' 2>/dev/null)

var/demo-is-loaded: $(VENV)/run.stamp $(MIGRATIONS) $(NATIONAL)
	@$(MAKE) --no-print-directory demo-every-time
	@touch $@

demo-every-time: setup
	@$(BIN)/python manage.py load_course
	@$(BIN)/python manage.py load_demo

# Somebody removed the database file: the stamp promises too much.
ifneq ($(DB_FILE),)
ifeq ($(wildcard $(DB_FILE)),)
$(shell rm -f var/demo-is-loaded)
endif
endif

run: $(READY) compiled
	@$(BIN)/python deploy/serve.py --port $(PORT)

# --- Checking ---------------------------------------------------------------------------

lint: $(VENV)/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports

# `check --deploy` looks at the settings of a real site; the values here are only for looking.
PRODUCTION := DJANGO_SETTINGS_MODULE=lms.settings.production SITE_URL=https://learning.example.org \
	ALLOWED_HOSTS=learning.example.org SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	EMAIL_URL=smtp://localhost:25 DEFAULT_FROM_EMAIL=learning@example.org

check: $(VENV)/test.stamp compiled
	@mkdir -p var/static
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

# A module stays in one process, which makes what it shares once. WORKERS=0 runs all in one; ARGS='tests/lms -x' narrows.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 2 ? 2 : n > 4 ? 4 : n)))
unit: $(VENV)/test.stamp compiled
	DJANGO_SETTINGS_MODULE=lms.settings.test $(BIN)/pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder $(ARGS)

test: lint check unit

bench: $(VENV)/test.stamp compiled
	DJANGO_SETTINGS_MODULE=lms.settings.test $(BIN)/python -m tests.benchmarks

# Needs 6 GB of disk, and half an hour or more. DATABASE_URL says on which database server.
BENCH_PEOPLE ?= 100000
BENCH_ATTEMPTS ?= 1000000
bench-growth: $(VENV)/test.stamp compiled
	BENCH_PEOPLE=$(BENCH_PEOPLE) BENCH_ATTEMPTS=$(BENCH_ATTEMPTS) DJANGO_SETTINGS_MODULE=lms.settings.test \
		$(BIN)/python -m tests.benchmarks growth

# On SQLite, or on the PostgreSQL that DATABASE_URL names. Times of waiting count on a quiet machine alone.
SECONDS ?= 30
load: $(VENV)/test.stamp compiled
	$(BIN)/python -m tests.load --seconds $(SECONDS)

lighthouse: $(VENV)/test.stamp compiled
	$(BIN)/python -m tests.lighthouse

# Hundreds of runs of what `make test` does a few times; a seed that fails is told with its story.
RUNS ?= 20
SEED ?= 1
faults: $(VENV)/test.stamp compiled
	DJANGO_SETTINGS_MODULE=lms.settings.test $(BIN)/python -m tests.faults --runs $(RUNS) --seed $(SEED)

# Each is a deliberate break of the product, which the harness must find.
fault-mutants: $(VENV)/test.stamp compiled
	DJANGO_SETTINGS_MODULE=lms.settings.test $(BIN)/python -m tests.faults.mutants

# Kills, full disks and wrong clocks under a site in use; each after the other, from a seed. What is not installed
# is left out, and said.
MINUTES ?= 10
storms: $(VENV)/test.stamp compiled
	$(BIN)/python -m tests.storms --seed $(SEED) --runs $(RUNS) --minutes $(MINUTES)

# Many hosts on this one, from real programs; they listen on 127.0.0.1 alone and leave nothing behind.
PEOPLE ?= 16
farm: $(VENV)/test.stamp compiled
	@PYTHON=$(PYTHON) deploy/system-packages.sh farm
	$(BIN)/python -m tests.farm --people $(PEOPLE)

# The database of this version, as a state from which later versions are tried: NAME=1.0, and DATABASE_URL
# of a site with the demo. Once for each release.
state: $(VENV)/test.stamp
	@test -n "$(NAME)" || { echo "Give the release: make state NAME=1.0"; exit 1; }
	PYTHONPATH=. $(BIN)/python tests/upgrades/making.py tests/upgrades/states/$(NAME).json.gz

# In an environment of their own: they share nothing with the site.
$(VENV)-security/stamp: requirements-security.txt
	@test -x $(VENV)-security/bin/python || $(PYTHON) -m venv $(VENV)-security
	@$(VENV)-security/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r $<
	@touch $@

SEMGREP := $(VENV)-security/bin/semgrep
security: $(VENV)-security/stamp
	$(VENV)-security/bin/bandit --quiet --recursive --configfile pyproject.toml lms courses certificates deploy
	$(SEMGREP) --test --metrics=off --disable-version-check tests/security/rules
	$(SEMGREP) scan --config tests/security/rules --metrics=off --disable-version-check --error --quiet \
		lms courses certificates deploy

outdated: $(VENV)/test.stamp
	@$(BIN)/python deploy/outdated.py

# --- Looking after ----------------------------------------------------------------------

LANGUAGES ?= fr es acf
messages: $(VENV)/run.stamp
	$(BIN)/python manage.py makemessages $(foreach code,$(LANGUAGES),-l $(code)) --no-obsolete \
		--add-location file --ignore .venv --ignore var --ignore tests
	@$(MAKE) --no-print-directory compiled

pins:
	@command -v uv >/dev/null || { echo "Install uv first: pipx install uv"; exit 1; }
	UV_CUSTOM_COMPILE_COMMAND="make pins" uv pip compile --quiet --generate-hashes --python-version 3.11 requirements.in -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make pins" uv pip compile --quiet --generate-hashes --python-version 3.11 requirements-production.in -o requirements-production.txt
	UV_CUSTOM_COMPILE_COMMAND="make pins" uv pip compile --quiet --generate-hashes --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	UV_CUSTOM_COMPILE_COMMAND="make pins" uv pip compile --quiet --generate-hashes --python-version 3.11 requirements-security.in -o requirements-security.txt

# The virtual environment and the demo's database; never a database named by DATABASE_URL.
clean:
	rm -rf $(VENV) $(VENV)-security var/lms.sqlite3* var/test.sqlite3* var/demo-is-loaded
