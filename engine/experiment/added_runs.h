// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/experiment/settings.h"
#include "engine/result.h"

namespace experiment {

/// Runs planned besides the grid's product, each as L:k/L:seed, the dense reference as
/// L:dense:seed: "64:0.5:45", "64:dense:45". A run with another selector than the grid's or with a
/// learning rate of its own has no such name and is left out.
std::vector<std::string> addedRunNames(std::span<const RunSpec> runs, const GridSettings& grid);

/// The runs of these names, in cells of `grid`. Error (Usage) names the entry and what is allowed.
engine::Result<std::vector<RunSpec>> addedRuns(std::span<const std::string> names,
                                               const GridSettings& grid);

}  // namespace experiment
