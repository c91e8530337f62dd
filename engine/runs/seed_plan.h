// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/runs/study.h"

namespace runs {

/// What brings cells to a number of seeds.
struct SeedPlan {
    std::vector<experiment::RunSpec> added;  // to be planned
    std::vector<RunId> waiting;              // planned already, still to be trained
    std::size_t unqueued = 0;                // of both, those that neither wait nor train by now
    std::optional<double> laneSeconds;       // to train all of them; nullopt: nothing measured yet

    std::size_t runs() const { return added.size() + waiting.size(); }
};

/// Brings every sparse cell of the grid at these lengths to `seedsPerCell` finished runs with the
/// same seeds in all of them, so that each seed is a complete block. Seeds that failed in one of
/// the cells do not count.
SeedPlan planSeeds(const Study& study, std::span<const std::int64_t> lengths,
                   std::size_t seedsPerCell);

}  // namespace runs
