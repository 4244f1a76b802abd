# Two commands do everything on a fresh Debian machine with Swift: `make run` and `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.PHONY: run build test format format-check deps

# libsqlite3-dev is the one Debian package the build needs; sudo only where it is needed.
deps:
	@if [ ! -e /usr/include/sqlite3.h ]; then \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update && $$SUDO apt-get install -y --no-install-recommends libsqlite3-dev; \
	fi

build: deps
	swift build -c release --product casekeeper

run: build
	.build/release/casekeeper serve

format:
	swift format --in-place --recursive --parallel Package.swift Migrations Sources Tests

format-check:
	swift format lint --strict --recursive --parallel Package.swift Migrations Sources Tests

test: deps format-check
	swift test
