#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What packaging/fetch_libtorch.sh promises, without a network.
# Usage: fetch_libtorch_test.sh SOURCE_FOLDER FOLDER_TO_WORK_IN
set -uo pipefail
fetch="$1/packaging/fetch_libtorch.sh"
work=$(mktemp -d -p "$2")
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" XDG_CACHE_HOME="$work/cache"
unset Torch_DIR CMAKE_PREFIX_PATH
failures=0

expect() {  # CLAIM, then a command that must succeed
    local claim=$1
    shift
    if "$@"; then echo "ok: $claim"; else echo "FAILED: $claim"; failures=$(( failures + 1 )); fi
}
check() { bash "$fetch" --check; }
refuses() { ! "$@" 2>"$work/message"; }
says() { grep -q "$1" "$work/message"; }
makeLibTorch() {  # FOLDER
    mkdir -p "$1/include/ATen" "$1/lib" "$1/share/cmake/Torch"
    touch "$1/include/ATen/ATen.h" "$1/lib/libtorch_cpu.so"
}
# A pip that writes half of a wheel and then ends with these words.
makeBrokenPip() {  # WORDS
    mkdir -p "$work/site/pip"
    cat >"$work/site/pip/__main__.py" <<PYTHON
import pathlib, sys
if "download" in sys.argv:
    folder = pathlib.Path(sys.argv[sys.argv.index("--dest") + 1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "torch-2.11.0-half.whl").write_bytes(b"PK half")
    sys.exit("$1")
PYTHON
    touch "$work/site/pip/__init__.py"
}

expect "an empty cache is not LibTorch" refuses check
makeLibTorch "$work/named"
expect "Torch_DIR wins" env Torch_DIR="$work/named" bash "$fetch" --check
expect "Torch_DIR may name the CMake folder" \
    env Torch_DIR="$work/named/share/cmake/Torch" bash "$fetch" --check
expect "CMAKE_PREFIX_PATH wins" env CMAKE_PREFIX_PATH="/nowhere:$work/named" bash "$fetch" --check
expect "a wrong Torch_DIR is refused" refuses env Torch_DIR="$work/nowhere" bash "$fetch"
expect "... and named" says "Torch_DIR is $work/nowhere"
expect "an unknown argument is refused" refuses bash "$fetch" --gpu
expect "... and named" says "Unknown argument --gpu"

makeLibTorch "$XDG_CACHE_HOME/sparsity-workbench/libtorch-2.11.0/torch"
expect "a folder without its list of wheels is not whole" refuses check
rm -rf "$XDG_CACHE_HOME"

if command -v python3 >/dev/null; then
    makeBrokenPip "WARNING: NewConnectionError: Temporary failure in name resolution"
    export PYTHONPATH="$work/site"
    expect "a lost network is refused" refuses bash "$fetch"
    expect "... in one sentence" says "check the network"
    expect "... and leaves nothing that counts as LibTorch" refuses check
    expect "... nor a folder of that name" test ! -e "$XDG_CACHE_HOME/sparsity-workbench/libtorch-2.11.0"
    makeBrokenPip "SSLError: Connection failed: CERTIFICATE_VERIFY_FAILED"
    expect "a certificate that is not trusted is refused" refuses bash "$fetch"
    expect "... and named" says "PIP_CERT"
fi

# The pinned lists: every line has an exact version and a checksum.
expect "every wheel is pinned with a checksum" \
    refuses grep -hvE '^#|^[a-z0-9-]+==[0-9.]+ --hash=sha256:[0-9a-f]{64}$' \
    "$1/packaging/libtorch_cpu.txt" "$1/packaging/libtorch_cuda.txt"
exit $(( failures > 0 ))
