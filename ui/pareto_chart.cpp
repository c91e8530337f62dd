// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pareto_chart.h"

#include <QChart>
#include <QCoreApplication>
#include <QLegend>
#include <QLineSeries>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/plot_colours.h"
#include "ui/text.h"

namespace ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Charts", text);
}

QString pointText(const ParetoPoint& point) {
    QString text = tr("k/L %1 · k %2\n%3 ms per step, loss %4 nats/token")
                       .arg(nameOf(point.time.ratio), counted(point.time.keep),
                            significant(point.time.medianMs), significant(point.loss, 6));
    if (const auto& spread = point.description)
        text += tr("\n%1 % interval %2 to %3 (n = %4)")
                    .arg(100.0 * spread->conf)
                    .arg(significant(spread->meanInterval.lower, 5),
                         significant(spread->meanInterval.upper, 5))
                    .arg(spread->n);
    text += point.onFront ? tr("\non the front: no other ratio is as good in both")
                          : tr("\nanother ratio is at least as fast and has no higher loss");
    return text;
}

void addPoint(QChart& chart, const ParetoPoint& point, const ChartLook& look) {
    const QColor base = look.palette.color(QPalette::Base);
    const QColor text = look.palette.color(QPalette::Text);
    const QColor full = look.colourOf(point.time.ratio);
    const double strength = point.onFront ? 1.0 : 0.45;
    QScatterSeries* series =
        addPoints(chart, {}, blended(full, base, strength), point.onFront ? 11 : 9);
    series->append(point.time.medianMs, point.loss);
    series->setBorderColor(blended(text, base, point.onFront ? 0.8 : 0.3));
    series->setPointLabelsVisible(true);
    series->setPointLabelsFormat(nameOf(point.time.ratio));
    series->setPointLabelsFont(look.font);
    series->setPointLabelsColor(blended(text, base, point.onFront ? 1.0 : 0.6));
    series->setPointLabelsClipping(false);
    hideFromLegend(chart, *series);
    QObject::connect(
        series, &QXYSeries::hovered, series,
        [words = pointText(point)](const QPointF&, bool over) { showAtMouse(over, words); });
}

}  // namespace

StudyChart paretoChart(const ParetoData& data, const ChartLook& look) {
    StudyChart content{
        makeChart(look, tr("Loss against time at L = %1").arg(data.length)),
        tr("Labels: keep ratio k/L. Line: the front, ratios that no other one beats in both mean "
           "loss and median time per step (each cell alone on %1). Loss differences within their "
           "intervals (see Heatmap, p value) do not decide the front.")
            .arg(data.device)};
    QChart& chart = *content.chart;
    auto* front = new QLineSeries;
    front->setName(tr("Pareto front"));
    front->setPen(QPen(
        blended(look.palette.color(QPalette::Text), look.palette.color(QPalette::Base), 0.6), 1.5));
    for (const std::size_t position : data.front)
        front->append(data.points[position].time.medianMs, data.points[position].loss);
    chart.addSeries(front);
    double left = HUGE_VAL, right = 0.0, low = HUGE_VAL, high = -HUGE_VAL;
    for (const ParetoPoint& point : data.points) {
        addPoint(chart, point, look);
        left = std::min(left, point.time.medianMs);
        right = std::max(right, point.time.medianMs);
        low = std::min(low, point.loss);
        high = std::max(high, point.loss);
    }
    const double room = 0.12 * (high - low);  // for the labels
    auto* across = new QValueAxis;
    auto* up = new QValueAxis;
    styleAxis(*across, look, tr("time per step (ms)"));
    styleAxis(*up, look, tr("final validation loss (nats/token)"));
    chart.addAxis(across, Qt::AlignBottom);
    chart.addAxis(up, Qt::AlignLeft);
    for (QAbstractSeries* series : chart.series()) {
        series->attachAxis(across);
        series->attachAxis(up);
    }
    const double side = 0.06 * (right - left);
    roundRange(*across, left - side, right + side);
    roundRange(*up, low - room, high + room);
    return content;
}

}  // namespace ui
