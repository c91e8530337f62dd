// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "stats/interval.h"
#include "ui/figure_file.h"

class QCPErrorBars;
class QCPGraph;
class QCPItemStraightLine;
class QCustomPlot;

namespace ui {

/// One line of the plot: an estimate with its interval.
struct EffectLine {
    QString name;
    double value = 0;
    stats::Interval interval;
};

/// Forest plot: estimates with their intervals, one below the other, about a line at 0.
class EffectPlot : public QWidget {
    Q_OBJECT
public:
    explicit EffectPlot(QWidget* parent = nullptr);
    /// `title`: of the axis, with its unit.
    void setEffects(const std::vector<EffectLine>& effects, const QString& title);
    int effectCount() const;

    /// As it is drawn now, in colours for paper.
    Figure figure();

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyColours(const QPalette& palette);

    QCustomPlot* m_plot;
    QCPGraph* m_points;
    QCPErrorBars* m_bars;
    QCPItemStraightLine* m_zero;
};

}  // namespace ui
