#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds and starts the workbench; all arguments go to the program.
# Without arguments: the window, or the embedded study without a window where there is no display.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

prepare sparsity-workbench
program="$buildFolder/bin/sparsity-workbench"
if (( $# > 0 )) || [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]; then exec "$program" "$@"; fi

study="$HOME/sparsity-study"
say "No display: the quick study runs without a window, into $study"
status=0
"$program" --batch --preset quick --experiment "$study" --export "$study/export" || status=$?
case $status in
    0) say "Finished. Every run is in $study/runs, tables and JSON in $study/export" ;;
    75 | 130) say "Stopped and saved in $study; the same command continues it" ;;
    *) say "Ended with code $status; what was finished is in $study/runs" ;;
esac
exit "$status"
