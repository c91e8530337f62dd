// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study_figures.h"

#include <qcustomplot.h>

#include <QChart>
#include <QCoreApplication>
#include <algorithm>
#include <functional>

#include "ui/chart_choice.h"
#include "ui/curve_figure.h"
#include "ui/figure_panels.h"
#include "ui/heatmap.h"
#include "ui/heatmap_plot.h"

namespace ui {
namespace {

using Data = std::shared_ptr<const FigureData>;
using PanelOf = FigurePanel (*)(const FigureData& data);

QString tr(const char* text) {
    return QCoreApplication::translate("ui::StudyFigures", text);
}

QCPLayoutGrid& placeAt(QCustomPlot& plot, int row, int column) {
    auto* place = new QCPLayoutGrid;
    plot.plotLayout()->addElement(row, column, place);
    return *place;
}

/// The names of the lengths, where a panel has data to explain.
void addLengthLegend(QCustomPlot& plot, int row, const FigurePanel& panel) {
    if (plot.axisRectCount() == 0 || panel.series.size() < 2) return;
    auto* place = new QCPLayoutGrid;
    plot.plotLayout()->addElement(row, 0, place);
    addLegend(plot, *place, legendOf(panel), LegendShape::Row);
}

void drawOverview(QCPPainter& painter, const FigureData& data, const QSize& size) {
    QCustomPlot plot;
    prepareFigure(plot);
    QCPLayoutGrid* const layout = plot.plotLayout();
    // The legend runs below all columns, so the nine panels have a layout of their own.
    auto* grid = new QCPLayoutGrid;
    layout->addElement(0, 0, grid);
    const auto at = [&](int row, int column) -> QCPLayoutGrid& {
        auto* place = new QCPLayoutGrid;
        grid->addElement(row, column, place);
        return *place;
    };
    const FigurePanel loss = lossPanel(data);
    addPanel(plot, at(0, 0), loss);
    addPanel(plot, at(0, 1), accuracyPanel(data));
    addPanel(plot, at(0, 2), timePanel(data));
    addPanel(plot, at(1, 0), optimalRatioPanel(data));
    addPanel(plot, at(1, 1), optimalKeepPanel(data));
    addPanel(plot, at(1, 2), improvementPanel(data));
    addPanel(plot, at(2, 0), effectPanel(data));
    addLossMap(plot, at(2, 1), data);
    addText(plot, at(2, 2), tr("Summary"), summaryLines(data));
    grid->setColumnSpacing(26);
    grid->setRowSpacing(18);
    addLengthLegend(plot, 1, loss);
    layout->setMargins(QMargins(14, 14, 14, 10));
    plot.toPainter(&painter, size.width(), size.height());
}

void drawPanel(QCPPainter& painter, const FigurePanel& panel, const QSize& size) {
    QCustomPlot plot;
    prepareFigure(plot);
    addPanel(plot, placeAt(plot, 0, 0), panel);
    if (panel.axis == PanelAxis::KeepRatio) addLengthLegend(plot, 1, panel);
    plot.plotLayout()->setMargins(QMargins(14, 12, 18, 10));
    plot.toPainter(&painter, size.width(), size.height());
}

QString runsText(const FigureData& data) {
    return tr("%1 of %2 runs, %3 seeds")
        .arg(data.table.count(runs::RunStatus::Done))
        .arg(data.table.planned())
        .arg(data.table.seeds.size());
}

StudyFigure panelFigure(const Data& data, const char* name, PanelOf panelOf) {
    const QSize size(720, 480);
    const FigurePanel panel = panelOf(*data);
    return {QStringLiteral("figures/") + QLatin1String(name),
            QStringLiteral("%1: %2 (%3).").arg(panel.title, panel.note, runsText(*data)),
            {size, [panel, size](QCPPainter& painter) { drawPanel(painter, panel, size); }}};
}

/// One heatmap of every quantity that was measured; the report shows those that no other figure
/// tells.
void addHeatmaps(std::vector<StudyFigure>& figures, const FigureData& data) {
    if (!data.analysis) return;
    for (const HeatmapQuantity& quantity : heatmapQuantities(data.table)) {
        const Heatmap map = makeHeatmap(data.table, &*data.analysis, quantity);
        const bool hasValues =
            std::any_of(map.cells.begin(), map.cells.end(),
                        [](const HeatmapCell& cell) { return cell.value.has_value(); });
        if (!hasValues) continue;
        const bool isShown = quantity.kind == HeatmapKind::ImprovementOverBaseline ||
                             quantity.kind == HeatmapKind::ProbabilityOfBest;
        figures.push_back({QStringLiteral("figures/heatmap_") + fileName(quantity),
                           QStringLiteral("%1 (%2).").arg(map.title, runsText(data)),
                           heatmapFigure(map), isShown ? runs::Choice::Yes : runs::Choice::No});
    }
}

/// Whether the report shows the chart; its panels tell the others' numbers.
runs::Choice inReport(ChartKind kind) {
    const bool isTold = kind == ChartKind::OptimalRatio || kind == ChartKind::StepTime;
    return isTold ? runs::Choice::No : runs::Choice::Yes;
}

/// Every chart of the window's page, for every length where a chart is of one.
void addCharts(std::vector<StudyFigure>& figures, const FigureData& data) {
    const stats::GridAnalysis* analysis = data.analysis ? &*data.analysis : nullptr;
    for (const ChartKind kind : allChartKinds()) {
        const std::vector<std::int64_t> all{0};
        for (const std::int64_t length : isOfOneLength(kind) ? data.table.lengths : all) {
            const ChartChoice choice{kind, length};
            const ChartMaker maker = chartMaker(data.table, analysis, choice);
            if (!maker) continue;
            const StudyChart chart = maker(paperLook());
            figures.push_back({QStringLiteral("figures/") + fileName(choice),
                               QStringLiteral("%1. %2").arg(chart.chart->title(), chart.caption),
                               chartFigure(maker), inReport(kind)});
        }
    }
}

}  // namespace

Figure overviewFigure(std::shared_ptr<const FigureData> data) {
    const QSize size(1560, 1320);
    return {size, [data = std::move(data), size](QCPPainter& painter) {
                drawOverview(painter, *data, size);
            }};
}

std::vector<StudyFigure> studyFigures(std::shared_ptr<const FigureData> data) {
    std::vector<StudyFigure> figures;
    figures.push_back({QStringLiteral("sparsity_analysis"),
                       tr("Overview: loss, accuracy, time, optimum, improvement and effect size "
                          "over all lengths (%1).")
                           .arg(runsText(*data)),
                       overviewFigure(data)});
    const std::pair<const char*, PanelOf> panels[] = {{"loss", lossPanel},
                                                      {"accuracy", accuracyPanel},
                                                      {"time", timePanel},
                                                      {"optimal_keep_ratio", optimalRatioPanel},
                                                      {"optimal_k", optimalKeepPanel},
                                                      {"improvement", improvementPanel},
                                                      {"effect_size", effectPanel}};
    for (const auto& [name, panelOf] : panels) {
        if (panelOf(*data).empty.isEmpty()) figures.push_back(panelFigure(data, name, panelOf));
    }
    for (const std::int64_t length : data->table.lengths) {
        if (!hasCurves(*data, length)) continue;
        figures.push_back(
            {QStringLiteral("figures/curves_L%1").arg(length, 4, 10, QLatin1Char('0')),
             tr("Validation loss while training at L = %1: mean over seeds (thick) with one "
                "standard deviation, each seed thin.")
                 .arg(length),
             curveFigure(data, length)});
    }
    addHeatmaps(figures, *data);
    addCharts(figures, *data);
    return figures;
}

}  // namespace ui
