// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include "stats/grid_residuals.h"
#include "ui/figure_file.h"

class QCPGraph;
class QCPItemStraightLine;
class QCustomPlot;

namespace ui {

/// Quantile-quantile plot of residuals against the normal distribution; the line runs through their
/// quartiles. Hovering names the run of a point.
class QqPlot : public QWidget {
    Q_OBJECT
public:
    explicit QqPlot(QWidget* parent = nullptr);

    /// `ratios`: names of the positions in the plot's points.
    void setResiduals(const stats::ResidualPlot& residuals, const QStringList& ratios);
    void clear();
    int pointCount() const;
    /// Names the point closest to this place, where one is near; else empty.
    QString pointAt(const QPointF& place) const;
    /// Where a point is drawn; for tests.
    QPointF placeOf(int point) const;

    /// As it is drawn now, in colours for paper.
    Figure figure();

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyColours(const QPalette& palette);

    QCustomPlot* m_plot;
    QCPGraph* m_points;
    QCPItemStraightLine* m_line;
    stats::ResidualPlot m_residuals;
    QStringList m_ratios;
};

}  // namespace ui
