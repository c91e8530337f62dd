// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/runs/study.h"

namespace app {

/// Writes runs.csv, cells.csv, curves.csv, optimal_sparsity_results.json and the statistics' tables
/// into `folder`, each file whole or not at all. The folder is made if it is missing. Returns the
/// files written. Error: Io.
engine::Result<std::vector<std::filesystem::path>> exportStudy(const runs::Study& study,
                                                               const std::filesystem::path& folder);

}  // namespace app
