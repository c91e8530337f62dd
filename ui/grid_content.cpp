// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid_content.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "engine/data/corpus.h"
#include "stats/descriptives.h"

namespace ui {
namespace {

/// The cell's state from its runs: what is going on wins over what has happened.
CellState combined(const std::vector<const runs::RunView*>& runs) {
    constexpr std::array kOrder = {CellState::Running, CellState::Queued, CellState::Diverged,
                                   CellState::Failed, CellState::Paused};
    for (const CellState state : kOrder)
        if (std::any_of(runs.begin(), runs.end(),
                        [&](const runs::RunView* run) { return stateOf(*run) == state; }))
            return state;
    const bool done = !runs.empty() && std::all_of(runs.begin(), runs.end(), [](const auto* run) {
        return run->status == runs::RunStatus::Done;
    });
    return done ? CellState::Done : CellState::Empty;
}

/// A finished run is shown while another one trains or waits: it has the whole curve.
const runs::RunView* runOfSparkline(const std::vector<const runs::RunView*>& cell) {
    const runs::RunView* finished = nullptr;
    const runs::RunView* running = nullptr;
    const runs::RunView* begun = nullptr;
    for (const runs::RunView* run : cell) {
        if (run->result) finished = run;
        if (!running && stateOf(*run) == CellState::Running) running = run;
        if (run->step > 0) begun = run;
    }
    if (finished) return finished;
    return running ? running : begun;
}

std::vector<double> sparkline(const std::vector<const runs::RunView*>& cell,
                              const CurveStore& curves) {
    const runs::RunView* shown = runOfSparkline(cell);
    if (!shown) return {};
    std::vector<double> losses;
    if (shown->result)
        for (const runs::CurvePoint& point : shown->result->curve)
            losses.push_back(point.validationLoss);
    return losses.empty() ? curves.validationLosses(shown->id) : losses;
}

void count(CellView& view, const runs::RunView& run) {
    ++view.planned;
    switch (stateOf(run)) {
        case CellState::Done:
            ++view.done;
            break;
        case CellState::Failed:
        case CellState::Diverged:
            ++view.failed;
            view.message = QString::fromStdString(run.message);
            break;
        case CellState::Queued:
            ++view.queued;
            break;
        case CellState::Running:
            ++view.running;
            break;
        default:
            break;
    }
}

/// Warnings that stand next to the number (the number itself stays as it was measured).
QStringList flagsOf(const std::vector<const runs::RunView*>& cell) {
    const auto countIf = [&cell](bool runs::RunResult::*flag) {
        return std::count_if(cell.begin(), cell.end(), [flag](const runs::RunView* run) {
            return run->result && (*run->result).*flag;
        });
    };
    QStringList flags;
    if (const auto falling = countIf(&runs::RunResult::fallingSteeply); falling > 0)
        flags.push_back(QObject::tr("%1 of the runs still fell steeply at the end: longer training "
                                    "would lower the loss.")
                            .arg(falling));
    if (const auto rose = countIf(&runs::RunResult::roseAfterMinimum); rose > 0)
        flags.push_back(QObject::tr("%1 of the runs rose by more than 1 % after their minimum "
                                    "(overfitting).")
                            .arg(rose));
    return flags;
}

/// What every run of the cell is given.
void takeBudget(CellView& view, const runs::Study& study, std::int64_t steps) {
    const std::int64_t sequences =
        experiment::batchSequences(study.settings().training, view.key.length);
    const std::int64_t windows = data::windowCount(study.corpus().trainingTokens, view.key.length);
    view.steps = steps;
    view.tokens = steps * sequences * view.key.length;
    if (windows > 0)
        view.epochs = static_cast<double>(steps * sequences) / static_cast<double>(windows);
}

std::optional<double> measuredAlone(const runs::Study& study, const CellKey& key) {
    for (const runs::CellTiming& timing : study.timing())
        if (CellKey{timing.length, timing.keepRatio, timing.attention} == key)
            return timing.medianMs;
    return std::nullopt;
}

CellView summary(const CellKey& key, const std::vector<const runs::RunView*>& cell,
                 const runs::Study& study, const CurveStore& curves, Metric metric) {
    CellView view;
    view.key = key;
    std::vector<double> losses;
    std::vector<double> values;
    std::vector<double> progress;
    for (const runs::RunView* run : cell) {
        view.keep = run->spec.keep;
        takeBudget(view, study, run->totalSteps);
        count(view, *run);
        if (run->result) {
            if (std::isfinite(run->result->finalLoss)) losses.push_back(run->result->finalLoss);
            const double value = valueOf(metric, *run->result);
            if (std::isfinite(value)) values.push_back(value);
        }
        if (stateOf(*run) == CellState::Running && run->totalSteps > 0)
            progress.push_back(static_cast<double>(run->step) /
                               static_cast<double>(run->totalSteps));
    }
    view.pairsKept = experiment::pairsKept(key.length, view.keep);
    view.state = combined(cell);
    view.flags = flagsOf(cell);
    if (!losses.empty()) view.meanLoss = stats::mean(losses);
    if (!losses.empty()) view.evidence = Evidence::TooFew;  // until the analysis says more
    if (!values.empty()) view.metric = stats::mean(values);
    if (metric == Metric::StepTime) view.metric = measuredAlone(study, key);
    if (!progress.empty()) view.progress = stats::mean(progress);
    view.sparkline = sparkline(cell, curves);
    return view;
}

/// Of the same moment only: an analysis made before the last run ended has no spread for it.
void takeSpread(CellView& cell, const stats::CellSummary& summary, Metric metric) {
    cell.improvement = summary.improvement;
    if (metric == Metric::Improvement && summary.improvement)
        cell.metric = 100.0 * *summary.improvement;
    if (static_cast<int>(summary.done) != cell.done || !summary.description) return;
    cell.sdLoss = summary.description->sd;
    cell.interval = LossInterval{summary.description->meanInterval.lower,
                                 summary.description->meanInterval.upper};
}

void takeRow(CellView& cell, const stats::LengthAnalysis& length, std::size_t ratio) {
    const bool separable = length.mcbBlocked || length.mcb || length.tukey;
    if (cell.done > 1 && separable) cell.evidence = Evidence::Enough;
    const auto& used = length.usedRatios;
    if (separable)
        for (const std::size_t position : length.notDistinguishable)
            if (used[position] == ratio) cell.rank = RowRank::NotDistinguishable;
    if (length.best && used.size() > 1 && used[*length.best] == ratio) cell.rank = RowRank::Best;
}

}  // namespace

CellState stateOf(const runs::RunView& run) {
    switch (run.status) {
        case runs::RunStatus::Empty:
            return CellState::Empty;
        case runs::RunStatus::Queued:
            return CellState::Queued;
        case runs::RunStatus::Running:
        case runs::RunStatus::RunningElsewhere:
            return CellState::Running;
        case runs::RunStatus::Paused:
            return CellState::Paused;
        case runs::RunStatus::Done:
            return CellState::Done;
        case runs::RunStatus::Diverged:
            return CellState::Diverged;
        case runs::RunStatus::Failed:
        case runs::RunStatus::Damaged:
            return CellState::Failed;
    }
    return CellState::Empty;
}

void takeAnalysis(GridContent& content, const stats::GridAnalysis& analysis, Metric metric) {
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        for (CellView& cell : content.cells) {
            if (static_cast<double>(cell.key.length) != length.length) continue;
            if (cell.key.attention == experiment::AttentionKind::Dense) {
                if (length.dense) takeSpread(cell, *length.dense, metric);
                if (cell.done > 1) cell.evidence = Evidence::Enough;
                continue;
            }
            for (std::size_t ratio = 0; ratio < length.cells.size(); ++ratio) {
                if (length.cells[ratio].keepRatio != cell.key.keepRatio) continue;
                takeSpread(cell, length.cells[ratio], metric);
                takeRow(cell, length, ratio);
            }
        }
    }
}

GridContent gridContent(const runs::Study& study, const CurveStore& curves, Metric metric) {
    const experiment::GridSettings& grid = study.settings().grid;
    GridContent content;
    content.lengths = grid.lengths;
    for (const double ratio : grid.keepRatios)
        content.columns.push_back({0, ratio, experiment::AttentionKind::Sparse});
    if (grid.denseReference) content.columns.push_back({0, 1.0, experiment::AttentionKind::Dense});
    std::map<CellKey, std::vector<const runs::RunView*>> byCell;
    for (const runs::RunView& run : study.runs()) byCell[cellOf(run.spec)].push_back(&run);
    for (const std::int64_t length : content.lengths) {
        for (CellKey key : content.columns) {
            key.length = length;
            content.cells.push_back(summary(key, byCell[key], study, curves, metric));
        }
    }
    return content;
}

}  // namespace ui
