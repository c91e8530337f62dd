// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lane_plan.h"

#include <algorithm>

#include "engine/experiment/nearest_name.h"

namespace app {
namespace {

bool isGpu(const std::string& device) {
    return device.starts_with("cuda");
}

std::int64_t largestStepTokens(const experiment::ExperimentSettings& settings) {
    std::int64_t largest = 1;
    for (const std::int64_t length : settings.grid.lengths) {
        largest = std::max(largest, experiment::batchSequences(settings.training, length) * length);
    }
    return largest;
}

}  // namespace

engine::Result<std::string> resolveDevice(const std::string& asked,
                                          std::span<const std::string> available) {
    if (asked == "auto" || asked.empty()) {
        const auto gpu = std::find_if(available.begin(), available.end(), isGpu);
        return gpu == available.end() ? std::string("cpu") : *gpu;
    }
    if (std::find(available.begin(), available.end(), asked) != available.end()) return asked;
    std::string known = "auto";
    for (const std::string& device : available) known += ", " + device;
    return engine::Error{engine::ErrorKind::Usage, "--device is " + experiment::inQuotes(asked) +
                                                       "; allowed on this machine: " + known};
}

runs::SchedulerSettings planLanes(const std::string& device, int lanes, std::size_t waitingRuns,
                                  unsigned cores, const experiment::ExperimentSettings& settings) {
    constexpr std::int64_t kMostStepTokens = 131'072;
    constexpr std::int64_t kMostStacked = 18;
    const std::size_t natural = isGpu(device) ? 1 : std::max(1U, cores);
    const std::size_t asked = lanes > 0 ? static_cast<std::size_t>(lanes) : natural;
    const std::size_t count = std::clamp<std::size_t>(waitingRuns, 1, asked);
    runs::SchedulerSettings plan;
    plan.lanes.assign(count, {.device = device, .threads = 1});
    plan.runsPerCohort = 1;
    if (isGpu(device)) {
        plan.runsPerCohort = std::clamp<std::int64_t>(kMostStepTokens / largestStepTokens(settings),
                                                      1, kMostStacked);
    }
    return plan;
}

}  // namespace app
