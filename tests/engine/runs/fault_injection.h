// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Replaces open, write, fsync, close, rename, link and unlink of the C library in this test
/// program, so that a test can kill the process or let a call fail at an exact place.
namespace faults {

enum class Call { Open, Write, Fsync, Close, Rename, Link, Unlink };

/// kill -9 of this process at its n-th call (1-based) of any of these functions from now on.
void killAtCall(long n);
/// The n-th call (1-based) of this function from now on fails with this errno.
void failCall(Call call, long n, int errorNumber);
/// fsync does nothing: enough for tests in which only processes die.
void skipSync();
/// Back to the ordinary functions.
void clear();

/// Clears at the end of a test.
struct Scope {
    ~Scope() { clear(); }
};

}  // namespace faults
