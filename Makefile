# Two commands do everything on a fresh Debian machine with Swift: `make run` and `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.PHONY: run build bench slow test test-deps format format-check compose-check deps

# Installs the Debian packages whose file is missing: $(call need,FILE,PACKAGE). sudo only where it is needed.
need = @if [ ! -e $(1) ]; then \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -q && $$SUDO apt-get install -q -y --no-install-recommends $(2); \
	fi

deps:
	$(call need,/usr/include/sqlite3.h,libsqlite3-dev)

test-deps: deps
	$(call need,/usr/bin/curl,curl)
	$(call need,/usr/bin/jq,jq)
	$(call need,/usr/bin/docker-compose,docker-compose)

build: deps
	swift build -c release --product casekeeper

run: build
	.build/release/casekeeper serve

format:
	swift format --in-place --recursive --parallel Package.swift Migrations Sources Tests

format-check:
	swift format lint --strict --recursive --parallel Package.swift Migrations Sources Tests

# No image is built: there need not be a Docker engine.
compose-check: test-deps
	docker-compose --file docker-compose.yml config --quiet

# The whole CFPB file is no part of the repository; where it lies beside it, its import is tested too.
CFPB_CSV ?= $(wildcard ../shared/data/complaints-cfpb.csv)
ifneq ($(CFPB_CSV),)
test: export CASEKEEPER_CFPB_CSV := $(abspath $(CFPB_CSV))
endif

test: test-deps format-check compose-check
	@echo "Import test: $(if $(CFPB_CSV),the sample and the whole file $(CFPB_CSV),ONLY THE SAMPLE; name the whole file with CFPB_CSV=...)"
	swift test

# Ratios to other servers in the same run, for a machine that does nothing else meanwhile.
bench: deps
	$(call need,/usr/bin/wrk,wrk)
	$(call need,/usr/sbin/nginx,nginx-light)
	CASEKEEPER_BENCH=1 swift build -c release --scratch-path .build-bench --product bare-server
	python3 Tests/Benchmarks/transport.py .build-bench/release/bare-server --json .build-bench/transport.json

# Slow attackers against the built binary, and what an honest client sees of them; about a minute.
slow: build
	$(call need,/usr/bin/slowhttptest,slowhttptest)
	$(call need,/usr/bin/python3,python3)
	Tests/SlowHTTP/run.py --binary .build/release/casekeeper
