// SPDX-License-Identifier: GPL-3.0-or-later
// What others read of a study: tables, curves, one run in detail, the time that is left.
#include <algorithm>
#include <tuple>

#include "engine/runs/forecast.h"
#include "engine/runs/run_folder.h"
#include "engine/runs/study.h"

namespace runs {
namespace {

using experiment::AttentionKind;

template <class T>
void addOnce(std::vector<T>& values, const T& value) {
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

CellOutcome& cellFor(ResultsTable& table, const experiment::RunSpec& spec) {
    const bool dense = spec.attention == AttentionKind::Dense;
    for (CellOutcome& cell : table.cells) {
        if (cell.length == spec.length && cell.attention == spec.attention &&
            cell.keepRatio == spec.keepRatio && (dense || cell.selector == spec.selector) &&
            cell.learningRateFactor == spec.learningRateFactor) {
            return cell;
        }
    }
    table.cells.push_back({.length = spec.length,
                           .keepRatio = spec.keepRatio,
                           .keep = spec.keep,
                           .attention = spec.attention,
                           .selector = spec.selector,
                           .learningRateFactor = spec.learningRateFactor,
                           .pairsKept = experiment::pairsKept(spec.length, spec.keep),
                           .runs = {}});
    return table.cells.back();
}

/// Lengths outermost in planned order, ratios inside, dense last.
void sortCells(ResultsTable& table) {
    const auto placeOf = [](const auto& values, const auto& value) {
        return std::find(values.begin(), values.end(), value) - values.begin();
    };
    std::stable_sort(table.cells.begin(), table.cells.end(),
                     [&](const CellOutcome& a, const CellOutcome& b) {
                         const auto key = [&](const CellOutcome& cell) {
                             return std::tuple(placeOf(table.lengths, cell.length),
                                               cell.attention == AttentionKind::Dense,
                                               placeOf(table.keepRatios, cell.keepRatio));
                         };
                         return key(a) < key(b);
                     });
}

bool isOver(RunStatus status) {
    return status == RunStatus::Done || status == RunStatus::Failed ||
           status == RunStatus::Diverged;
}

}  // namespace

ResultsTable Study::results() const {
    ResultsTable table;
    table.name = m_settings.name;
    table.lengths = m_settings.grid.lengths;
    table.keepRatios = m_settings.grid.keepRatios;
    table.seeds = m_settings.grid.seeds;
    table.timing = m_timing;
    for (const RunView& run : m_runs) {
        addOnce(table.lengths, run.spec.length);
        addOnce(table.seeds, run.spec.seed);
        if (run.spec.attention == AttentionKind::Dense) {
            table.hasDense = true;
        } else {
            addOnce(table.keepRatios, run.spec.keepRatio);
        }
        cellFor(table, run.spec)
            .runs.push_back({.id = run.id,
                             .seed = run.spec.seed,
                             .status = run.status,
                             .step = run.step,
                             .totalSteps = run.totalSteps,
                             .message = run.message,
                             .result = run.result});
    }
    sortCells(table);
    return table;
}

StudyProgress Study::progress(std::int64_t lanes) const {
    StudyProgress progress;
    const LaneCost cost(m_runs);
    double seconds = 0.0;
    bool known = true;
    for (const RunView& run : m_runs) {
        ++progress.planned;
        if (run.status == RunStatus::Done) ++progress.done;
        if (run.status == RunStatus::Failed || run.status == RunStatus::Diverged ||
            run.status == RunStatus::Damaged)
            ++progress.failed;
        if (run.status == RunStatus::Running) ++progress.running;
        if (isOver(run.status) || run.status == RunStatus::Damaged) continue;
        const std::int64_t left = std::max<std::int64_t>(0, run.totalSteps - run.step);
        progress.stepsLeft += left;
        const auto perToken = cost.secondsPerToken(run.spec.length);
        const std::int64_t perStep =
            experiment::batchSequences(m_settings.training, run.spec.length) * run.spec.length;
        known = known && perToken.has_value();
        seconds +=
            perToken.value_or(0.0) * static_cast<double>(left) * static_cast<double>(perStep);
    }
    if (known)
        progress.secondsLeft = seconds / static_cast<double>(std::max<std::int64_t>(1, lanes));
    return progress;
}

engine::Result<std::vector<MetricPoint>> Study::metrics(const RunId& id) const {
    engine::Result<RunMetrics> metrics = readRunMetrics(runFolder(id));
    if (!metrics) return metrics.error();
    return std::move(metrics->points);
}

RunInspection Study::inspect(const RunId& id) const {
    RunInspection inspection;
    inspection.folder = runFolder(id);
    const RunFolderState state = readRunFolder(inspection.folder);
    inspection.failure = state.failure;
    inspection.message = state.message;
    if (engine::Result<RunDescription> description = readDescription(inspection.folder)) {
        inspection.description = std::move(*description);
    } else if (state.attempt > 0 && inspection.message.empty()) {
        inspection.message = description.error().message;
    }
    engine::Result<RunMetrics> metrics = readRunMetrics(inspection.folder);
    if (metrics) {
        inspection.metrics = std::move(metrics->points);
        inspection.damagedLines = metrics->damagedLines;
        inspection.attempts = metrics->attempts;
    } else {
        inspection.message += metrics.error().message;
    }
    return inspection;
}

}  // namespace runs
