// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "engine/runs/study.h"

/// Experiment folders with finished runs of any number of points, written by the engine's own code.
namespace made {

/// The numbers of a run at a step: pure, different for every run, falling towards a floor.
runs::MetricPoint pointOf(const experiment::RunSpec& spec, std::int64_t step);

using Tweak = std::function<void(const experiment::RunSpec& spec, runs::MetricPoint& point)>;

/// Every run of the grid done, with a point at each of `points` steps and a validation at every
/// tenth part. `tweak` may change what is recorded.
runs::Study finishedStudy(const std::filesystem::path& folder, experiment::GridSettings grid,
                          std::int64_t points, const Tweak& tweak = {});

}  // namespace made
