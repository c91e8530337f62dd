// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QStringList>
#include <optional>
#include <vector>

#include "ui/figure_file.h"
#include "ui/figure_series.h"

class QCPLayoutGrid;
class QCustomPlot;

namespace ui {

/// Draws a panel with title, axes and, in light colours of its own, its data into an empty place of
/// the plot's layout.
void addPanel(QCustomPlot& plot, QCPLayoutGrid& place, const FigurePanel& panel);

/// Mean loss of every cell as coloured rectangles with their numbers; the best of each length is
/// outlined.
void addLossMap(QCustomPlot& plot, QCPLayoutGrid& place, const FigureData& data);

/// Wrapped text under a title.
void addText(QCustomPlot& plot, QCPLayoutGrid& place, const QString& title,
             const QStringList& lines);

enum class LegendShape { Row, Column };

/// A line of a legend: a name with the colour and marker of its place among `count` names.
struct LegendEntry {
    QString name;
    QColor colour;
    std::optional<std::size_t> marker;  // place of the marker's shape; empty: a line alone
};

/// Names beside or below the data, no wider and no higher than they are, in the middle of the
/// place.
void addLegend(QCustomPlot& plot, QCPLayoutGrid& place, const std::vector<LegendEntry>& entries,
               LegendShape shape);

/// Entries of the measured series of a panel.
std::vector<LegendEntry> legendOf(const FigurePanel& panel);

/// White paper, no interaction: call it before anything is added.
void prepareFigure(QCustomPlot& plot);

}  // namespace ui
