// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/box_plot_chart.h"

#include <QBarCategoryAxis>
#include <QBoxPlotSeries>
#include <QBoxSet>
#include <QChart>
#include <QCoreApplication>
#include <QLegend>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/plot_colours.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr std::size_t kMostPoints = 20;  // of a cell; more hide the box
constexpr std::size_t kFewRuns = 6;      // a box of fewer runs is little more than the runs

QString tr(const char* text) {
    return QCoreApplication::translate("Charts", text);
}

QString boxText(const BoxData& box) {
    const stats::Descriptives& numbers = *box.description;
    return tr("k/L %1 · k %2 · n = %3\nmedian %4\nquartiles %5 to %6\nextremes %7 to %8\n"
              "mean %9 nats/token")
        .arg(nameOf(box.ratio), counted(box.keep))
        .arg(box.losses.size())
        .arg(significant(numbers.median, 6), significant(numbers.lowerQuartile, 6),
             significant(numbers.upperQuartile, 6), significant(numbers.minimum, 6),
             significant(numbers.maximum, 6), significant(numbers.mean, 6));
}

void addBoxes(QChart& chart, const BoxPlotData& data, const ChartLook& look) {
    auto* series = new QBoxPlotSeries;
    series->setBoxOutlineVisible(true);
    series->setBoxWidth(0.55);
    for (const BoxData& box : data.boxes) {
        auto* set = new QBoxSet(nameOf(box.ratio));
        if (box.description) {
            const stats::Descriptives& numbers = *box.description;
            *set << numbers.minimum << numbers.lowerQuartile << numbers.median
                 << numbers.upperQuartile << numbers.maximum;
        } else {  // one run: a line at it, hidden below its point
            for (int at = 0; at < 5; ++at) *set << box.losses.front();
        }
        const QColor colour = look.colourOf(box.ratio);
        set->setPen(QPen(colour, 1.5));
        set->setBrush(blended(colour, look.palette.color(QPalette::Base), 0.25));
        series->append(set);
        if (box.description)
            QObject::connect(set, &QBoxSet::hovered, set,
                             [text = boxText(box)](bool over) { showAtMouse(over, text); });
    }
    chart.addSeries(series);
}

void addRuns(QChart& chart, const BoxData& box, double place, const ChartLook& look) {
    if (box.losses.size() > kMostPoints) return;
    QScatterSeries* points = addPoints(chart, nameOf(box.ratio), look.colourOf(box.ratio), 8);
    points->setBorderColor(look.palette.color(QPalette::Text));
    const double count = static_cast<double>(box.losses.size());
    // A seed stands at the same side of every box, so that its losses can be followed.
    const double step = std::min(0.12, 0.5 / count);
    for (std::size_t at = 0; at < box.losses.size(); ++at)
        points->append(place + (static_cast<double>(at) - (count - 1) / 2) * step, box.losses[at]);
    QObject::connect(points, &QXYSeries::hovered, points,
                     [box, points](const QPointF& point, bool over) {
                         const qsizetype at = points->points().indexOf(point);
                         if (at < 0) return showAtMouse(false, {});
                         const auto run = static_cast<std::size_t>(at);
                         showAtMouse(over, tr("k/L %1 · seed %2: %3 nats/token")
                                               .arg(nameOf(box.ratio))
                                               .arg(box.seeds[run])
                                               .arg(significant(box.losses[run], 6)));
                     });
}

QString captionOf(const BoxPlotData& data) {
    std::size_t fewest = kMostPoints;
    for (const BoxData& box : data.boxes) fewest = std::min(fewest, box.losses.size());
    QString caption =
        tr("Points: single runs, one per seed, from left to right in the order of "
           "the seeds. Box: quartiles and median; whiskers: extremes.");
    if (fewest < kFewRuns)
        caption +=
            tr(" With %1 runs in a cell the box says hardly more than the points.").arg(fewest);
    return caption;
}

}  // namespace

StudyChart boxPlotChart(const BoxPlotData& data, const ChartLook& look) {
    StudyChart content{makeChart(look, tr("Final loss at L = %1").arg(data.length)),
                       captionOf(data)};
    QChart& chart = *content.chart;
    addBoxes(chart, data, look);
    QStringList names;
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (std::size_t at = 0; at < data.boxes.size(); ++at) {
        const BoxData& box = data.boxes[at];
        names.push_back(nameOf(box.ratio));
        addRuns(chart, box, static_cast<double>(at), look);
        low = std::min(low, *std::min_element(box.losses.begin(), box.losses.end()));
        high = std::max(high, *std::max_element(box.losses.begin(), box.losses.end()));
    }
    auto* across = new QBarCategoryAxis;
    across->append(names);
    auto* up = new QValueAxis;
    styleAxis(*across, look, tr("keep ratio k/L"));
    styleAxis(*up, look, tr("final validation loss (nats/token)"));
    across->setGridLineVisible(false);
    chart.addAxis(across, Qt::AlignBottom);
    chart.addAxis(up, Qt::AlignLeft);
    for (QAbstractSeries* series : chart.series()) {
        series->attachAxis(across);
        series->attachAxis(up);
    }
    roundRange(*up, low, high);
    chart.legend()->hide();  // the axis names the ratios
    return content;
}

}  // namespace ui
