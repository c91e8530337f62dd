// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/corpus.h"
#include "engine/experiment/settings.h"
#include "engine/result.h"
#include "engine/runs/scheduler.h"
#include "engine/runs/study.h"

namespace runs {

/// Trainable numbers of the model (tied head, indexer included), as
/// model/ makes them.
std::int64_t parameterCount(const experiment::ModelSettings& model);

/// The runs of one length: what they cost.
struct LengthEstimate {
    std::int64_t length = 0;
    std::int64_t runs = 0;  // planned
    std::int64_t unfinished = 0;
    std::int64_t sequences = 0;  // per batch
    std::int64_t steps = 0;      // per run
    std::int64_t tokensPerRun = 0;
    double epochs = 0.0;  // per run
    double stepMs = 0.0;  // measured, of one run on one lane
};

struct PlanEstimate {
    std::vector<LengthEstimate> lengths;
    std::int64_t parameters = 0;
    double secondsLeft = 0.0;  // of the unfinished runs on all lanes, final evaluation included
    double diskBytes = 0.0;    // of the whole plan, finished runs included
};

/// Measures a few steps per length (sparse, the middle ratio; large batches are scaled down and up
/// again) and adds up. Errors of the trainer are passed on.
engine::Result<PlanEstimate> estimatePlan(const experiment::ExperimentSettings& settings,
                                          const std::vector<RunView>& planned,
                                          const std::shared_ptr<const data::Corpus>& corpus,
                                          const SchedulerSettings& lanes,
                                          const TrainingPorts& ports);

}  // namespace runs
