// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "ui/cell_view.h"
#include "ui/colour_map.h"
#include "ui/curve_store.h"
#include "ui/line_plot.h"

namespace ui {

/// What the curves show.
enum class Quantity { Loss, Accuracy, LearningRate, GradientNorm, IndexLoss, TokensPerSecond };
enum class CurveAxis { Step, Tokens, Time };
enum class Split { Training, Validation };
enum class SeedLines { Shown, Hidden };

QString title(Quantity quantity);
QString title(CurveAxis axis);
/// Whether the quantity is measured on this split at all.
bool isMeasured(Quantity quantity, Split split);

/// One run's line: the recorded points that carry this quantity.
LineData lineOf(const std::vector<runs::MetricPoint>& points, Quantity quantity, Split split,
                CurveAxis axis);

/// Mean over runs at the points that all of them have reached; x of the first run.
LineData meanLine(std::span<const std::shared_ptr<const LineData>> lines);

/// The last y at or before x; NaN where the line has none.
double valueAt(const LineData& line, double x);

/// A cell in the legend and value table.
struct CurveSeries {
    QString name;  // "L 256 · k/L 0.5, mean of 3 seeds"
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    std::shared_ptr<const LineData> training;  // null where not measured
    std::shared_ptr<const LineData> validation;
};

struct CurveChoice {
    Quantity quantity = Quantity::Loss;
    CurveAxis axis = CurveAxis::Step;
    SeedLines seeds = SeedLines::Shown;
    Background background = Background::Light;
    bool operator==(const CurveChoice&) const = default;
};

/// Turns recorded curves into lines and legend rows; keeps what did not change since the last call.
class CurveLines {
public:
    void build(const runs::Study& study, const CurveStore& curves, std::vector<CellKey> cells,
               const CurveChoice& choice);
    const std::vector<PlotLine>& lines() const { return m_lines; }
    const std::vector<CurveSeries>& series() const { return m_series; }

private:
    struct Cached {
        std::uint64_t revision = 0;
        std::shared_ptr<const LineData> data;
    };
    std::shared_ptr<const LineData> lineFor(const CurveStore& curves, const runs::RunId& id,
                                            Split split);
    void addCell(const runs::Study& study, const CurveStore& curves, const CellKey& cell,
                 Qt::PenStyle style);

    CurveChoice m_choice;
    std::map<std::pair<runs::RunId, Split>, Cached> m_cache;
    std::map<QString, std::pair<std::vector<std::shared_ptr<const LineData>>,
                                std::shared_ptr<const LineData>>>
        m_means;
    std::vector<PlotLine> m_lines;
    std::vector<CurveSeries> m_series;
};

}  // namespace ui
