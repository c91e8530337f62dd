// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "engine/runs/study.h"
#include "ui/cell_view.h"
#include "ui/curve_choice.h"
#include "ui/curve_store.h"
#include "ui/line_plot.h"
#include "ui/seed_mean.h"

namespace ui {

/// Appends to the line what was recorded since; a point that does not carry this quantity is left
/// out. `read` is the number of points looked at so far.
void extendLine(RunLine& line, std::size_t& read, const std::vector<runs::MetricPoint>& points,
                Quantity quantity, Split split, CurveAxis axis);

/// What a cell shows of one split.
struct CurveValues {
    std::shared_ptr<const LineData> mean;  // as measured; null where not measured
    std::shared_ptr<const BandData> band;  // null for one run and for "each seed"
};

/// A cell in the legend and value table.
struct CurveSeries {
    QString name;     // "L 256 · k/L 0.5, mean of 3 seeds, 95 % t interval"
    QString comment;  // how the line is made; empty where as measured
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    CurveValues training;
    CurveValues validation;
};

/// The seeds of a cell that have points, and those that its values are the mean of: the finished
/// ones, all where none has finished.
struct SeedCount {
    std::size_t averaged = 0;
    std::size_t drawn = 0;
};

/// Where the recorded points of a run are; null while they are not known.
using CurveSource = std::function<const RunCurve*(const runs::RunId&)>;

/// Turns recorded curves into lines, bands and legend rows. Needs no window. Between two calls it
/// keeps what did not change, and reads only what was appended.
class CurveLines {
public:
    void build(const runs::Study& study, const CurveSource& curves,
               const std::vector<CellKey>& cells, const CurveChoice& choice);
    /// Another study follows.
    void forget();
    const PlotContent& content() const { return m_content; }
    const std::vector<CurveSeries>& series() const { return m_series; }

private:
    struct Read {
        std::uint64_t rewrites = 0;
        std::size_t points = 0;
        std::shared_ptr<RunLine> line;
    };
    struct Seed {
        const runs::RunView* run = nullptr;
        std::shared_ptr<const RunLine> line;
    };
    using Runs = std::vector<const runs::RunView*>;
    std::shared_ptr<const RunLine> lineOf(const CurveSource& curves, const runs::RunId& id,
                                          Split split);
    void addCell(const Runs& runs, const CurveSource& curves, const CellKey& cell, QColor colour,
                 Qt::PenStyle style);
    CurveValues addSplit(const Runs& runs, const CurveSource& curves, Split split,
                         const CurveSeries& series, const CellKey& cell, SeedCount& count);
    void addSeed(const Seed& seed, Split split, const CurveSeries& series, const CellKey& cell);
    void addMean(const QString& key, const SeedMean& mean, Split split, const CurveSeries& series);
    void addBest(const CurveSeries& series);

    CurveChoice m_choice;
    std::map<std::pair<runs::RunId, Split>, Read> m_read;
    std::map<QString, std::unique_ptr<SeedMean>> m_means;
    std::map<QString, std::unique_ptr<SmoothedLine>> m_smoothed;
    PlotContent m_content;
    std::vector<CurveSeries> m_series;
};

/// All visible values, one line per cell, split and point: "curve, split, x, mean, lower, upper".
QString valuesAsTsv(const std::vector<CurveSeries>& series, CurveAxis axis);

}  // namespace ui
