// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_figure.h"

#include <qcustomplot.h>

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>

#include "stats/descriptives.h"
#include "ui/colour_map.h"
#include "ui/figure_panels.h"
#include "ui/text.h"

namespace ui {
namespace {

struct MeanCurve {
    QVector<double> tokens;
    QVector<double> mean;
    QVector<double> low;
    QVector<double> high;
};

/// Over the points that every finished run of the cell has.
MeanCurve meanOf(const runs::CellOutcome& cell) {
    std::map<std::int64_t, std::vector<double>> losses;
    std::size_t finished = 0;
    for (const runs::RunOutcome& run : cell.runs) {
        if (!run.result) continue;
        ++finished;
        for (const runs::CurvePoint& point : run.result->curve)
            if (std::isfinite(point.validationLoss))
                losses[point.tokens].push_back(point.validationLoss);
    }
    MeanCurve curve;
    for (const auto& [tokens, values] : losses) {
        if (values.size() != finished) continue;
        const double mean = stats::mean(values);
        const double sd = values.size() > 1 ? stats::describe(values, 0.95).sd : 0.0;
        curve.tokens << double(tokens);
        curve.mean << mean;
        curve.low << mean - sd;
        curve.high << mean + sd;
    }
    return curve;
}

QColor faded(QColor colour, float alpha) {
    colour.setAlphaF(alpha);
    return colour;
}

class CurveDrawing {
public:
    explicit CurveDrawing(const QString& title) {
        prepareFigure(m_plot);
        auto* place = new QCPLayoutGrid;
        m_plot.plotLayout()->addElement(0, 0, place);
        FigurePanel panel;
        panel.title = title;
        panel.yTitle =
            QCoreApplication::translate("ui::CurveFigure", "validation loss (nats/token)");
        panel.note = QCoreApplication::translate(
            "ui::CurveFigure", "mean over seeds with one standard deviation; thin: each seed");
        panel.level = 0.0;
        addPanel(m_plot, *place, panel);
        m_x = m_plot.axisRect(0)->axis(QCPAxis::atBottom);
        m_y = m_plot.axisRect(0)->axis(QCPAxis::atLeft);
        m_x->setLabel(QCoreApplication::translate("ui::CurveFigure", "tokens seen (thousands)"));
        m_x->setTicker(QSharedPointer<QCPAxisTicker>::create());
        m_x->setNumberFormat(QStringLiteral("f"));
        m_x->setNumberPrecision(0);
        m_plot.clearItems();
    }

    void addCell(const runs::CellOutcome& cell, const QColor& colour, const QString& name) {
        for (const runs::RunOutcome& run : cell.runs) {
            if (!run.result) continue;
            QVector<double> tokens;
            QVector<double> losses;
            for (const runs::CurvePoint& point : run.result->curve) {
                tokens << double(point.tokens);
                losses << point.validationLoss;
            }
            addLine(tokens, losses, QPen(faded(colour, 0.45F), 0.8));
        }
        const MeanCurve curve = meanOf(cell);
        if (curve.tokens.isEmpty()) return;
        QCPGraph* low = addLine(curve.tokens, curve.low, Qt::NoPen);
        QCPGraph* high = addLine(curve.tokens, curve.high, Qt::NoPen);
        high->setBrush(faded(colour, 0.06F));
        high->setChannelFillGraph(low);
        addLine(curve.tokens, curve.mean, QPen(colour, 2.2));
        m_names.push_back({name, colour, std::nullopt});
    }

    void paint(QCPPainter& painter, const QSize& size) {
        m_x->rescale();
        m_y->rescale();
        const QCPRange x = m_x->range();
        const QCPRange y = m_y->range();
        m_x->setRange(x.lower - 0.02 * x.size(), x.upper + 0.02 * x.size());
        m_y->setRange(y.lower - 0.05 * y.size(), y.upper + 0.05 * y.size());
        auto* place = new QCPLayoutGrid;
        m_plot.plotLayout()->addElement(0, 1, place);
        m_plot.plotLayout()->setColumnStretchFactor(0, 1000);
        addLegend(m_plot, *place, m_names, LegendShape::Column);
        m_plot.plotLayout()->setMargins(QMargins(14, 12, 14, 10));
        m_plot.toPainter(&painter, size.width(), size.height());
    }

private:
    QCPGraph* addLine(QVector<double> tokens, const QVector<double>& values, const QPen& pen) {
        for (double& each : tokens) each /= 1000.0;
        QCPGraph* graph = m_plot.addGraph(m_x, m_y);
        graph->setData(tokens, values, true);
        graph->setPen(pen);
        return graph;
    }

    QCustomPlot m_plot;
    QCPAxis* m_x = nullptr;
    QCPAxis* m_y = nullptr;
    std::vector<LegendEntry> m_names;
};

bool hasCurve(const runs::CellOutcome& cell) {
    return std::any_of(cell.runs.begin(), cell.runs.end(), [](const runs::RunOutcome& run) {
        return run.result && run.result->curve.size() > 1;
    });
}

void draw(QCPPainter& painter, const FigureData& data, std::int64_t length, const QSize& size) {
    CurveDrawing drawing(
        QCoreApplication::translate("ui::CurveFigure", "Validation loss while training, L = %1")
            .arg(length));
    std::vector<double> ratios = data.table.keepRatios;
    std::sort(ratios.begin(), ratios.end());
    for (std::size_t at = 0; at < ratios.size(); ++at) {
        const runs::CellOutcome* cell = data.table.cell(length, ratios[at]);
        if (cell != nullptr && hasCurve(*cell))
            drawing.addCell(
                *cell, orderedColour(at, ratios.size(), Background::Light),
                QStringLiteral("k/L %1 (k %2)").arg(ratioText(ratios[at])).arg(cell->keep));
    }
    const runs::CellOutcome* dense = data.table.denseCell(length);
    if (dense != nullptr && hasCurve(*dense))
        drawing.addCell(*dense, neutralColour(Background::Light),
                        QCoreApplication::translate("ui::CurveFigure", "dense"));
    drawing.paint(painter, size);
}

}  // namespace

bool hasCurves(const FigureData& data, std::int64_t length) {
    return std::any_of(
        data.table.cells.begin(), data.table.cells.end(),
        [&](const runs::CellOutcome& cell) { return cell.length == length && hasCurve(cell); });
}

Figure curveFigure(std::shared_ptr<const FigureData> data, std::int64_t length) {
    const QSize size(860, 520);
    return {size, [data = std::move(data), length, size](QCPPainter& painter) {
                draw(painter, *data, length, size);
            }};
}

}  // namespace ui
