// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/runs/results_table.h"
#include "engine/runs/training_ports.h"

namespace runs {

struct TimingRequest {
    std::filesystem::path experimentFolder;
    experiment::ExperimentSettings settings;
    std::vector<experiment::RunSpec> cells;  // one spec per cell
    std::string device = "cpu";
    int threads = 1;
    std::int64_t rounds = 3;
    std::int64_t stepsPerRound = 20;
};

/// The timing pass for efficiency: E = 1, every cell in shuffled order, once per round;
/// the caller sees to it that nothing else runs. Saves EXPERIMENT/timing.json when all rounds are
/// complete; cells of other devices in it stay. `progress` is told after each measurement. Errors:
/// Stopped (nothing saved), Io, and those of timeSteps, naming the cell.
engine::Result<void> timeCells(
    const TimingRequest& request, const TrainingPorts& ports,
    std::shared_ptr<const data::Corpus> corpus, std::stop_token stop,
    const std::function<void(std::int64_t done, std::int64_t planned)>& progress);

/// EXPERIMENT/timing.json; empty if there is none. Errors: Io, Data.
engine::Result<std::vector<CellTiming>> readTiming(const std::filesystem::path& experimentFolder);

/// One spec for each cell (length, ratio, attention) among these, in their order.
std::vector<experiment::RunSpec> distinctCells(const std::vector<experiment::RunSpec>& specs);

}  // namespace runs
