// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/document.h"
#include "stats/grid_analysis.h"
#include "stats/grid_sheets.h"

namespace app {

/// The best cell of a length against the baseline (Dunnett; on the block model where every seed is
/// complete).
struct BaselineTest {
    std::string method;
    double difference = 0.0;  // mean loss of the cell minus the baseline's, nats per token
    double t = 0.0;
    double df = 0.0;
    double p = 1.0;  // adjusted for all comparisons with the baseline
    double low = 0.0;
    double high = 0.0;
    double level = 0.05;  // p below it counts: alpha, or the interim boundary of the length
};
/// nullopt where there is no such comparison, or the cell is the baseline itself. `position` counts
/// in LengthAnalysis::usedRatios.
std::optional<BaselineTest> baselineTest(const stats::LengthAnalysis& length, std::size_t position);

/// The same against the dense reference.
std::optional<BaselineTest> denseTest(const stats::LengthAnalysis& length, std::size_t position);

/// "0.25"; of a position in usedRatios.
std::string ratioText(const stats::LengthAnalysis& length, std::size_t position);
/// "0.33, 0.5": what may be the best besides the smallest mean; empty for nothing.
std::string notDistinguishableText(const stats::LengthAnalysis& length);

/// The experiment's table, one row per length with a finished run: every number with all digits.
stats::Sheet resultsSheet(const stats::GridAnalysis& analysis);

/// The same for people: rounded, with intervals in brackets.
TextTable resultsTable(const stats::GridAnalysis& analysis);

}  // namespace app
