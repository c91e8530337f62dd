// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "stats/grid_analysis.h"
#include "stats/grid_table.h"

namespace app {

/// Writes anova.csv, pairwise.csv, effects.csv, assumptions.csv, power.csv and hypotheses.csv into
/// `folder` (which exists; existing files are replaced). Returns one sentence about what failed, or
/// nothing. Throws std::domain_error when the table is malformed.
std::optional<std::string> exportStatistics(const stats::GridTable& table,
                                            const std::filesystem::path& folder,
                                            const stats::GridAnalysisOptions& options = {});
std::optional<std::string> exportStatistics(const stats::GridAnalysis& analysis,
                                            const std::filesystem::path& folder);

/// The statistical_analysis object of the published results file: one member per length ("64", ...)
/// with the tests of that length. Non-finite numbers are written as strings.
nlohmann::json statisticalAnalysis(const stats::GridAnalysis& analysis);

/// The whole analysis: counts, lengths, grid tests, verdicts.
nlohmann::json analysisToJson(const stats::GridAnalysis& analysis);

}  // namespace app
