// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/runs/study.h"

namespace runs {

StudyPlan planOf(const Study& study);

/// The same plan over another grid: runs added by hand stay where their row and column stay.
StudyPlan withGrid(const StudyPlan& plan, experiment::GridSettings grid);

/// What another plan would change. Nothing on disk goes: runs that leave the plan keep their
/// folders and are found again when it takes them back.
struct PlanChange {
    std::vector<RunView> added;  // id, spec, totalSteps
    std::vector<RunId> removed;  // leave the plan
    std::int64_t addedDone = 0;  // of `added`: finished earlier, their results are on disk
    std::int64_t removedDone = 0;
    std::int64_t removedTraining = 0;   // in a lane of this process
    std::optional<double> laneSeconds;  // to train what is added, on one lane; nullopt: not known
};
/// Error (Usage) names key, value and allowed range.
engine::Result<PlanChange> compare(const Study& study, const StudyPlan& wanted);

}  // namespace runs
