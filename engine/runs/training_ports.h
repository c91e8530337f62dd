// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/data/corpus.h"
#include "engine/result.h"
#include "engine/training/cohort_trainer.h"

namespace runs {

/// What the scheduler calls to compute; tests put their own in.
struct TrainingPorts {
    std::function<engine::Result<std::unique_ptr<training::CohortTrainer>>(
        training::CohortPlan, std::shared_ptr<const data::Corpus>)>
        createTrainer;
    std::function<engine::Result<std::vector<training::GateResult>>(const training::CohortPlan&,
                                                                    const data::Corpus&)>
        preflight;
    std::function<engine::Result<training::TimingReport>(
        const training::CohortPlan&, std::shared_ptr<const data::Corpus>, std::int64_t steps)>
        timeSteps;
    std::function<std::string()> environment;
};

/// The functions of engine/training.
TrainingPorts defaultPorts();

}  // namespace runs
