// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/resident_memory.h"

#include <malloc.h>

#include <fstream>
#include <string>

namespace training {

std::int64_t peakResidentBytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) * 1024;
    return 0;
}

void resetPeakResidentBytes() {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace training
