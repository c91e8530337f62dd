// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/optimal_ratio_chart.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QCoreApplication>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QScatterSeries>
#include <QStackedBarSeries>
#include <QValueAxis>
#include <map>

#include "ui/plot_colours.h"
#include "ui/text.h"

namespace ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Charts", text);
}

QString optimumText(const OptimumData& optimum) {
    QString text = tr("L %1: best k/L %2 (k %3), mean loss %4 nats/token")
                       .arg(optimum.length)
                       .arg(ratioText(optimum.best.keepRatio), counted(optimum.keep),
                            significant(optimum.meanLoss, 5));
    if (optimum.lower)
        text += tr("\nbest in %1 % of the resamples: k/L %2 to %3 (%4 seeds)")
                    .arg(100.0 * optimum.covered, 0, 'f', 0)
                    .arg(ratioText(*optimum.lower), ratioText(*optimum.upper))
                    .arg(optimum.seeds);
    return text;
}

/// One set per ratio, so that each has its colour; a length has height in one of them only.
void addBars(QChart& chart, const OptimalRatioData& data, const ChartLook& look) {
    std::map<std::size_t, ChartRatio> used;
    for (const OptimumData& optimum : data.lengths) used[optimum.best.index] = optimum.best;
    auto* series = new QStackedBarSeries;
    series->setBarWidth(0.5);
    for (const auto& [index, ratio] : used) {
        auto* set = new QBarSet(tr("k/L %1").arg(ratioText(ratio.keepRatio)));
        for (const OptimumData& optimum : data.lengths)
            *set << (optimum.best.index == index ? ratio.keepRatio : 0.0);
        set->setColor(look.colourOf(ratio));
        set->setBorderColor(look.palette.color(QPalette::Base));
        series->append(set);
    }
    QObject::connect(series, &QAbstractBarSeries::hovered, series,
                     [lengths = data.lengths](bool over, int at) {
                         showAtMouse(over, optimumText(lengths[static_cast<std::size_t>(at)]));
                     });
    chart.addSeries(series);
    // Taken from its series, the marker of a bar is an empty square.
    for (QLegendMarker* marker : chart.legend()->markers(series))
        marker->setShape(QLegend::MarkerShapeRectangle);
}

void addIntervals(QChart& chart, const OptimalRatioData& data, const ChartLook& look) {
    const QColor text = look.palette.color(QPalette::Text);
    QScatterSeries* equal = addPoints(chart, {}, look.palette.color(QPalette::Base), 8);
    equal->setBorderColor(text);
    hideFromLegend(chart, *equal);
    for (std::size_t at = 0; at < data.lengths.size(); ++at) {
        const auto x = static_cast<double>(at);
        const OptimumData& optimum = data.lengths[at];
        if (optimum.lower)
            addInterval(chart, x, *optimum.lower, *optimum.upper, 0.08, QPen(text, 1.5));
        for (const double ratio : optimum.equal) equal->append(x + 0.32, ratio);
    }
}

void addBaseline(QChart& chart, const OptimalRatioData& data, const ChartLook& look) {
    auto* line = new QLineSeries;
    line->append(-0.5, data.baseline);
    line->append(static_cast<double>(data.lengths.size()) - 0.5, data.baseline);
    line->setPen(QPen(neutralColour(backgroundOf(look.palette)), 1.5, Qt::DashLine));
    chart.addSeries(line);
    hideFromLegend(chart, *line);
}

QString captionOf(const OptimalRatioData& data) {
    QString caption =
        tr("Bar: keep ratio with the lowest mean loss. Interval: the ratios between the %1 % and "
           "the %2 % point of the bootstrap distribution of the best ratio (seeds resampled as "
           "wholes). Open points: not distinguishable from the best. Dashed: the baseline k/L %3.")
            .arg(50.0 * (1.0 - data.level))
            .arg(50.0 * (1.0 + data.level))
            .arg(ratioText(data.baseline));
    std::size_t fewest = data.lengths.empty() ? 0 : data.lengths.front().seeds;
    for (const OptimumData& optimum : data.lengths) fewest = std::min(fewest, optimum.seeds);
    if (fewest < 2) {
        caption += tr(" A length with fewer than two complete seeds has no interval.");
    } else if (fewest < 6) {
        caption += tr(" From %1 seeds the interval is too narrow: the open points are the safer "
                      "reading.")
                       .arg(fewest);
    }
    return caption;
}

}  // namespace

StudyChart optimalRatioChart(const OptimalRatioData& data, const ChartLook& look) {
    StudyChart content{makeChart(look, tr("Keep ratio with the lowest loss")), captionOf(data)};
    QChart& chart = *content.chart;
    addBars(chart, data, look);
    addBaseline(chart, data, look);
    addIntervals(chart, data, look);
    QStringList names;  // in two lines, that fit under a narrow bar
    for (const OptimumData& optimum : data.lengths)
        names.push_back(QStringLiteral("%1<br>k %2").arg(optimum.length).arg(optimum.keep));
    auto* across = new QBarCategoryAxis;
    across->append(names);
    auto* up = new QValueAxis;
    styleAxis(*across, look, tr("sequence length L (tokens), with the best k"));
    styleAxis(*up, look, tr("keep ratio k/L"));
    across->setGridLineVisible(false);
    up->setRange(0.0, 1.0);
    up->setTickCount(6);
    up->setLabelFormat(QStringLiteral("%.1f"));
    chart.addAxis(across, Qt::AlignBottom);
    chart.addAxis(up, Qt::AlignLeft);
    for (QAbstractSeries* series : chart.series()) {
        series->attachAxis(across);
        series->attachAxis(up);
    }
    return content;
}

}  // namespace ui
