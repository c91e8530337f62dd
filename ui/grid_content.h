// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "stats/grid_analysis.h"
#include "ui/cell_view.h"
#include "ui/curve_store.h"
#include "ui/grid_metric.h"

namespace ui {

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
