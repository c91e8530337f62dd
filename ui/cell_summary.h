// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>
#include <vector>

#include "stats/grid_analysis.h"
#include "ui/cell_view.h"
#include "ui/curve_store.h"
#include "ui/grid_model.h"

namespace ui {

/// What the colour of the cells can stand for.
enum class Metric {
    FinalLoss,
    Accuracy,
    Perplexity,
    ElapsedTime,
    TokensPerSecond,
    PeakMemory,
    Recall,
    ConvergenceTokens,
};

std::span<const Metric> allMetrics();
/// "final validation loss (nats/token)"
QString title(Metric metric);
ColourScale::Kind scaleKind(Metric metric);
/// This number of one finished run; NaN where the run has none (recall of the dense reference).
double valueOf(Metric metric, const runs::RunResult& result);

/// The grid of a study as the model wants it.
struct GridContent {
    std::vector<std::int64_t> lengths;
    std::vector<CellKey> columns;  // length 0: the column's ratio and attention only
    std::vector<CellView> cells;   // row-major
};
GridContent gridContent(const runs::Study& study, const CurveStore& curves, Metric metric);
/// Marks the best cell of each length and those that are not distinguishable from it.
void markRanks(GridContent& content, const stats::GridAnalysis& analysis);

/// The state shown for a run.
CellState stateOf(const runs::RunView& run);

}  // namespace ui
