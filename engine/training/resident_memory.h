// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace training {

/// Largest resident memory of this process since it started or since the last reset, in bytes; 0
/// where the system does not tell. Source: proc(5), VmHWM.
std::int64_t peakResidentBytes();

/// Hands free memory back to the system and starts the peak anew, so that the next peak belongs to
/// what runs next. Does nothing where the kernel forbids it. Source: proc(5), /proc/PID/clear_refs.
void resetPeakResidentBytes();

}  // namespace training
