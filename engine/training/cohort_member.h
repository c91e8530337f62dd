// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/corpus.h"
#include "engine/runs/cancel_list.h"
#include "engine/runs/inbox.h"
#include "engine/runs/queue.h"
#include "engine/runs/run_folder.h"
#include "engine/runs/training_ports.h"

namespace training {

/// What a lane gives its runner; the same for all its cohorts.
struct LaneContext {
    std::filesystem::path runsFolder;  // EXPERIMENT/runs
    experiment::ExperimentSettings settings;
    std::shared_ptr<const data::Corpus> corpus;
    runs::TrainingPorts ports;
    /// Preflight results of this kind of model; computed once per kind.
    std::function<engine::Result<std::vector<GateResult>>(const CohortPlan&)> gates;
    std::shared_ptr<runs::Inbox> inbox;
    std::shared_ptr<runs::CancelList> cancelled;
    std::string environment;
    std::string device = "cpu";
    int threads = 1;
    int lane = 0;
    std::int64_t lanes = 1;
};

/// One run of a cohort in training.
struct CohortMember {
    runs::QueueItem item;
    std::optional<runs::RunWriter>
        writer;  // none: a finished run that only completes its cohort's stack
    runs::RunProgress progress;
    std::vector<GateResult> gates;
    runs::MetricPoint lastLine;  // newest line of this attempt
    bool hasResult = false;
};

}  // namespace training
