// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/runs/results_table.h"

namespace small {

inline runs::RunOutcome finishedRun(std::int64_t seed, double loss) {
    runs::RunOutcome run;
    run.id = "run-" + std::to_string(seed);
    run.seed = seed;
    run.status = runs::RunStatus::Done;
    runs::RunResult result;
    result.finalLoss = loss;
    result.finalAccuracy = 0.5;
    result.minCurveLoss = loss - 0.01;
    result.steps = 10;
    result.tokensSeen = 10 * 1024;
    result.tokensPerSecond = 2048.0;  // half a second per step
    result.curve = {{5, 5120, 3.0, 2.9, 0.3, 1.0}, {10, 10240, 2.0, loss, 0.5, 2.0}};
    run.result = result;
    return run;
}

inline runs::CellOutcome cell(double ratio, const std::vector<double>& losses,
                              std::int64_t length = 64) {
    runs::CellOutcome cell;
    cell.length = length;
    cell.keepRatio = ratio;
    cell.keep = experiment::keepCount(length, ratio);
    cell.pairsKept = experiment::pairsKept(length, cell.keep);
    std::int64_t seed = 42;
    for (const double loss : losses) cell.runs.push_back(finishedRun(seed++, loss));
    return cell;
}

/// L = 64 with three ratios, means 2.1, 2.0 and 1.95 (one run of the last diverged), and dense
/// at 1.9.
inline runs::ResultsTable table() {
    runs::ResultsTable table;
    table.name = "small";
    table.lengths = {64};
    table.keepRatios = {0.25, 0.5, 0.75};
    table.seeds = {42, 43, 44};
    table.hasDense = true;
    table.cells = {cell(0.25, {2.0, 2.1, 2.2}), cell(0.5, {1.9, 2.0, 2.1}),
                   cell(0.75, {1.9, 0.0, 2.0}), cell(1.0, {1.9, 1.9, 1.9})};
    table.cells[2].runs[1].result.reset();
    table.cells[2].runs[1].status = runs::RunStatus::Diverged;
    table.cells[2].runs[1].message = "loss is not finite, \"nan\"";
    table.cells[3].attention = experiment::AttentionKind::Dense;
    return table;
}

}  // namespace small
