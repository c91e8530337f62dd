#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything and runs the whole test suite.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

prepare all
report="$buildFolder/tests.xml"
rm -f "$report"
export QT_QPA_PLATFORM=offscreen
ctest --test-dir "$buildFolder" --parallel 2 --timeout 900 --output-on-failure --no-tests=error \
    --output-junit "$report" || true
[[ -s $report ]] || fail "ctest did not run (see above)."

# The counts of the one testsuite element that ctest writes.
count() { sed -n "/<testsuite /,/>/ s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$report" | head -n 1; }
total=$(count tests) failed=$(count failures) disabled=$(count disabled) skipped=$(count skipped)
skipped=$(( skipped + disabled ))
passed=$(( total - failed - skipped ))
printf '%d passed, %d failed' "$passed" "$failed"
if (( skipped > 0 )); then printf ', %d skipped' "$skipped"; fi
printf '\n'
(( failed == 0 && passed > 0 ))
