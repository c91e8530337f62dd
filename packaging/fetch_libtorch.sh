#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches LibTorch (the C++ part of the torch wheel) into ${XDG_CACHE_HOME:-~/.cache}/sparsity-workbench/.
# Usage: packaging/fetch_libtorch.sh [--cuda] [--check]
#   --cuda    the GPU libraries and nvcc too; by itself where an NVIDIA driver is installed
#   --check   downloads nothing; exit code 0 where all is there already, 1 where not, 2 for an error
# A LibTorch named by Torch_DIR or CMAKE_PREFIX_PATH wins: then nothing is fetched.
# Versions and checksums: libtorch_cpu.txt and libtorch_cuda.txt beside this file.
set -euo pipefail

version=2.11.0
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/sparsity-workbench"
target="$cache/libtorch-$version"
partial="$target.partial"  # becomes $target by a rename once it is whole
wheels="$cache/wheels-$version"

fail() {
    printf 'packaging/fetch_libtorch.sh: %s\n' "$*" >&2
    exit 2
}

isLibTorch() { [[ -e $1/include/ATen/ATen.h && -e $1/lib/libtorch_cpu.so ]]; }

# The same places as packaging/cmake/LibTorch.cmake.
isNamed() {
    local prefix
    if [[ -n ${Torch_DIR:-} ]]; then
        isLibTorch "$Torch_DIR" || isLibTorch "$Torch_DIR/../../.." ||
            fail "Torch_DIR is $Torch_DIR, where no LibTorch is; name its folder or unset it."
        return 0
    fi
    while read -r -d : prefix; do
        if [[ -n $prefix ]] && { isLibTorch "$prefix" || isLibTorch "$prefix/torch"; }; then return 0; fi
    done <<<"${CMAKE_PREFIX_PATH:-}:"
    return 1
}

hasDriver() {
    [[ -e /proc/driver/nvidia/version ]] || /sbin/ldconfig -p | grep -q 'libcuda\.so\.1 '
}

# A part is whole when the list that it was made from lies in the target unchanged.
isWhole() { cmp -s "$here/libtorch_$1.txt" "$target/libtorch_$1.txt"; }

requireSpace() {  # GIGABYTES
    local free
    free=$(df --output=avail -k "$cache" | tail -n 1)
    (( free / 1048576 >= $1 )) ||
        fail "The disk is too full: LibTorch needs $1 GB in $cache, which has $(( free / 1048576 )) GB left."
}

# Wheels that an interrupted download left whole are not downloaded again.
download() {  # PART
    local tag platforms=() log="$cache/download.log" python=python3
    [[ -x /usr/bin/python3 ]] && python=/usr/bin/python3
    "$python" -m pip --version >/dev/null 2>&1 ||
        fail "Python's pip is missing; run: apt-get install python3-pip"
    for tag in 2_28 2_27 2_26 2_25 2_24 2_18 2_17 2_12 2_5; do
        platforms+=(--platform "manylinux_${tag}_x86_64")
    done
    for tag in manylinux2014 manylinux2010 manylinux1; do platforms+=(--platform "${tag}_x86_64"); done
    "$python" -m pip download --disable-pip-version-check --no-cache-dir --no-deps --require-hashes \
        --only-binary=:all: --python-version 3.11 --implementation cp "${platforms[@]}" \
        --dest "$wheels" --requirement "$here/libtorch_$1.txt" >&2 2>"$log" || explain "$log"
}

explain() {  # LOG
    if grep -qi 'No space left' "$1"; then
        fail "The disk is full: the download into $wheels stopped."
    elif grep -qi 'DO NOT MATCH THE HASHES' "$1"; then
        fail "A downloaded wheel does not have the expected checksum; nothing was unpacked. Start again."
    elif grep -qi 'CERTIFICATE_VERIFY_FAILED' "$1"; then
        fail "The certificate of the package server is not trusted; behind a proxy name the proxy's own in PIP_CERT."
    elif grep -qi 'NewConnectionError\|Temporary failure\|Connection\|timed out\|No matching' "$1"; then
        fail "LibTorch could not be downloaded: check the network, then start again."
    fi
    fail "pip could not download LibTorch: $(grep -m1 '^ERROR' "$1" || echo "see $1")"
}

unpack() {  # PART: into $partial
    local name file
    while read -r name; do
        for file in "$wheels/${name//-/_}"-[0-9]*.whl; do
            unzip -q -o "$file" 'torch/lib/*' 'torch/include/*' 'torch/share/*' 'nvidia/*' '*.dist-info/*' \
                -x '*/libtorch_python.so' '*.py' '*.dist-info/RECORD' -d "$partial" 2>>"$cache/download.log" ||
                (( $? == 11 )) ||  # 11: the wheel has none of one pattern
                fail "$(basename "$file") could not be unpacked into $partial; is the disk full?"
        done
    done < <(sed -n 's/^\([a-z0-9-]*\)==.*/\1/p' "$here/libtorch_$1.txt")
    if [[ $1 == cuda ]]; then  # the names under which nvcc and CMake look for them
        ln -sfn lib "$partial/nvidia/cu13/lib64"
        ln -sfn libcudart.so.13 "$partial/nvidia/cu13/lib/libcudart.so"
    fi
    cp "$here/libtorch_$1.txt" "$partial/"
}

main() {
    local mode=fetch part parts=(cpu) missing=()
    while (( $# > 0 )); do
        case $1 in
            --cuda) parts=(cpu cuda) ;;
            --check) mode=check ;;
            *) fail "Unknown argument $1; known are --cuda and --check." ;;
        esac
        shift
    done
    if isNamed; then return 0; fi
    if hasDriver; then parts=(cpu cuda); fi
    for part in "${parts[@]}"; do isWhole "$part" || missing+=("$part"); done
    (( ${#missing[@]} > 0 )) || return 0
    [[ $mode == fetch ]] || return 1

    mkdir -p "$cache" || fail "The folder $cache cannot be made."
    exec 9>"$cache/lock"  # two starts at once download once
    flock 9
    missing=()
    for part in "${parts[@]}"; do isWhole "$part" || missing+=("$part"); done
    (( ${#missing[@]} > 0 )) || return 0
    case ${missing[*]} in *cuda*) requireSpace 8 ;; *) requireSpace 3 ;; esac

    rm -rf "$partial"
    if isWhole cpu; then cp -al "$target" "$partial"; else mkdir "$partial"; fi
    for part in "${missing[@]}"; do
        printf '==> Downloading LibTorch %s, %s part\n' "$version" "$part" >&2
        download "$part"
        unpack "$part"
    done
    if [[ -e $target ]]; then mv "$target" "$target.old"; fi
    mv "$partial" "$target"
    rm -rf "$target.old" "$wheels"
}

main "$@"
