// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/runs/plan_estimate.h"
#include "engine/runs/scheduler.h"
#include "engine/runs/study.h"

namespace app {

// What a batch command prints on standard output.

/// Per length: each cell's mean loss, spread, n and failures, the best one marked, with the flags
/// of training that was too short or too long.
std::string resultsText(const runs::Study& study);
/// The same numbers and the state of every run. `exitCode` is what the process ends with.
std::string resultsJson(const runs::Study& study, int exitCode);

/// What would be trained.
struct PlanView {
    std::string folder;
    experiment::ExperimentSettings settings;
    std::string corpus;
    std::vector<runs::RunView> runs;
};
std::string planText(const PlanView& plan, const runs::PlanEstimate& estimate,
                     const runs::SchedulerSettings& lanes);
std::string planJson(const PlanView& plan, const runs::PlanEstimate& estimate,
                     const runs::SchedulerSettings& lanes);

}  // namespace app
