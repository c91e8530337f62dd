// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/runs/fault_injection.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>

namespace {

std::atomic<long> callsUntilKill{0};
std::atomic<long> callsUntilFailure{0};
std::atomic<int> failingCall{-1};
std::atomic<int> failureNumber{0};
std::atomic<bool> syncSkipped{false};

/// True if this call shall fail; errno is set then.
bool faulty(faults::Call call) {
    if (callsUntilKill > 0 && --callsUntilKill == 0) ::kill(::getpid(), SIGKILL);
    if (failingCall != static_cast<int>(call) || callsUntilFailure <= 0 || --callsUntilFailure > 0)
        return false;
    errno = failureNumber;
    return true;
}

}  // namespace

namespace faults {

void killAtCall(long n) {
    callsUntilKill = n;
}

void failCall(Call call, long n, int errorNumber) {
    failureNumber = errorNumber;
    callsUntilFailure = n;
    failingCall = static_cast<int>(call);
}

void skipSync() {
    syncSkipped = true;
}

void clear() {
    callsUntilKill = 0;
    callsUntilFailure = 0;
    failingCall = -1;
    syncSkipped = false;
}

}  // namespace faults

extern "C" {

int open(const char* path, int flags, ...) {
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    if (faulty(faults::Call::Open)) return -1;
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
    if (faulty(faults::Call::Write)) return -1;
    return ::syscall(SYS_write, descriptor, bytes, count);
}

int fsync(int descriptor) {
    if (faulty(faults::Call::Fsync)) return -1;
    return syncSkipped ? 0 : static_cast<int>(::syscall(SYS_fsync, descriptor));
}

int close(int descriptor) {
    const int result = static_cast<int>(::syscall(SYS_close, descriptor));
    return faulty(faults::Call::Close) ? -1 : result;
}

int rename(const char* from, const char* to) noexcept {
    if (faulty(faults::Call::Rename)) return -1;
    return static_cast<int>(::syscall(SYS_rename, from, to));
}

int link(const char* from, const char* to) noexcept {
    if (faulty(faults::Call::Link)) return -1;
    return static_cast<int>(::syscall(SYS_link, from, to));
}

int unlink(const char* path) noexcept {
    if (faulty(faults::Call::Unlink)) return -1;
    return static_cast<int>(::syscall(SYS_unlink, path));
}
}
