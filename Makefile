# Every target is a short script in scripts/, which says first what it does.
# Arguments go through:  make test ARGS="tests/core -x"

.DEFAULT_GOAL := help
.PHONY: install demo test check bench pictures phone lock messages help
export PYTHON

install: ## Make .venv and install kepu into it
	@scripts/install $(ARGS)

demo: ## Open a rehearsal season with made-up units
	@scripts/demo $(ARGS)

test: ## Run all tests on SQLite, and on PostgreSQL if one answers
	@scripts/test $(ARGS)

check: ## Check format, lint, types, directions, migrations and translations
	@scripts/check $(ARGS)

bench: ## Measure pages, lists and filings on this machine
	@scripts/bench $(ARGS)

pictures: ## Take the README's pictures and one of every public page
	@scripts/pictures $(ARGS)

phone: ## Measure the first pages of the public on a slow phone
	@scripts/phone $(ARGS)

lock: ## Resolve the dependencies anew and write the lock files
	@scripts/lock $(ARGS)

messages: ## Bring the English catalogue up to date with the code
	@scripts/install --dev && .venv/bin/python scripts/messages.py --update

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
