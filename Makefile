# Kawasan. `make` alone lists the targets.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
# The steps of a target come in their order, under -j too.
.NOTPARALLEL:

GOFUMPT_VERSION := v0.12.0
LINT_VERSION := v2.15.0
FUZZTIME ?= 10s
ARGS ?=

# The private Go comes first where it was installed: then the system's is missing or too old.
export PATH := $(shell .setup/go.sh dir)/bin:$(PATH):/usr/local/go/bin
export GOTOOLCHAIN ?= auto
# Without a usable git the build does without the revision instead of failing.
ifneq ($(shell git rev-parse --verify -q HEAD >/dev/null 2>&1 && echo yes),yes)
export GOFLAGS := $(GOFLAGS) -buildvcs=false
endif

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: install-run build ## install what is missing, build, and serve on http://127.0.0.1:8080 (ARGS="--listen :9000")
	@exec bin/kawasan serve $(ARGS)

.PHONY: build
build: ## build bin/kawasan
	CGO_ENABLED=0 go build -trimpath -o bin/kawasan ./cmd/kawasan

.PHONY: test
test: install-test vet format-check ## install what is missing, vet, check the format, and test with the race detector
	CGO_ENABLED=1 go test -race -shuffle=on -timeout 40m ./...

.PHONY: test-all
test-all: export KAWASAN_TEST := all
test-all: test lint fuzz ## all tests, the long ones too; lint, and each fuzz test for FUZZTIME (10s)

.PHONY: fuzz
fuzz: ## run each fuzz test for FUZZTIME (10s)
	.setup/fuzz.sh $(FUZZTIME)

.PHONY: bench
bench: install-bench build ## measure, and write docs/performance.md (ARGS="--sizes s,m,l"; BENCH_PEERS names other servers)
	go run ./cmd/bench $(ARGS)

.PHONY: web
web: ## build the map application (api/web/dist) from its sources
	cd api/web && npm ci && npm run build

.PHONY: screenshots
screenshots: install-test build ## take the pictures of docs/images anew
	cd api/web && npm ci && node test/screenshots.mjs ../../bin/kawasan ../../docs/images

.PHONY: lint
lint: install-lint format-check ## run the linters of .golangci.yaml
	@lint=$$(.setup/tool.sh github.com/golangci/golangci-lint/v2/cmd/golangci-lint $(LINT_VERSION)) && "$$lint" run ./...

.PHONY: vet
vet:
	go vet ./...

.PHONY: format-check
format-check:
	@gofumpt=$$(.setup/tool.sh mvdan.cc/gofumpt $(GOFUMPT_VERSION)) && wrong=$$("$$gofumpt" -l .) && \
	if [ -n "$$wrong" ]; then printf 'not formatted (make fmt does it):\n%s\n' "$$wrong"; exit 1; fi

.PHONY: fmt
fmt: install-lint ## format all Go files
	@gofumpt=$$(.setup/tool.sh mvdan.cc/gofumpt $(GOFUMPT_VERSION)) && "$$gofumpt" -w .

.PHONY: install-run install-test install-bench install-lint
install-run install-test install-bench install-lint: install-%:
	@.setup/install.sh $*
