// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <functional>
#include <span>

#include "ui/study_chart.h"

namespace ui {

enum class ChartKind { BoxPlot, OptimalRatio, StepTime, PeakMemory, Pareto };

std::span<const ChartKind> allChartKinds();
/// "Final loss by keep ratio (box plot)"
QString title(ChartKind kind);
/// Shows one length at a time.
bool isOfOneLength(ChartKind kind);
/// Shows what the timing pass measured.
bool needsTiming(ChartKind kind);

struct ChartChoice {
    ChartKind kind = ChartKind::BoxPlot;
    std::int64_t length = 0;  // where the chart is of one
};
/// For file names: "boxplot_L0256", "optimal_ratio_bootstrap", "step_time", "peak_memory",
/// "pareto_L0256".
QString fileName(const ChartChoice& choice);

/// Makes the chart as often as wanted, in any look; it has copied what it needs. Empty where the
/// results have nothing to show yet. `analysis` may be missing while no run is done.
using ChartMaker = std::function<StudyChart(const ChartLook&)>;
ChartMaker chartMaker(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                      const ChartChoice& choice);

}  // namespace ui
