// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPalette>
#include <QString>
#include <functional>
#include <memory>

#include "ui/chart_data.h"
#include "ui/colour_map.h"
#include "ui/figure_file.h"

class QAbstractAxis;
class QChart;
class QLegend;
class QScatterSeries;
class QValueAxis;
class QXYSeries;

namespace ui {

/// Colours and font of a chart: those of the window, or of paper.
struct ChartLook {
    QPalette palette;
    QFont font;
    QColor colourOf(const ChartRatio& ratio) const;
    QColor colourOf(std::size_t index, std::size_t count) const;
};

/// Black on white in the program's font: saved figures.
ChartLook paperLook();

/// A chart with what has to be said under it. Hovering shows numbers.
struct StudyChart {
    std::unique_ptr<QChart> chart;
    QString caption;
};

/// An empty chart in these colours: no background frame, legend below the data.
std::unique_ptr<QChart> makeChart(const ChartLook& look, const QString& title);
/// Colours of axis, labels, grid and title.
void styleAxis(QAbstractAxis& axis, const ChartLook& look, const QString& title);
/// A range around these numbers that begins and ends at round ticks, with the decimals they need.
void roundRange(QValueAxis& axis, double low, double high);

/// An interval drawn as a bar with caps at the x of its value, `cap` half as wide; not in the
/// legend.
void addInterval(QChart& chart, double x, double low, double high, double cap, const QPen& pen);
/// Points without a legend entry.
QScatterSeries* addPoints(QChart& chart, const QString& name, const QColor& colour, double size);
void hideFromLegend(QChart& chart, QXYSeries& series);

/// Shows a text at the mouse while it is over something.
void showAtMouse(bool over, const QString& text);

/// The chart on paper, its caption below; made anew when painted.
Figure chartFigure(std::function<StudyChart(const ChartLook&)> make,
                   const QSize& size = {720, 480});

}  // namespace ui
