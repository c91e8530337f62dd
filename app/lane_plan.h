// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "engine/experiment/settings.h"
#include "engine/result.h"
#include "engine/runs/scheduler.h"

namespace app {

/// "auto" is the first GPU that answers, else the CPU. Error (Usage) names the value and the
/// devices there are.
engine::Result<std::string> resolveDevice(const std::string& asked,
                                          std::span<const std::string> available);

/// How many trainings go side by side. CPU: lanes of one thread, one per core (two threads in one
/// small product lose to any neighbour), runs unstacked. GPU: one lane, runs stacked as far as a
/// step stays below 131,072 tokens. `lanes` 0 leaves the number to the device; never more lanes
/// than runs.
runs::SchedulerSettings planLanes(const std::string& device, int lanes, std::size_t waitingRuns,
                                  unsigned cores, const experiment::ExperimentSettings& settings);

}  // namespace app
