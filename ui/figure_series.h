// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "engine/runs/results_table.h"
#include "stats/grid_analysis.h"

namespace ui {

/// What the figures of a study are drawn from, and nothing else.
struct FigureData {
    runs::ResultsTable table;
    std::optional<stats::GridAnalysis> analysis;  // of `table`; empty before the first finished run
};

inline constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// A value with its interval; NaN where there is none.
struct SeriesPoint {
    double x = 0.0;
    double y = kNoValue;
    double low = kNoValue;
    double high = kNoValue;
};

enum class SeriesStyle {
    Measured,   ///< points, intervals and a line in the colour of its place
    Reference,  ///< a grey line without points
};

struct FigureSeries {
    QString name;
    std::vector<SeriesPoint> points;  // by x
    SeriesStyle style = SeriesStyle::Measured;
};

/// What stands on the x axis, and so where its ticks are.
enum class PanelAxis { KeepRatio, Length };
enum class PanelScale { Linear, Logarithmic };

/// A small plot: what it shows and how it reads, without a pixel.
struct FigurePanel {
    QString title;
    QString yTitle;
    PanelAxis axis = PanelAxis::KeepRatio;
    PanelScale scale = PanelScale::Linear;  // of y
    std::vector<double> ticks;              // of x
    std::vector<FigureSeries> series;
    std::optional<double> level;  // a horizontal reference line
    QString note;                 // what bars and dashes mean
    QString empty;                // stands in the place of the data where there are none
};

/// Mean final validation loss against keep ratio, one series per length.
FigurePanel lossPanel(const FigureData& data);
FigurePanel accuracyPanel(const FigureData& data);
/// Time per step: of the timing pass, else of the runs as they shared the machine, and says which.
FigurePanel timePanel(const FigureData& data);
/// The ratio with the smallest mean against length, with the range that may be the best.
FigurePanel optimalRatioPanel(const FigureData& data);
/// The same as k, with the line k = L/2.
FigurePanel optimalKeepPanel(const FigureData& data);
/// Improvement against the baseline with Dunnett's simultaneous intervals.
FigurePanel improvementPanel(const FigureData& data);
/// Hedges' g of each ratio against the baseline.
FigurePanel effectPanel(const FigureData& data);

/// A line or two for each length, and what is known of the trend; plain text.
QStringList summaryLines(const FigureData& data);

}  // namespace ui
