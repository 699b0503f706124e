# Everything a person does with this repository. Works from any folder with
# make -C, as root or not, again and again.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

TAGS := -tags nomsgpack
LINT := go tool -modfile=.ci/tools/go.mod golangci-lint

# Where goroutines meet; pages in a browser are not among them.
RACE ?= ./domain/... ./search/... ./api/... ./migrations/... ./cmd/...
FUZZTIME ?= 10s

# Tests that ask every address as everybody: minutes each, so they have a run of their own.
PROOFS := ^(TestMatrix|TestCanary|TestFlips|TestFormsTakeNoMore)$$
REQUESTS ?= 20000
SEED ?= 20261127
# How many people the engine is measured with.
PROFILES ?= 20000

.PHONY: help
help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

.PHONY: run
run: ## Install what is missing, build, and serve on http://127.0.0.1:8080
	@.ci/install go $(if $(BAARA_DATABASE_URL),,postgresql)
	@$(MAKE) build
	@exec bin/baara serve

.PHONY: build
build: ## Build bin/baara
	CGO_ENABLED=0 go build $(TAGS) -trimpath -ldflags '-s -w' -o bin/baara ./cmd/baara

.PHONY: test
test: ## Run the tests, with a real database and a real browser; the long proofs are make proof
	@.ci/install go postgresql chromium axe
	go test $(TAGS) -timeout 20m -skip '$(PROOFS)' ./...

.PHONY: race
race: ## Run the tests again under the race detector (RACE=packages)
	@.ci/install go postgresql gcc
	CGO_ENABLED=1 go test $(TAGS) -race -short -timeout 20m $(RACE)

.PHONY: fuzz
fuzz: ## Fuzz every parser, FUZZTIME (10s) each
	@.ci/install go postgresql
	@.ci/fuzz $(FUZZTIME)

.PHONY: proof
proof: ## Ask every address as everybody: the matrix, canaries, flips, forms, and make contract
	@.ci/install go postgresql
	go test $(TAGS) -timeout 20m -run '$(PROOFS)' ./api/v1 ./cmd/wire
	BAARA_KILLS=100 go test $(TAGS) -timeout 20m -run '^TestKilledWhile(Merging|ErasingSomebody)$$' ./domain/person ./domain/rights
	BAARA_TEST_KILLS=100 go test $(TAGS) -count 1 -timeout 20m -run '^TestKilledWhile(Erasing|Rotating)$$' ./domain/store
	@$(MAKE) contract

.PHONY: contract
contract: ## Call the API with REQUESTS (20000) requests made from its document, by SEED
	@.ci/install go postgresql
	BAARA_CONTRACT_REQUESTS=$(REQUESTS) BAARA_CONTRACT_SEED=$(SEED) go test $(TAGS) -count 1 -v -timeout 20m -run '^TestContract$$' ./api/v1

.PHONY: mutate
mutate: ## Take one piece of the walls away at a time: some test must notice (ONLY=regexp, KIND=policy|rules|conditions)
	@.ci/install go postgresql
	@.ci/mutate '$(ONLY)' '$(KIND)'

.PHONY: lint
lint: ## Check the code's style and its usual mistakes
	@.ci/install go
	$(LINT) run ./...

.PHONY: bench
bench: ## Run the benchmarks, matching among PROFILES (20000) people
	@.ci/install go postgresql
	go test $(TAGS) -run '^$$' -bench . -benchmem -timeout 30m ./...
	@$(MAKE) build
	bin/baara bench match --profiles $(PROFILES) --questions 200 --seconds 5

.PHONY: generate
generate: ## Write the generated files again
	go generate ./...

.PHONY: verify
verify: ## Fail when a generated file is stale, code is unformatted or a module was changed
	@.ci/install go
	@.ci/verify
