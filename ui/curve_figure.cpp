// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_figure.h"

#include <qcustomplot.h>

#include <QCoreApplication>
#include <algorithm>
#include <vector>

#include "ui/colour_map.h"
#include "ui/figure_panels.h"
#include "ui/seed_mean.h"
#include "ui/text.h"

namespace ui {
namespace {

/// Against thousands of tokens; as far as the run has got.
std::shared_ptr<const RunLine> lineOf(const runs::RunResult& result) {
    auto line = std::make_shared<RunLine>();
    for (const runs::CurvePoint& point : result.curve) {
        line->steps.push_back(point.step);
        line->data->x.push_back(static_cast<double>(point.tokens) / 1000.0);
        line->data->y.push_back(point.validationLoss);  // not finite: a break
    }
    return line;
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
        std::vector<std::shared_ptr<const RunLine>> seeds;
        for (const runs::RunOutcome& run : cell.runs)
            if (run.result) seeds.push_back(lineOf(*run.result));
        for (const auto& seed : seeds)
            addLine(seed->data->x, seed->data->y, QPen(faded(colour, 0.45F), 0.8));
        SeedMean mean(std::move(seeds), SeedBand::StandardDeviation);
        mean.extend();
        if (mean.mean()->x.empty()) return;
        if (const auto band = mean.band()) {
            QCPGraph* low = addLine(band->x, band->lower, Qt::NoPen);
            QCPGraph* high = addLine(band->x, band->upper, Qt::NoPen);
            high->setBrush(faded(colour, 0.06F));
            high->setChannelFillGraph(low);
        }
        addLine(mean.mean()->x, mean.mean()->y, QPen(colour, 2.2));
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
    QCPGraph* addLine(const std::vector<double>& x, const std::vector<double>& y, const QPen& pen) {
        QCPGraph* graph = m_plot.addGraph(m_x, m_y);
        QVector<QCPGraphData> points;
        for (std::size_t at = 0; at < x.size(); ++at) points.push_back({x[at], y[at]});
        graph->data()->set(points, true);
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
