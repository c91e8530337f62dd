# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh and test.sh: installs what is missing, fetches LibTorch, configures, builds.
# Does nothing that is done already.

sourceFolder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
buildFolder="$sourceFolder/build/release"
setupLog="$sourceFolder/build/setup.log"
configuredWith="$buildFolder/configured_with"

buildPackages=(g++ cmake ninja-build ccache)
libraryPackages=(nlohmann-json3-dev libcli11-dev libspdlog-dev libboost-math-dev
                 libgtest-dev libbenchmark-dev)
windowPackages=(qt6-base-dev qt6-charts-dev qt6-svg-dev libqt6opengl6-dev libqcustomplot-dev)
testPackages=(xvfb xdotool dbus-daemon)  # an X server and a session bus of the tests' own
fetchPackages=(ca-certificates python3-pip unzip)  # only where LibTorch must be downloaded

# ccache: a second clone hits too, and so does what includes a precompiled header (-fpch-preprocess below).
export CCACHE_BASEDIR="$sourceFolder" CCACHE_SLOPPINESS=pch_defines,time_macros

say() { printf '==> %s\n' "$*" >&2; }
fail() {
    printf '%s: %s\n' "packaging/$(basename "$0")" "$*" >&2
    exit 1
}

# requireSpace FOLDER GIGABYTES PURPOSE: the folder may not exist yet.
requireSpace() {
    local folder=$1 free
    while [[ ! -d $folder ]]; do folder=$(dirname "$folder"); done
    free=$(df --output=avail -k "$folder" | tail -n 1)
    (( free / 1048576 >= $2 )) ||
        fail "The disk is too full: $3 needs $2 GB in $folder, which has $(( free / 1048576 )) GB left."
}

missingPackages() {
    local installed package
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "installed $package" <<<"$installed" || printf '%s\n' "$package"
    done
}

# Turns apt-get's log into one sentence.
explainApt() {
    if grep -q 'No space left\|enough free space' "$setupLog"; then
        fail "The disk is full: apt-get could not install $*."
    elif grep -q 'Could not resolve\|Temporary failure\|Could not connect\|unreachable\|Failed to fetch' \
            "$setupLog"; then
        fail "The package server does not answer: check the network, then start again (log: $setupLog)."
    elif grep -q 'Unable to locate package\|has no installation candidate' "$setupLog"; then
        fail "This system does not offer $(sed -n 's/.*Unable to locate package //p' "$setupLog" |
            paste -sd' ' -); Debian 12 does."
    fi
    fail "apt-get could not install $*: $(grep -m1 '^E:' "$setupLog" || echo "see $setupLog")"
}

installPackages() {
    local asRoot=()
    if (( EUID != 0 )); then
        command -v sudo >/dev/null ||
            fail "Packages are missing and there is no sudo; as root, run: apt-get install $*"
        [[ -t 0 ]] || sudo -n true 2>/dev/null ||
            fail "Packages are missing and sudo asks for a password; run: sudo apt-get install $*"
        asRoot=(sudo)
    fi
    requireSpace /usr 2 "installing packages"
    say "Installing $*"
    asRoot+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
    "${asRoot[@]}" update >"$setupLog" 2>&1 || true  # a stale list of one source may not stop us
    "${asRoot[@]}" install --no-install-recommends "$@" >>"$setupLog" 2>&1 || explainApt "$@"
}

ensurePackages() {
    local missing
    command -v apt-get >/dev/null ||
        fail "Packages are installed with apt-get only; elsewhere install the equivalents of $* and use CMakePresets.json."
    mapfile -t missing < <(missingPackages "$@")
    (( ${#missing[@]} == 0 )) || installPackages "${missing[@]}"
}

# As many jobs as cores, but 2 GB of memory for each: one LibTorch translation unit needs that.
buildJobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/MemAvailable/ { print int($2 / 2097152) }' /proc/meminfo)
    (( memory >= 1 )) || memory=1
    echo $(( cores < memory ? cores : memory ))
}

configure() {
    local named="${Torch_DIR:-} ${CMAKE_PREFIX_PATH:-} ${XDG_CACHE_HOME:-$HOME/.cache}"
    [[ -e $buildFolder/build.ninja && $(cat "$configuredWith" 2>/dev/null) == "$named" ]] && return
    requireSpace "$sourceFolder" 2 "the build"
    say "Configuring"
    cmake --preset release -S "$sourceFolder" -DCMAKE_CXX_FLAGS=-fpch-preprocess >"$setupLog" 2>&1 || {
        tail -n 25 "$setupLog" >&2
        fail "CMake could not configure the build (log: $setupLog)."
    }
    printf '%s\n' "$named" >"$configuredWith"
}

# prepare TARGET...: everything up to the built targets.
prepare() {
    [[ $(uname -sm) == "Linux x86_64" ]] ||
        fail "LibTorch is fetched for Linux on x86_64 only; this machine is $(uname -sm)."
    { mkdir -p "$buildFolder" && touch "$setupLog"; } 2>/dev/null ||
        fail "The build folder $sourceFolder/build cannot be written; clone into a folder of your own."
    local packages=("${buildPackages[@]}" "${libraryPackages[@]}" "${windowPackages[@]}")
    if [[ ${1:-} == all ]]; then packages+=("${testPackages[@]}"); fi
    local fetch="$sourceFolder/packaging/fetch_libtorch.sh"
    local found=0
    bash "$fetch" --check || found=$?
    (( found <= 1 )) || exit 1  # it said why
    if (( found == 0 )); then
        ensurePackages "${packages[@]}"
    else
        ensurePackages "${packages[@]}" "${fetchPackages[@]}"
        bash "$fetch" || exit 1
        rm -f "$configuredWith"  # another LibTorch, or its CUDA part now
    fi
    configure
    ninja -C "$buildFolder" -j "$(buildJobs)" "$@" >&2 ||
        fail "The build failed; its first error is above."
}
