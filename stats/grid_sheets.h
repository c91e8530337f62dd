// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "stats/grid_analysis.h"

namespace stats {

/// Empty, a number or a text. Probabilities below 1e-300 are texts ("<1e-300"), never 0.
using SheetCell = std::variant<std::monostate, double, std::string>;

/// A flat table of the analysis, ready for CSV, JSON or a screen.
struct Sheet {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<SheetCell>> rows;  ///< as wide as columns

    std::size_t column(const std::string& title) const;
};

/// Mean, spread and counts per cell; bootstrap probability of being the best.
Sheet cellsSheet(const GridAnalysis& analysis);
/// F and rank tests per length, two-way tables over the grid. A method that could not be computed
/// has its reason in the column "note".
Sheet anovaSheet(const GridAnalysis& analysis);
/// Every comparison of two cells by every method, raw and adjusted p.
Sheet pairwiseSheet(const GridAnalysis& analysis);
/// d, g and dz of every pair with intervals.
Sheet effectsSheet(const GridAnalysis& analysis);
Sheet assumptionsSheet(const GridAnalysis& analysis);
Sheet powerSheet(const GridAnalysis& analysis);
/// Verdicts, trend tests and the boundaries of an interim look.
Sheet hypothesesSheet(const GridAnalysis& analysis);

/// The sheets of the export, in the order above without the first.
std::vector<Sheet> exportSheets(const GridAnalysis& analysis);

}  // namespace stats
