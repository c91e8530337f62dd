// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/runs/results_table.h"
#include "stats/argmin_interval.h"
#include "stats/grid_analysis.h"

namespace ui {

/// A keep ratio with its place among those of the study (for its colour), or the dense reference.
struct ChartRatio {
    double keepRatio = 1.0;
    std::size_t index = 0;
    std::size_t count = 1;
    bool dense = false;
};
/// "0.25" or "dense".
QString nameOf(const ChartRatio& ratio);

/// Final losses of one cell.
struct BoxData {
    ChartRatio ratio;
    std::int64_t keep = 0;
    std::vector<double> losses;  // in the order of seeds
    std::vector<std::int64_t> seeds;
    std::optional<stats::Descriptives> description;  // two runs or more
};
struct BoxPlotData {
    std::int64_t length = 0;
    std::vector<BoxData> boxes;  // cells with finished runs, by ratio, the dense reference last
};
BoxPlotData boxPlotData(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                        std::int64_t length);

/// Where the best keep ratio of one length is.
struct OptimumData {
    std::int64_t length = 0;
    std::int64_t keep = 0;
    ChartRatio best;
    double meanLoss = 0.0;
    std::vector<double> equal;    // ratios not distinguishable from the best
    std::optional<double> lower;  // keep ratios of the bootstrap interval
    std::optional<double> upper;
    double covered = 0.0;  // probability inside it
    std::size_t seeds = 0;
};
struct OptimalRatioData {
    std::vector<OptimumData> lengths;
    double baseline = 0.5;
    double level = 0.95;  // asked of the intervals
};
OptimalRatioData optimalRatioData(const stats::GridAnalysis* analysis);

/// The timing pass: every cell alone on the device.
struct EfficiencyPoint {
    ChartRatio ratio;
    std::int64_t keep = 0;
    double medianMs = 0.0;
    double lowerQuartileMs = 0.0;
    double upperQuartileMs = 0.0;
    double peakBytes = 0.0;
};
struct EfficiencyLine {
    std::int64_t length = 0;
    std::vector<EfficiencyPoint> points;  // by ratio, the dense reference last
};
struct EfficiencyData {
    std::vector<EfficiencyLine> lines;
    QString device;
};
EfficiencyData efficiencyData(const runs::ResultsTable& results);

/// Loss against time of one length; needs the timing pass.
struct ParetoPoint {
    EfficiencyPoint time;
    double loss = 0.0;                               // mean
    std::optional<stats::Descriptives> description;  // two runs or more
    bool onFront = false;
};
struct ParetoData {
    std::int64_t length = 0;
    std::vector<ParetoPoint> points;
    std::vector<std::size_t> front;  // positions, from the fastest to the lowest loss
    QString device;
};
ParetoData paretoData(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                      std::int64_t length);

}  // namespace ui
