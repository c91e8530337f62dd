// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "stats/grid_residuals.h"
#include "ui/themed_plot.h"

class QCPGraph;
class QCPItemStraightLine;

namespace ui {

/// Quantile-quantile plot of residuals against the normal distribution; the line runs through their
/// quartiles. Hovering names the run of a point.
class QqPlot : public ThemedPlot {
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

protected:
    void applyColours(const QPalette& palette) override;

private:
    QCPGraph* m_points;
    QCPItemStraightLine* m_line;
    stats::ResidualPlot m_residuals;
    QStringList m_ratios;
};

}  // namespace ui
