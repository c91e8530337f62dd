// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/effect_plot.h"

#include <qcustomplot.h>

#include <algorithm>

#include "ui/colour_map.h"
#include "ui/plot_colours.h"
#include "ui/plot_style.h"

namespace ui {

EffectPlot::EffectPlot(QWidget* parent)
    : ThemedPlot(parent),
      m_points(plot().addGraph(plot().yAxis, plot().xAxis)),
      m_bars(new QCPErrorBars(plot().yAxis, plot().xAxis)),
      m_zero(new QCPItemStraightLine(&plot())) {
    setAccessibleName(tr("Effect sizes with their intervals"));
    m_points->setLineStyle(QCPGraph::lsNone);
    m_bars->setDataPlottable(m_points);
    m_bars->setErrorType(QCPErrorBars::etValueError);
    plot().yAxis->setRangeReversed(true);
    plot().yAxis->setTickLength(0);
    plot().yAxis->setSubTicks(false);
    plot().yAxis->grid()->setVisible(false);
    m_zero->point1->setCoords(0, 0);
    m_zero->point2->setCoords(0, 1);
    applyColours(palette());
}

int EffectPlot::effectCount() const {
    return m_points->dataCount();
}

void EffectPlot::setEffects(const std::vector<EffectLine>& effects, const QString& title) {
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    QVector<double> places, values, below, above;
    double lowest = 0, highest = 0;
    for (const EffectLine& effect : effects) {
        const auto place = static_cast<double>(places.size());
        ticker->addTick(place, effect.name);
        places.push_back(place);
        values.push_back(effect.value);
        below.push_back(effect.value - effect.interval.lower);
        above.push_back(effect.interval.upper - effect.value);
        lowest = std::min(lowest, effect.interval.lower);
        highest = std::max(highest, effect.interval.upper);
    }
    m_points->setData(places, values, true);
    m_bars->setData(below, above);
    plot().yAxis->setTicker(ticker);
    plot().yAxis->setRange(-0.6, static_cast<double>(places.size()) - 0.4);
    const double pad = std::max(0.05 * (highest - lowest), 0.1);
    plot().xAxis->setRange(lowest - pad, highest + pad);
    plot().xAxis->setLabel(title);
    const int rows = std::max(3, static_cast<int>(effects.size()));
    setMinimumHeight(rows * (fontMetrics().height() + 3) + 4 * fontMetrics().height());
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void EffectPlot::applyColours(const QPalette& palette) {
    stylePlot(plot(), palette, font());
    const QColor text = palette.color(QPalette::Text);
    const QColor base = palette.color(QPalette::Base);
    const QColor mark =
        colourAt(ColourMap::Viridis, backgroundOf(palette) == Background::Dark ? 0.7 : 0.4);
    m_points->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssSquare, mark, mark, 6));
    m_bars->setPen(QPen(mark, 1.5));
    m_zero->setPen(QPen(blended(text, base, 0.55), 1, Qt::DashLine));
    plot().replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace ui
