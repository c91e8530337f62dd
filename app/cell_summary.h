// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/runs/results_table.h"

namespace app {

/// Earlier experiments always kept half of the tokens.
inline constexpr double kBaselineRatio = 0.5;

/// Mean, spread and 95 % t interval over the finished runs of a cell.
struct Spread {
    std::size_t n = 0;
    double mean = 0.0;
    std::optional<double> sd;  // sample sd (n - 1); empty for one run
    std::optional<double> low;
    std::optional<double> high;
};
/// nullopt without values.
std::optional<Spread> spreadOf(std::span<const double> values);

/// What the runs of one cell say together. Failed and diverged runs are counted, never part of a
/// mean.
struct CellSummary {
    const runs::CellOutcome* cell = nullptr;  // lives as long as the table
    std::size_t planned = 0;
    std::size_t done = 0;
    std::size_t failed = 0;  // failed or damaged
    std::size_t diverged = 0;
    std::optional<Spread> loss;      // nats per token, whole validation split
    std::optional<Spread> accuracy;  // share of tokens
    std::optional<Spread> minCurveLoss;
    std::optional<Spread>
        secondsPerStep;  // of the runs as they were trained, side by side or stacked
    std::optional<double>
        improvementVsBaseline;  // (baseline - loss) / baseline, of means; positive is better
    std::optional<double> improvementVsDense;
    bool fallingSteeply = false;    // of any run
    bool roseAfterMinimum = false;  // of any run
};

/// The best cell of one length by mean final loss, among the sparse cells.
struct LengthSummary {
    std::int64_t length = 0;
    const CellSummary* best = nullptr;  // nullptr before the first finished run
    bool bestOnEdge =
        false;            // smallest or largest ratio of the grid, so the optimum may lie outside
    bool interim = true;  // some planned runs of this length are not over
};

struct StudySummary {
    std::vector<CellSummary> cells;  // in the table's order
    std::vector<LengthSummary> lengths;
};

/// `table` must outlive the summary.
StudySummary summarise(const runs::ResultsTable& table);

}  // namespace app
