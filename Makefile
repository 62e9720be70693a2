# make run    builds Postil and starts it        make test   runs all tests
# `make help` tells the rest.

# What is built: release, or debug for a quick look.
CONFIG ?= release
DIST ?= dist
PREFIX ?= /usr/local
DATA_DIR ?= data
PORT ?= 8080
PYTHON := .venv/bin/python

BUILD_DIR := .build/$(CONFIG)
SWIFT_TESTS := $(filter-out WebFrontendTests,$(notdir $(wildcard Tests/*Tests)))
SWIFT_BUILD := swift build -c $(CONFIG) --explicit-target-dependency-import-check error

# Builds the product too. Another selection of products or tests would compile everything again.
TEST_BUILD := $(SWIFT_BUILD) --build-tests

.DEFAULT_GOAL := help
.PHONY: help run build install test test-build test-swift test-web assemble test-system test-pages test-pages-a-o test-pages-p-z test-outside test-million test-fuzz test-label-studio test-api-fuzz test-memory \
    test-storages screenshots compare bench bench-editor bench-plugins check format clean

help:
	@echo "make run       build, then start the daemon on 127.0.0.1:$(PORT) with its data in $(DATA_DIR)/"
	@echo "make build     put a movable installation together in $(DIST)/"
	@echo "make install   copy it to PREFIX ($(PREFIX))"
	@echo "make test      run all tests"
	@echo "make test-million  an export of a million tasks whose plugin dies of three"
	@echo "make test-label-studio  a project out of Label Studio itself"
	@echo "make test-fuzz     ten million changed arenas and messages of the wire"
	@echo "make test-api-fuzz  20,000 requests made from the OpenAPI document"
	@echo "make test-memory    a project of 200,000 tasks comes in and goes out; memory is watched"
	@echo "make test-storages  buckets of 20,000 objects"
	@echo "make compare   beside Label Studio itself: its SDK, its refusals, its export formats"
	@echo "make check     format, layers, types, lint"
	@echo "make bench     measure, beside the peers; bench-editor: the editor's budgets in a browser;"
	@echo "               bench-plugins: what plugins cost"
	@echo "make format    lay the sources out"
	@echo "make clean     remove what was built; $(DATA_DIR)/ stays"

run: build
	.ci/first-run $(DIST) $(DATA_DIR) $(PORT)

build:
	.ci/system-packages build
	@echo "Building Postil ($(CONFIG)). The first time this takes a while: 8 to 20 minutes on two cores."
	$(SWIFT_BUILD) --product postil
	.ci/assemble $(BUILD_DIR) $(DIST)

install: build
	mkdir -p $(DESTDIR)$(PREFIX)
	cp -R $(DIST)/. $(DESTDIR)$(PREFIX)/

# What leaves a core idle has company. Pages wait for their browser, so three parts run side by side,
# each with a daemon of its own; a fourth, Swift's, made all of them late.
test: test-build .venv/ready
	$(MAKE) -j2 --output-sync=target BUILT=1 test-swift test-web assemble
	$(MAKE) -j3 --output-sync=target BUILT=1 test-pages test-outside

# Product and tests are built together, so that the dependencies are compiled once. BUILT says that this
# has been done: even a build of nothing takes up to a minute.
test-build:
ifndef BUILT
	.ci/system-packages build test
	$(TEST_BUILD)
endif

# Targets run one after another: each opens databases and threads of its own, as many as it has
# tests at once.
test-swift: test-build
	set -e; for target in $(SWIFT_TESTS); do \
	    swift test -c $(CONFIG) --skip-build --filter "^$$target\."; \
	done

assemble:
	.ci/assemble $(BUILD_DIR) $(DIST)

test-web:
	.ci/system-packages test
	node --test Tests/WebFrontendTests/

# What the ordinary tests do with 20,000 tasks.
test-million:
	.ci/system-packages build test
	$(TEST_BUILD)
	POSTIL_TASKS=1000000 swift test -c $(CONFIG) --skip-build --filter '^PluginHostTests\.MillionTests'

# Ten million changed arenas and messages, and a runner that has gone mad.
test-fuzz:
	.ci/system-packages build test
	Tests/Fuzz/run 9000000 1000000
	$(TEST_BUILD)
	POSTIL_FUZZ_SESSIONS=2000 swift test -c $(CONFIG) --skip-build --filter '^PluginHostTests\.WireFuzzTests'

# The installed daemon, from outside: a real browser, the real SDK, kill -9.
test-system: test-build .venv/ready
	.ci/assemble $(BUILD_DIR) $(DIST)
	$(MAKE) -j3 --output-sync=target test-pages test-outside

test-pages: test-pages-a-o test-pages-p-z
	$(PYTHON) Tests/Browser/ids.py .build/pages-a-o.xml .build/pages-p-z.xml

test-pages-a-o test-pages-p-z: test-pages-%:
	$(PYTHON) -m pytest -q --junitxml=.build/pages-$*.xml Tests/Browser/test_[$*]*.py

test-outside:
	$(PYTHON) -m pytest -q Tests/Compatibility Tests/Durability Tests/PluginConformance

# Installs Label Studio when it is not there, which takes minutes and 1.5 GB.
test-label-studio: build .venv/ready
	$(PYTHON) -m pytest -q Tests/Migration

# What the ordinary tests do with fewer requests, tasks and objects.
test-api-fuzz test-memory test-storages: build .venv/ready

test-api-fuzz:
	POSTIL_FUZZ_CASES=20000 $(PYTHON) -m pytest -q -s Tests/Compatibility/test_openapi_fuzz.py

test-memory:
	POSTIL_MEMORY_TASKS=200000 $(PYTHON) -m pytest -q -s Tests/Compatibility/test_project_memory.py

test-storages:
	POSTIL_STORAGE_KEYS=20000 $(PYTHON) -m pytest -q -s Tests/Compatibility/test_storages.py

.venv/ready: Tests/requirements.txt
	.ci/system-packages test
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check "$$(grep '^uv==' $<)"
	.venv/bin/uv pip install --quiet --python $(PYTHON) -r $<
	touch $@

# Takes the pictures of the README anew.
screenshots: build .venv/ready
	POSTIL_SHOTS=$(CURDIR)/Docs/images $(PYTHON) -m pytest -q Tests/Browser
	cd Docs/images && git clean -q -f .

# Starts Label Studio too, and installs it into a folder of its own when it is missing. All methods of
# its SDK, wrong requests, and each export format with so many tasks from a seed.
SEED ?= 1
TASKS ?= 2000
compare: build .venv/ready
	POSTIL_COMPARED_SEED=$(SEED) POSTIL_COMPARED_TASKS=$(TASKS) POSTIL_DIST=$(CURDIR)/$(DIST) \
	    $(PYTHON) -m pytest -q Tests/Comparison Tests/Compatibility/test_*_against_the_converter.py \
	    Tests/Compatibility/test_export_properties.py

bench: build .venv/ready
	$(PYTHON) Tests/Performance/bench.py --dist $(DIST)

bench-editor: build .venv/ready
	$(PYTHON) Tests/Performance/bench_editor.py --dist $(DIST)

bench-plugins:
	.ci/system-packages build test
	$(TEST_BUILD)
	.ci/assemble $(BUILD_DIR) $(DIST)
	python3 Tests/Performance/bench_plugins.py --dist $(DIST) --config $(CONFIG)

check: .venv/ready
	.ci/system-packages build check
	.ci/check

format:
	swift format -i -r -p Package.swift Sources Plugins PluginTemplates Tests
	git ls-files '*.c' '*.h' '*.cpp' '*.hpp' | xargs clang-format-19 -i
	.venv/bin/oxfmt Sources/WebFrontend/js Sources/PluginChecker Plugins PluginTemplates Tests/WebFrontendTests

clean:
	rm -rf .build $(DIST) .venv
