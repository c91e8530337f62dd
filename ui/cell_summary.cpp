// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cell_summary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "stats/descriptives.h"

namespace ui {
namespace {

constexpr std::array kMetrics = {
    Metric::FinalLoss,  Metric::Accuracy, Metric::Perplexity,      Metric::ElapsedTime,
    Metric::PeakMemory, Metric::Recall,   Metric::TokensPerSecond, Metric::ConvergenceTokens};

double meanRecall(const runs::RunResult& result) {
    std::vector<double> layers;
    for (const training::LayerDiagnostics& layer : result.layers)
        if (std::isfinite(layer.recall)) layers.push_back(layer.recall);
    return layers.empty() ? std::numeric_limits<double>::quiet_NaN() : stats::mean(layers);
}

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

std::vector<double> sparkline(const std::vector<const runs::RunView*>& cell,
                              const CurveStore& curves) {
    const runs::RunView* shown = nullptr;
    for (const runs::RunView* run : cell) {
        const CellState state = stateOf(*run);
        if (state == CellState::Running) {
            shown = run;
            break;
        }
        if (run->step > 0) shown = run;
    }
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

CellView summary(const CellKey& key, const std::vector<const runs::RunView*>& cell,
                 const CurveStore& curves, Metric metric) {
    CellView view;
    view.key = key;
    std::vector<double> losses;
    std::vector<double> values;
    std::vector<double> progress;
    for (const runs::RunView* run : cell) {
        view.keep = run->spec.keep;
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
    if (!losses.empty()) view.meanLoss = stats::mean(losses);
    if (losses.size() > 1) view.sdLoss = stats::describe(losses, 0.95).sd;
    if (!values.empty()) view.metric = stats::mean(values);
    if (!progress.empty()) view.progress = stats::mean(progress);
    view.sparkline = sparkline(cell, curves);
    return view;
}

}  // namespace

std::span<const Metric> allMetrics() {
    return kMetrics;
}

QString title(Metric metric) {
    switch (metric) {
        case Metric::FinalLoss:
            return QStringLiteral("final validation loss (nats/token)");
        case Metric::Accuracy:
            return QStringLiteral("validation accuracy (share of tokens)");
        case Metric::Perplexity:
            return QStringLiteral("perplexity");
        case Metric::ElapsedTime:
            return QStringLiteral("training time as it ran (s)");
        case Metric::TokensPerSecond:
            return QStringLiteral("speed as it ran (tokens/s)");
        case Metric::PeakMemory:
            return QStringLiteral("peak memory (bytes)");
        case Metric::Recall:
            return QStringLiteral("attention mass kept (recall)");
        case Metric::ConvergenceTokens:
            return QStringLiteral("tokens to within 2 % of the end");
    }
    return {};
}

ColourScale::Kind scaleKind(Metric metric) {
    const bool larger =
        metric == Metric::Accuracy || metric == Metric::TokensPerSecond || metric == Metric::Recall;
    return larger ? ColourScale::Kind::LargerIsBetter : ColourScale::Kind::SmallerIsBetter;
}

double valueOf(Metric metric, const runs::RunResult& result) {
    switch (metric) {
        case Metric::FinalLoss:
            return result.finalLoss;
        case Metric::Accuracy:
            return result.finalAccuracy;
        case Metric::Perplexity:
            return result.perplexity;
        case Metric::ElapsedTime:
            return result.elapsedSeconds;
        case Metric::TokensPerSecond:
            return result.tokensPerSecond;
        case Metric::PeakMemory:
            return static_cast<double>(result.peakBytes);
        case Metric::Recall:
            return meanRecall(result);
        case Metric::ConvergenceTokens:
            return static_cast<double>(result.convergenceTokens);
    }
    return std::numeric_limits<double>::quiet_NaN();
}

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

void markRanks(GridContent& content, const stats::GridAnalysis& analysis) {
    for (CellView& cell : content.cells) cell.rank = RowRank::Other;
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        for (CellView& cell : content.cells) {
            const bool sparse = cell.key.attention == experiment::AttentionKind::Sparse;
            if (!sparse || static_cast<double>(cell.key.length) != length.length) continue;
            for (const std::size_t position : length.notDistinguishable)
                if (analysis.keepRatios[length.usedRatios[position]] == cell.key.keepRatio)
                    cell.rank = RowRank::NotDistinguishable;
            if (length.best && length.usedRatios.size() > 1 &&
                analysis.keepRatios[length.usedRatios[*length.best]] == cell.key.keepRatio)
                cell.rank = RowRank::Best;
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
    for (const runs::RunView& run : study.runs())
        byCell[{run.spec.length, run.spec.keepRatio, run.spec.attention}].push_back(&run);
    for (const std::int64_t length : content.lengths) {
        for (CellKey key : content.columns) {
            key.length = length;
            content.cells.push_back(summary(key, byCell[key], curves, metric));
        }
    }
    return content;
}

}  // namespace ui
