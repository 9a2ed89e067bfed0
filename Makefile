# Everything a newcomer needs: `make demo` to see it, `make test` to trust it, `make help` for the rest.

PYTHON = python3
HOST = 127.0.0.1
PORT = 8000
BIN = .venv/bin

.PHONY: help demo test test-postgresql check bench soak screenshots docs references messages lock clean packages-run packages-test packages-check
.DEFAULT_GOAL := help

help:
	@echo "make demo         see it: installs into .venv, fills an example, serves on http://$(HOST):$(PORT)"
	@echo "                  real phones: HOLDFAST_PUBLIC_URL=http://192.168.1.20:8000 make demo HOST=0.0.0.0"
	@echo "make test         all tests, a browser and fifty killed servers included (about half an hour on two cores)"
	@echo "make test-postgresql   what touches the store, on PostgreSQL, which needs no installation"
	@echo "make check        import contracts, types, lint, migrations, deployment checks, documentation"
	@echo "make bench        speed and memory beside a bare server, as a table in docs/reference/bench.md"
	@echo "make soak         1,000 killed servers and the long privacy attacks (hours)"
	@echo "make screenshots  pictures for README and docs, into docs/images"
	@echo "make docs         the documentation as HTML, into docs/_build/html"
	@echo "make references   renew the reference pages that are made from the code"
	@echo "make messages     renew the catalogues of the interface with every sentence of the source"
	@echo "make lock         renew the locked packages in requirements/"
	@echo "make clean        remove everything made here, .venv and the demo's data (var/) included"

packages-run packages-test packages-check: packages-%:
	@$(PYTHON) tools/install.py $*

demo: packages-run
	@$(BIN)/holdfast demo --host $(HOST) --port $(PORT)

test: packages-test
	@$(BIN)/python -m tools.testing

test-postgresql: packages-test
	@echo "· Running what touches the store on PostgreSQL, which comes as a package"
	@TESTS_ON=postgresql $(BIN)/python -m tools.testing tests/voices tests/gatherings tests/report_back tests/privacy

check: packages-check
	@echo "· Import contracts"
	@$(BIN)/lint-imports --no-logo
	@echo "· Types"
	@$(BIN)/mypy
	@echo "· Lint and format"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo "· Migrations"
	@$(BIN)/python -m tools.manage makemigrations --check --dry-run
	@echo "· Deployment"
	@$(BIN)/python -m tools.manage check --deploy --fail-level WARNING
	@$(MAKE) --no-print-directory docs

docs: packages-check
	@echo "· Documentation, warnings are errors"
	@$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html
	@echo "  docs/_build/html/index.html"

references: packages-test
	@echo "· Writing the reference pages that are made from the code"
	@$(BIN)/python -m tools.references

messages: packages-test
	@echo "· Finding every sentence of the interface"
	@$(BIN)/python -m tools.messages

bench: packages-test
	@echo "· Measuring for about a quarter of an hour; leave the machine alone meanwhile"
	@$(BIN)/python -m bench --write

soak: packages-test
	@echo "· 1,000 kill trials and the long privacy attacks; this takes hours"
	@SOAK=1 $(BIN)/python -m pytest -m soak tests/durability tests/privacy

screenshots: packages-test
	@echo "· Taking pictures of a rehearsed session"
	@CHROMIUM="$$($(BIN)/python -m tools.browser)" && export CHROMIUM && $(BIN)/python -m tools.screenshots && $(BIN)/python -m tools.kind_pictures

UV = $(BIN)/uv pip compile pyproject.toml --quiet --group build --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url $(LOCK_OPTIONS)

lock: packages-check
	@echo "· Renewing the locks; LOCK_OPTIONS=--upgrade takes newer versions"
	@$(UV) -o requirements/run.txt
	@$(UV) --extra postgresql -c requirements/run.txt -o requirements/postgresql.txt
	@$(UV) --extra likes -c requirements/run.txt -o requirements/likes.txt
	@$(UV) --extra test -c requirements/run.txt -o requirements/test.txt
	@$(UV) --extra test --extra check --extra docs -c requirements/test.txt -o requirements/check.txt

clean:
	@echo "· Removing .venv, var, caches and built documentation"
	@rm -rf .venv var docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
