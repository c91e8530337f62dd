// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/efficiency_chart.h"

#include <QChart>
#include <QCoreApplication>
#include <QLegend>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/plot_colours.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr double kMostOnLinearScale = 20.0;  // largest over smallest value

QString tr(const char* text) {
    return QCoreApplication::translate("Charts", text);
}

double valueOf(const EfficiencyPoint& point, EfficiencyQuantity quantity) {
    return quantity == EfficiencyQuantity::StepTime ? point.medianMs : point.peakBytes / 1e6;
}

QString pointText(const EfficiencyPoint& point, std::int64_t length) {
    return tr("L %1 · k/L %2 · k %3\n%4 ms per step, quartiles %5 to %6 ms\npeak memory %7")
        .arg(length)
        .arg(nameOf(point.ratio), counted(point.keep), significant(point.medianMs),
             significant(point.lowerQuartileMs), significant(point.upperQuartileMs),
             dataSize(point.peakBytes));
}

struct Drawn {
    double low = HUGE_VAL;
    double high = 0.0;
};

void addLine(QChart& chart, const EfficiencyLine& data, EfficiencyQuantity quantity,
             const QColor& colour, Drawn& drawn) {
    auto* line = new QLineSeries;
    line->setName(tr("L %1").arg(data.length));
    line->setPen(QPen(colour, 2));
    line->setColor(colour);
    chart.addSeries(line);
    QScatterSeries* points = addPoints(chart, line->name(), colour, 8);
    hideFromLegend(chart, *points);
    for (const EfficiencyPoint& point : data.points) {
        const double value = valueOf(point, quantity);
        const double x = point.ratio.dense ? 1.0 : point.ratio.keepRatio;
        drawn.low = std::min(drawn.low, value);
        drawn.high = std::max(drawn.high, value);
        points->append(x, value);
        if (!point.ratio.dense) line->append(x, value);
        if (quantity != EfficiencyQuantity::StepTime) continue;
        drawn.low = std::min(drawn.low, point.lowerQuartileMs);
        drawn.high = std::max(drawn.high, point.upperQuartileMs);
        addInterval(chart, x, point.lowerQuartileMs, point.upperQuartileMs, 0.008, QPen(colour, 1));
    }
    QObject::connect(
        points, &QXYSeries::hovered, points, [data, points](const QPointF& at, bool over) {
            const qsizetype place = points->points().indexOf(at);
            if (place < 0) return showAtMouse(false, {});
            showAtMouse(over, pointText(data.points[static_cast<std::size_t>(place)], data.length));
        });
}

QAbstractAxis* valueAxis(const Drawn& drawn) {
    if (drawn.high > kMostOnLinearScale * drawn.low) {
        auto* axis = new QLogValueAxis;
        axis->setBase(10.0);
        axis->setRange(std::pow(10.0, std::floor(std::log10(drawn.low))),
                       std::pow(10.0, std::ceil(std::log10(drawn.high))));
        axis->setLabelFormat(QStringLiteral("%g"));
        axis->setMinorTickCount(8);
        return axis;
    }
    auto* axis = new QValueAxis;
    roundRange(*axis, 0.0, drawn.high);
    return axis;
}

}  // namespace

StudyChart efficiencyChart(const EfficiencyData& data, EfficiencyQuantity quantity,
                           const ChartLook& look) {
    const bool time = quantity == EfficiencyQuantity::StepTime;
    StudyChart content{
        makeChart(look, time ? tr("Time per training step") : tr("Peak memory of training")),
        time ? tr("Each cell alone on %1, cells in shuffled order: medians, bars from the lower to "
                  "the upper quartile.")
                   .arg(data.device)
             : tr("Each cell alone on %1: the highest use while it trained.").arg(data.device)};
    QChart& chart = *content.chart;
    Drawn drawn;
    bool dense = false;
    for (std::size_t at = 0; at < data.lines.size(); ++at) {
        addLine(chart, data.lines[at], quantity, look.colourOf(at, data.lines.size()), drawn);
        dense = dense || data.lines[at].points.back().ratio.dense;
    }
    if (dense) content.caption += tr(" The points at k/L = 1 are dense attention.");
    auto* across = new QValueAxis;
    across->setRange(0.0, 1.0);
    across->setTickCount(6);
    across->setLabelFormat(QStringLiteral("%.1f"));
    styleAxis(*across, look, tr("keep ratio k/L"));
    chart.addAxis(across, Qt::AlignBottom);
    QAbstractAxis* up = valueAxis(drawn);
    styleAxis(*up, look, time ? tr("time per step (ms)") : tr("peak memory (MB)"));
    chart.addAxis(up, Qt::AlignLeft);
    for (QAbstractSeries* series : chart.series()) {
        series->attachAxis(across);
        series->attachAxis(up);
    }
    return content;
}

}  // namespace ui
