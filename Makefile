# Everything a person, a hook or CI runs. `make run` and `make test` need Python >= 3.11, make and git, nothing else.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
FRONT_READY := frontend/node_modules/.ready
SOURCES := ressort/src config-server/src discovery/src gateway/src client-service/src facture-service/src paiement-service/src notification-service/src batch/src

.PHONY: run test check lint types contracts front bench soak clean env

run: $(READY)  ## start the whole estate with the demo data, in the foreground
	@$(VENV)/bin/ressort up --demo

test: $(READY) $(FRONT_READY)  ## every check and every test; real servers are used where they are installed
	@$(MAKE) --no-print-directory check
	@$(VENV)/bin/pytest -n 2 --dist loadgroup

check: $(READY) lint types contracts  ## everything that needs no process

lint: $(READY)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/lint-imports

types: $(READY)
	@$(VENV)/bin/mypy $(SOURCES)

contracts: $(READY)  ## contracts/ must say what the code says
	@$(VENV)/bin/python tools/write_contracts.py --check

front: $(FRONT_READY)  ## build frontend/dist, which is in the repository: only after a change in frontend/src
	@$(VENV)/bin/python tools/front.py build

bench: $(READY)  ## measure everything, keep the rows, write docs/performance.md
	@$(VENV)/bin/python -m bench
	@$(VENV)/bin/python -m bench --publish

soak: $(READY)  ## ten minutes of traffic with members killed
	@$(VENV)/bin/python -m bench.soak

env: $(READY)

$(READY): uv.lock pyproject.toml tools/bootstrap.py $(wildcard */pyproject.toml)
	@$(PYTHON) tools/bootstrap.py
	@touch $@

$(FRONT_READY): $(READY) frontend/package-lock.json tools/front.py
	@$(VENV)/bin/python tools/front.py install
	@touch $@

clean:
	rm -rf $(VENV) var frontend/.node frontend/node_modules frontend/.angular
