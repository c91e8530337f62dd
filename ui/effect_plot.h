// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "stats/interval.h"
#include "ui/themed_plot.h"

class QCPErrorBars;
class QCPGraph;
class QCPItemStraightLine;

namespace ui {

/// One line of the plot: an estimate with its interval.
struct EffectLine {
    QString name;
    double value = 0;
    stats::Interval interval;
};

/// Forest plot: estimates with their intervals, one below the other, about a line at 0.
class EffectPlot : public ThemedPlot {
    Q_OBJECT
public:
    explicit EffectPlot(QWidget* parent = nullptr);
    /// `title`: of the axis, with its unit.
    void setEffects(const std::vector<EffectLine>& effects, const QString& title);
    int effectCount() const;

protected:
    void applyColours(const QPalette& palette) override;

private:
    QCPGraph* m_points;
    QCPErrorBars* m_bars;
    QCPItemStraightLine* m_zero;
};

}  // namespace ui
