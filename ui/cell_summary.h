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
    Improvement,  ///< over the baseline keep ratio; made by the analysis
    Accuracy,
    Perplexity,
    ElapsedTime,
    StepTime,  ///< of the timing pass: one run alone on the device
    TokensPerSecond,
    PeakMemory,
    Recall,
    ConvergenceSteps,
};

std::span<const Metric> allMetrics();
/// "final validation loss (nats/token)"
QString title(Metric metric);
ColourScale::Kind scaleKind(Metric metric);
/// This number of one finished run, in the unit of title(); NaN where a run has none (recall of the
/// dense reference, or what only a whole cell has).
double valueOf(Metric metric, const runs::RunResult& result);

/// The grid of a study as the model wants it.
struct GridContent {
    std::vector<std::int64_t> lengths;
    std::vector<CellKey> columns;  // length 0: the column's ratio and attention only
    std::vector<CellView> cells;   // row-major
};
GridContent gridContent(const runs::Study& study, const CurveStore& curves, Metric metric);
/// Takes spread, improvement, rank and evidence of every cell from the analysis.
void takeAnalysis(GridContent& content, const stats::GridAnalysis& analysis, Metric metric);

/// The state shown for a run.
CellState stateOf(const runs::RunView& run);

}  // namespace ui
