// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/runs/results_table.h"
#include "stats/grid_analysis.h"
#include "ui/grid_content.h"
#include "ui/line_plot.h"

namespace ui {

/// What a heatmap can show besides the metrics of the runs.
enum class HeatmapKind {
    Metric,
    ImprovementOverBaseline,
    ImprovementOverDense,
    PAgainstBaseline,
    ProbabilityOfBest,
};

struct HeatmapQuantity {
    HeatmapKind kind = HeatmapKind::Metric;
    Metric metric = Metric::FinalLoss;  // of HeatmapKind::Metric
    bool operator==(const HeatmapQuantity&) const = default;
};

/// Everything that can be shown of these results.
std::vector<HeatmapQuantity> heatmapQuantities(const runs::ResultsTable& results);
/// "final validation loss (nats/token)"
QString title(const HeatmapQuantity& quantity);
/// For file names: "loss", "improvement", "p_value", "probability_best", ...
QString fileName(const HeatmapQuantity& quantity);

/// Why the number of a cell is not to be trusted, or not decided.
enum class Doubt { None, Undecided, TooFewRuns, Failed };

struct HeatmapCell {
    CellKey key;
    std::int64_t keep = 0;        // k
    std::optional<double> value;  // what the colour shows; empty: nothing to colour
    QString text;                 // the number, "–" where there is none
    QString detail;               // "± 0.0012", "p 0.031"; may be empty
    QString toolTip;
    RowRank rank = RowRank::Other;
    Doubt doubt = Doubt::None;
};

/// A whole heatmap as plain values: lengths down, keep ratios across, the dense reference last.
struct Heatmap {
    HeatmapQuantity quantity;
    QString title;           // of the colour bar, with the unit
    QString note;            // where the numbers come from: methods, counts, caveats
    QString equalMeans;      // what the dots say, with the method
    QString undecidedMeans;  // what the hatch of undecided cells says
    ColourScale scale;       // low and high are the ends of the colour bar
    AxisScale axis = AxisScale::Linear;
    std::vector<std::int64_t> lengths;
    std::vector<CellKey> columns;    // length 0
    std::vector<HeatmapCell> cells;  // row-major
};

/// `analysis` may be missing while no run is done.
Heatmap makeHeatmap(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                    const HeatmapQuantity& quantity);

/// The colour of a value on the heatmap's scale.
QColor heatmapColour(const Heatmap& heatmap, double value);

}  // namespace ui
