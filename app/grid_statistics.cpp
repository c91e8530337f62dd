// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/grid_statistics.h"

#include <algorithm>
#include <vector>

namespace app {
namespace {

stats::GridRun gridRun(const runs::RunOutcome& run) {
    if (run.result) return {stats::RunState::Done, run.result->finalLoss};
    switch (run.status) {
        case runs::RunStatus::Failed:
        case runs::RunStatus::Diverged:
        case runs::RunStatus::Damaged:
            return {stats::RunState::Failed, 0.0};
        default:
            return {};
    }
}

template <class Value>
std::size_t placeOf(const std::vector<Value>& levels, Value level) {
    return static_cast<std::size_t>(std::find(levels.begin(), levels.end(), level) -
                                    levels.begin());
}

}  // namespace

stats::GridTable gridTable(const runs::ResultsTable& results) {
    std::vector<double> lengths(results.lengths.begin(), results.lengths.end());
    std::vector<double> ratios = results.keepRatios;
    std::sort(lengths.begin(), lengths.end());
    std::sort(ratios.begin(), ratios.end());
    stats::GridTable table = stats::GridTable::planned(
        lengths, ratios, results.seeds,
        results.hasDense ? stats::GridTable::Dense::With : stats::GridTable::Dense::Without);
    // A seed that was added in some cells is not expected in the others.
    for (auto* runs : {&table.runs, &table.dense})
        for (stats::GridRun& run : *runs) run.state = stats::RunState::Unplanned;
    for (const runs::CellOutcome& cell : results.cells) {
        const std::size_t length = placeOf(lengths, static_cast<double>(cell.length));
        const bool isDense = cell.attention == experiment::AttentionKind::Dense;
        const std::size_t ratio = isDense ? 0 : placeOf(ratios, cell.keepRatio);
        if (length == lengths.size() || (!isDense && ratio == ratios.size())) continue;
        for (const runs::RunOutcome& run : cell.runs) {
            const std::size_t seed = placeOf(results.seeds, run.seed);
            if (seed == results.seeds.size()) continue;
            (isDense ? table.denseAt(length, seed) : table.at(length, ratio, seed)) = gridRun(run);
        }
    }
    return table;
}

}  // namespace app
