// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/runs/results_table.h"

namespace runs {

/// The final losses as the statistics read them: levels in rising order, runs that are not over
/// missing, failed, diverged and damaged ones failed. A seed that was added in some cells is not
/// expected in the others. Table is stats::GridTable, which engine does not know.
template <class Table>
Table gridTable(const ResultsTable& results) {
    using Run = typename decltype(Table::runs)::value_type;
    using State = decltype(Run::state);
    const auto sorted = [](auto levels) {
        std::sort(levels.begin(), levels.end());
        return levels;
    };
    const auto placeOf = [](const auto& levels, auto level) {
        return static_cast<std::size_t>(std::find(levels.begin(), levels.end(), level) -
                                        levels.begin());
    };
    const auto runOf = [](const RunOutcome& run) -> Run {
        if (run.result) return {State::Done, run.result->finalLoss};
        const bool failed = run.status == RunStatus::Failed || run.status == RunStatus::Diverged ||
                            run.status == RunStatus::Damaged;
        return {failed ? State::Failed : State::Missing, 0.0};
    };
    const auto lengths =
        sorted(std::vector<double>(results.lengths.begin(), results.lengths.end()));
    const auto ratios = sorted(results.keepRatios);
    const auto seeds = sorted(results.seeds);
    Table table = Table::planned(lengths, ratios, seeds,
                                 results.hasDense ? Table::Dense::With : Table::Dense::Without);
    for (auto* all : {&table.runs, &table.dense})
        for (Run& run : *all) run.state = State::Unplanned;
    for (const CellOutcome& cell : results.cells) {
        const std::size_t length = placeOf(lengths, static_cast<double>(cell.length));
        const bool isDense = cell.attention == experiment::AttentionKind::Dense;
        const std::size_t ratio = isDense ? 0 : placeOf(ratios, cell.keepRatio);
        if (length == lengths.size() || (!isDense && ratio == ratios.size())) continue;
        for (const RunOutcome& run : cell.runs) {
            const std::size_t seed = placeOf(seeds, run.seed);
            if (seed == seeds.size()) continue;
            (isDense ? table.denseAt(length, seed) : table.at(length, ratio, seed)) = runOf(run);
        }
    }
    return table;
}

}  // namespace runs
