// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study_chart.h"

#include <qcustomplot.h>

#include <QAbstractAxis>
#include <QChart>
#include <QCursor>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QGuiApplication>
#include <QLegendMarker>
#include <QLineSeries>
#include <QScatterSeries>
#include <QToolTip>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/plot_colours.h"

namespace ui {
namespace {

constexpr int kMargin = 12;

/// Decimals that tell neighbouring ticks apart.
int decimalsOf(double step) {
    return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9);
}

void paintChart(QCPPainter& painter, StudyChart content, const QSize& size) {
    const ChartLook look = paperLook();
    painter.fillRect(QRect(QPoint(0, 0), size), Qt::white);
    const QRectF room(kMargin, 0, size.width() - 2 * kMargin, size.height());
    const int flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
    const double caption =
        QFontMetricsF(look.font).boundingRect(room, flags, content.caption).height();
    const double height = size.height() - caption - kMargin;
    QGraphicsScene scene;
    QChart* chart = content.chart.release();
    scene.addItem(chart);  // owns it now
    chart->resize(size.width(), height);
    chart->layout()->activate();
    const QRectF area(0, 0, size.width(), height);
    scene.setSceneRect(area);
    scene.render(&painter, area, area);
    painter.setFont(look.font);
    painter.setPen(blended(Qt::black, Qt::white, 0.7));
    painter.drawText(room.translated(0, height), flags, content.caption);
}

}  // namespace

ChartLook paperLook() {
    return {paperPalette(), QGuiApplication::font()};
}

QColor ChartLook::colourOf(const ChartRatio& ratio) const {
    if (ratio.dense) return neutralColour(backgroundOf(palette));
    return colourOf(ratio.index, ratio.count);
}

QColor ChartLook::colourOf(std::size_t index, std::size_t count) const {
    return orderedColour(index, count, backgroundOf(palette));
}

std::unique_ptr<QChart> makeChart(const ChartLook& look, const QString& title) {
    auto chart = std::make_unique<QChart>();
    QFont heading = look.font;
    heading.setBold(true);
    chart->setTitle(title);
    chart->setTitleFont(heading);
    chart->setTitleBrush(look.palette.color(QPalette::Text));
    chart->setBackgroundBrush(look.palette.color(QPalette::Base));
    chart->setBackgroundPen(Qt::NoPen);
    chart->setBackgroundRoundness(0);
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->setMargins({kMargin, 4, kMargin, 4});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->legend()->setAlignment(Qt::AlignBottom);
    chart->legend()->setFont(look.font);
    chart->legend()->setLabelColor(look.palette.color(QPalette::Text));
    chart->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    return chart;
}

void styleAxis(QAbstractAxis& axis, const ChartLook& look, const QString& title) {
    const QColor base = look.palette.color(QPalette::Base);
    const QColor text = look.palette.color(QPalette::Text);
    axis.setTitleText(title);
    axis.setTitleFont(look.font);
    axis.setTitleBrush(text);
    axis.setLabelsFont(look.font);
    axis.setLabelsColor(text);
    axis.setLinePen(QPen(blended(text, base, 0.55), 1));
    axis.setGridLinePen(QPen(blended(text, base, 0.12), 1));
    axis.setMinorGridLineVisible(false);
}

void roundRange(QValueAxis& axis, double low, double high) {
    if (!(high > low)) {
        const double pad = low != 0.0 ? 0.05 * std::abs(low) : 1.0;
        low -= pad;
        high += pad;
    }
    axis.setRange(low, high);
    axis.setTickCount(6);
    axis.applyNiceNumbers();
    const double step = (axis.max() - axis.min()) / (axis.tickCount() - 1);
    axis.setLabelFormat(QStringLiteral("%.%1f").arg(decimalsOf(step)));
}

void addInterval(QChart& chart, double x, double low, double high, double cap, const QPen& pen) {
    auto* bar = new QLineSeries;
    for (const QPointF& point : {QPointF(x - cap, high), QPointF(x + cap, high), QPointF(x, high),
                                 QPointF(x, low), QPointF(x - cap, low), QPointF(x + cap, low)})
        bar->append(point);
    bar->setPen(pen);
    chart.addSeries(bar);
    hideFromLegend(chart, *bar);
}

QScatterSeries* addPoints(QChart& chart, const QString& name, const QColor& colour, double size) {
    auto* points = new QScatterSeries;
    points->setName(name);
    points->setMarkerSize(size);
    points->setColor(colour);
    points->setBorderColor(Qt::transparent);
    chart.addSeries(points);
    return points;
}

void hideFromLegend(QChart& chart, QXYSeries& series) {
    for (QLegendMarker* marker : chart.legend()->markers(&series)) marker->setVisible(false);
}

void showAtMouse(bool over, const QString& text) {
    if (over) {
        QToolTip::showText(QCursor::pos(), text);
    } else {
        QToolTip::hideText();
    }
}

Figure chartFigure(std::function<StudyChart(const ChartLook&)> make, const QSize& size) {
    return {size, [make = std::move(make), size](QCPPainter& painter) {
                paintChart(painter, make(paperLook()), size);
            }};
}

}  // namespace ui
