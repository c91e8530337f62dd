// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "stats/grid_analysis.h"
#include "stats/grid_sheets.h"

namespace app {

/// A sheet as CSV: numbers with the fewest digits that read back the same.
std::string sheetCsv(const stats::Sheet& sheet);

/// The statistical_analysis object of the published results file: one member per length ("64", ...)
/// with the tests of that length. Non-finite numbers are written as strings.
nlohmann::json statisticalAnalysis(const stats::GridAnalysis& analysis);

/// The whole analysis: counts, lengths, grid tests, verdicts.
nlohmann::json analysisToJson(const stats::GridAnalysis& analysis);

}  // namespace app
