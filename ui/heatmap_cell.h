// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "ui/heatmap.h"

namespace ui {

/// Where the numbers of one cell are: its runs, and its place in the analysis where it has one.
struct CellSource {
    CellKey key;
    const runs::CellOutcome* outcome = nullptr;  // planned runs
    const runs::CellTiming* timing = nullptr;    // measured alone
    const stats::GridAnalysis* analysis = nullptr;
    const stats::LengthAnalysis* length = nullptr;
    const stats::CellSummary* summary = nullptr;
    std::optional<std::size_t> position;  // in LengthAnalysis::usedRatios

    bool isDense() const { return key.attention == experiment::AttentionKind::Dense; }
    bool isBaseline() const;
    std::size_t done() const;
    std::size_t failed() const;  // or diverged
};

CellSource cellSource(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                      const CellKey& key);

enum class Control { Baseline, Dense };

/// Dunnett's comparison of a cell with a control: on blocks where that can be computed.
struct ComparisonWithControl {
    stats::ControlComparison numbers;
    QString method;
    double level = 0.05;  // p below it counts: alpha, or the interim boundary of the length
};
std::optional<ComparisonWithControl> comparisonWith(Control control, const CellSource& cell);

/// "Dunnett's test on blocks (seeds)"; empty where the length has none.
QString dunnettName(Control control, const stats::LengthAnalysis& length);

/// Mean over the finished runs, with half the width of its interval from two runs on.
struct MetricSummary {
    double mean = 0.0;
    std::optional<double> halfWidth;
    std::size_t runs = 0;
};
std::optional<MetricSummary> summarise(const runs::CellOutcome& cell, Metric metric,
                                       double confidence);

/// Everything known about the cell, as a table for a tooltip. `shown` is the metric of the map.
QString cellToolTip(const CellSource& cell, std::optional<Metric> shown);

}  // namespace ui
