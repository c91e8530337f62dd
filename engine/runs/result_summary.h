// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "engine/runs/run_folder.h"
#include "engine/runs/run_record.h"

namespace runs {

/// What the summary needs besides the curve and the final evaluation.
struct SummaryInput {
    experiment::RunSpec spec;
    RunProgress progress;        // its curve is complete
    training::Evaluation final;  // whole validation split
    std::int64_t steps = 0;
    std::int64_t tokensPerStep = 0;
    std::int64_t trainingTokens = 0;  // in the training split: one epoch
    std::int64_t curveTokens = 0;
    std::int64_t cohortSize = 1;
    std::int64_t lanes = 1;
};

/// What a run records, and the flags of its training: too short, too long.
RunResult summarise(const SummaryInput& input);

}  // namespace runs
