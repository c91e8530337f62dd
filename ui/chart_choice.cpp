// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chart_choice.h"

#include <QChart>
#include <QCoreApplication>
#include <array>

#include "ui/box_plot_chart.h"
#include "ui/efficiency_chart.h"
#include "ui/optimal_ratio_chart.h"
#include "ui/pareto_chart.h"

namespace ui {
namespace {

constexpr std::array kKinds = {ChartKind::BoxPlot, ChartKind::OptimalRatio, ChartKind::Pareto,
                               ChartKind::StepTime, ChartKind::PeakMemory};

QString tr(const char* text) {
    return QCoreApplication::translate("Charts", text);
}

QString baseName(ChartKind kind) {
    switch (kind) {
        case ChartKind::BoxPlot:
            return QStringLiteral("boxplot");
        case ChartKind::OptimalRatio:
            return QStringLiteral("optimal_ratio_bootstrap");
        case ChartKind::StepTime:
            return QStringLiteral("step_time");
        case ChartKind::PeakMemory:
            return QStringLiteral("peak_memory");
        case ChartKind::Pareto:
            return QStringLiteral("pareto");
    }
    return {};
}

template <class Data, class Make>
ChartMaker makerOf(Data data, bool filled, Make make) {
    if (!filled) return {};
    return [data = std::move(data), make](const ChartLook& look) { return make(data, look); };
}

}  // namespace

std::span<const ChartKind> allChartKinds() {
    return kKinds;
}

QString title(ChartKind kind) {
    switch (kind) {
        case ChartKind::BoxPlot:
            return tr("Final loss by keep ratio");
        case ChartKind::OptimalRatio:
            return tr("Best keep ratio by length");
        case ChartKind::StepTime:
            return tr("Time per step by keep ratio");
        case ChartKind::PeakMemory:
            return tr("Peak memory by keep ratio");
        case ChartKind::Pareto:
            return tr("Loss against time");
    }
    return {};
}

bool isOfOneLength(ChartKind kind) {
    return kind == ChartKind::BoxPlot || kind == ChartKind::Pareto;
}

bool needsTiming(ChartKind kind) {
    return kind == ChartKind::StepTime || kind == ChartKind::PeakMemory ||
           kind == ChartKind::Pareto;
}

QString fileName(const ChartChoice& choice) {
    const QString name = baseName(choice.kind);
    if (!isOfOneLength(choice.kind)) return name;
    return QStringLiteral("%1_L%2").arg(name).arg(choice.length, 4, 10, QLatin1Char('0'));
}

ChartMaker chartMaker(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                      const ChartChoice& choice) {
    switch (choice.kind) {
        case ChartKind::BoxPlot: {
            BoxPlotData data = boxPlotData(results, analysis, choice.length);
            const bool filled = !data.boxes.empty();
            return makerOf(std::move(data), filled, boxPlotChart);
        }
        case ChartKind::OptimalRatio: {
            OptimalRatioData data = optimalRatioData(analysis);
            const bool filled = !data.lengths.empty();
            return makerOf(std::move(data), filled, optimalRatioChart);
        }
        case ChartKind::StepTime:
        case ChartKind::PeakMemory: {
            EfficiencyData data = efficiencyData(results);
            const bool filled = !data.lines.empty();
            const auto quantity = choice.kind == ChartKind::StepTime
                                      ? EfficiencyQuantity::StepTime
                                      : EfficiencyQuantity::PeakMemory;
            return makerOf(std::move(data), filled, [quantity](const auto& kept, const auto& look) {
                return efficiencyChart(kept, quantity, look);
            });
        }
        case ChartKind::Pareto: {
            ParetoData data = paretoData(results, analysis, choice.length);
            const bool filled = !data.points.empty();
            return makerOf(std::move(data), filled, paretoChart);
        }
    }
    return {};
}

}  // namespace ui
