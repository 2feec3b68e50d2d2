# The two commands a newcomer needs are `make run` and `make test`; `make help` lists the others.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# Debian's packages: what the build links, and what the tests and the benchmark run besides. libevent, which reads what
# anybody sends, has had security fixes; each revision of its -dev package needs the same one of the libraries.
BUILD_PACKAGES := libssl-dev libcurl4-openssl-dev libsqlite3-dev libevent-dev>=2.1.12-stable-8+deb12u1 \
	libstdc++-12-dev pkg-config
TEST_PACKAGES := openssl curl sqlite3 nginx-light default-jre-headless nodejs chromium
BENCH_PACKAGES := openssl wrk nginx-light apache2 libapache2-mod-auth-openidc

# The C++ library that the Swift runtime needs is linked in, as the runtime is: a folder that holds only its archive
# comes first in the search. Loading it would take a sixth of the time of a short command, and so would libgcc and
# relocations that are not packed.
RUNTIME := $(CURDIR)/.build/static-runtime
runtime = @mkdir -p $(RUNTIME) && ln -sf "$$(clang -print-file-name=libstdc++.a)" $(RUNTIME)/libstdc++.a
RELEASE := swift build --configuration release --static-swift-stdlib -Xlinker -L$(RUNTIME) \
	-Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs
EXECUTIONS ?= 100000
INPUTS ?= 100000
SEED ?= 1
PREFIX ?= /usr/local
LISTEN ?= 127.0.0.1:8080
DATA ?= ./data

# Installs the given packages, `name` or `name>=version`, where they are missing or too old: as root at once, for others
# by saying which.
define packages
@lacking() { \
	for package in $(foreach package,$(1),'$(package)'); do \
		name=$${package%%>=*}; least=$${package#"$$name"}; \
		found=$$(dpkg-query --show --showformat '$${db:Status-Status} $${Version}' $$name 2>/dev/null); \
		[ "$${found%% *}" = installed ] && dpkg --compare-versions "$${found#* }" ge "$${least#>=}" || echo $$name; \
	done; \
}; \
lacking=$$(lacking); \
if [ -n "$$lacking" ]; then \
	if [ "$$(id -u)" = 0 ]; then \
		echo "installing" $$lacking; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$lacking >/dev/null; \
		lacking=$$(lacking); \
		[ -z "$$lacking" ] || { echo "only older versions can be installed here of:" $$lacking >&2; exit 1; }; \
	else \
		echo "missing or too old; install with: sudo apt-get update && sudo apt-get install" $$lacking >&2; exit 1; \
	fi; \
fi
endef

.PHONY: help run demo build install smoke test lint format check check-certificates fuzz bench certs clean packages

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build, and serve on http://127.0.0.1:8080 with ./data
	@exec $$($(RELEASE) --show-bin-path)/cobrowse-sso serve --listen $(LISTEN) --data $(DATA)

packages: ## install the Debian packages of build and tests where they are missing
	$(call packages,$(BUILD_PACKAGES) $(TEST_PACKAGES))

build: ## build the release binary
	$(call packages,$(BUILD_PACKAGES))
	$(runtime)
	@$(RELEASE) --product cobrowse-sso

demo: build ## the bridge with stand-ins of Microsoft and Salesforce, to try everything without an account there
	@exec Demo/demo.sh $$($(RELEASE) --show-bin-path)

install: build ## copy the binary to PREFIX/bin (/usr/local)
	@install -D -s -m 0755 $$($(RELEASE) --show-bin-path)/cobrowse-sso $(DESTDIR)$(PREFIX)/bin/cobrowse-sso
	@echo "installed $(DESTDIR)$(PREFIX)/bin/cobrowse-sso"

smoke: packages build ## build the release binary, which no test runs, and try it
	@Tests/smoke.sh $$($(RELEASE) --show-bin-path)

test: packages ## build and run every test; what failed is told once more at the end
	@mkdir -p .build; set -o pipefail; swift test 2>&1 | tee .build/test.log || \
		{ echo "--- what failed:"; grep '^✘' .build/test.log; exit 1; }

lint: ## check the formatting rules of .swift-format
	@swift format lint --strict --parallel --recursive Sources Tests Package.swift

format: ## apply the formatting rules
	@swift format --in-place --parallel --recursive Sources Tests Package.swift

# Leaks are not looked for: what lives as long as the process, XCTest's own objects among it, would be reported. The
# thread sanitizer is of no use: it does not see through Dispatch and Swift's runtime on Linux (CONTRIBUTING.md).
check: packages lint ## lint, no warnings, and the tests under the address sanitizer
	@swift build --build-tests --scratch-path .build/check -Xswiftc -warnings-as-errors
	@ASAN_OPTIONS=detect_leaks=0 swift test --sanitize=address --scratch-path .build/address

fuzz: ## throw mutated files at the parsers: EXECUTIONS for each (100000), PARSER for one of them
	$(call packages,$(BUILD_PACKAGES))
	@swift build --configuration release --product cobrowse-sso-fuzz
	@$$(swift build --configuration release --show-bin-path)/cobrowse-sso-fuzz $(PARSER) --executions $(EXECUTIONS)

check-certificates: packages ## compare cert pubkey with openssl x509 over INPUTS files (100000), from SEED (1)
	@swift build --configuration release --product cobrowse-sso-oracle
	@$$(swift build --configuration release --show-bin-path)/cobrowse-sso-oracle --inputs $(INPUTS) --seed $(SEED)

bench: ## measure against openssl, nginx and mod_auth_openidc; fails when a figure falls short
	$(call packages,$(BUILD_PACKAGES) $(BENCH_PACKAGES))
	$(runtime)
	@$(RELEASE) --product cobrowse-sso && $(RELEASE) --product cobrowse-sso-bench
	@$$($(RELEASE) --show-bin-path)/cobrowse-sso-bench

certs: ## make the sample certificates anew
	@Certificates/generate.sh

clean: ## remove what was built, not ./data
	@rm -rf .build
