// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cell_summary.h"

#include <algorithm>
#include <functional>

#include "stats/descriptives.h"

namespace app {
namespace {

using runs::RunStatus;

std::optional<Spread> spreadOver(const runs::CellOutcome& cell,
                                 const std::function<double(const runs::RunResult&)>& value) {
    std::vector<double> values;
    for (const runs::RunOutcome& run : cell.runs) {
        if (run.result) values.push_back(value(*run.result));
    }
    return spreadOf(values);
}

double secondsPerStep(const runs::RunResult& result) {
    if (result.tokensPerSecond <= 0.0 || result.steps < 1) return 0.0;
    const double tokensPerStep =
        static_cast<double>(result.tokensSeen) / static_cast<double>(result.steps);
    return tokensPerStep / result.tokensPerSecond;
}

CellSummary summariseCell(const runs::CellOutcome& cell) {
    CellSummary summary;
    summary.cell = &cell;
    summary.planned = cell.runs.size();
    summary.done = cell.count(RunStatus::Done);
    summary.failed = cell.count(RunStatus::Failed) + cell.count(RunStatus::Damaged);
    summary.diverged = cell.count(RunStatus::Diverged);
    summary.loss = spreadOver(cell, [](const auto& result) { return result.finalLoss; });
    summary.accuracy = spreadOver(cell, [](const auto& result) { return result.finalAccuracy; });
    summary.minCurveLoss = spreadOver(cell, [](const auto& result) { return result.minCurveLoss; });
    summary.secondsPerStep = spreadOver(cell, secondsPerStep);
    for (const runs::RunOutcome& run : cell.runs) {
        if (!run.result) continue;
        summary.fallingSteeply = summary.fallingSteeply || run.result->fallingSteeply;
        summary.roseAfterMinimum = summary.roseAfterMinimum || run.result->roseAfterMinimum;
    }
    return summary;
}

std::optional<double> improvement(const CellSummary& cell, const CellSummary* reference) {
    if (reference == nullptr || !reference->loss || !cell.loss) return std::nullopt;
    return (reference->loss->mean - cell.loss->mean) / reference->loss->mean;
}

bool isDense(const CellSummary& summary) {
    return summary.cell->attention == experiment::AttentionKind::Dense;
}

bool isOver(const CellSummary& summary) {
    return summary.done + summary.failed + summary.diverged == summary.planned;
}

}  // namespace

std::optional<Spread> spreadOf(std::span<const double> values) {
    if (values.empty()) return std::nullopt;
    Spread spread;
    spread.n = values.size();
    if (values.size() == 1) {
        spread.mean = values.front();
        return spread;
    }
    const stats::Descriptives described = stats::describe(values, 0.95);
    spread.mean = described.mean;
    spread.sd = described.sd;
    spread.low = described.meanInterval.lower;
    spread.high = described.meanInterval.upper;
    return spread;
}

StudySummary summarise(const runs::ResultsTable& table) {
    StudySummary summary;
    summary.cells.reserve(table.cells.size());  // LengthSummary::best points into it
    for (const runs::CellOutcome& cell : table.cells) summary.cells.push_back(summariseCell(cell));
    for (const std::int64_t length : table.lengths) {
        LengthSummary row{.length = length, .interim = false};
        const CellSummary* baseline = nullptr;
        const CellSummary* dense = nullptr;
        double lowest = 1.0;
        double highest = 0.0;
        for (const CellSummary& cell : summary.cells) {
            if (cell.cell->length != length) continue;
            row.interim = row.interim || !isOver(cell);
            if (isDense(cell)) {
                dense = &cell;
                continue;
            }
            lowest = std::min(lowest, cell.cell->keepRatio);
            highest = std::max(highest, cell.cell->keepRatio);
            if (cell.cell->keepRatio == kBaselineRatio) baseline = &cell;
            if (!cell.loss) continue;
            if (row.best == nullptr || cell.loss->mean < row.best->loss->mean) row.best = &cell;
        }
        row.bestOnEdge =
            row.best != nullptr && lowest < highest &&
            (row.best->cell->keepRatio == lowest || row.best->cell->keepRatio == highest);
        for (CellSummary& cell : summary.cells) {
            if (cell.cell->length != length) continue;
            cell.improvementVsBaseline = improvement(cell, baseline);
            cell.improvementVsDense = improvement(cell, dense);
        }
        summary.lengths.push_back(row);
    }
    return summary;
}

}  // namespace app
