// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qq_plot.h"

#include <qcustomplot.h>

#include <QToolTip>
#include <cmath>

#include "ui/colour_map.h"
#include "ui/plot_colours.h"
#include "ui/plot_style.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr double kReach = 10.0;  // pixels between the mouse and the point it names
constexpr double kPadding = 0.08;

}  // namespace

QqPlot::QqPlot(QWidget* parent) : ThemedPlot(parent), m_points(plot().addGraph()) {
    setAccessibleName(tr("Quantile-quantile plot of the residuals"));
    setMinimumHeight(13 * fontMetrics().height());
    m_points->setLineStyle(QCPGraph::lsNone);
    m_line = new QCPItemStraightLine(&plot());
    plot().xAxis->setLabel(tr("standard normal quantile"));
    plot().yAxis->setLabel(tr("residual (nats/token)"));
    plot().setMouseTracking(true);
    connect(&plot(), &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        QToolTip::showText(event->globalPosition().toPoint(), pointAt(event->position()), &plot());
    });
    applyColours(palette());
    clear();
}

void QqPlot::clear() {
    setResiduals({}, {});
}

void QqPlot::setResiduals(const stats::ResidualPlot& residuals, const QStringList& ratios) {
    m_residuals = residuals;
    m_ratios = ratios;
    QVector<double> quantiles;
    QVector<double> values;
    for (const stats::ResidualPoint& point : m_residuals.points) {
        quantiles.push_back(point.quantile);
        values.push_back(point.residual);
    }
    m_points->setData(quantiles, values, true);
    m_line->setVisible(!values.isEmpty());
    m_line->point1->setCoords(0, m_residuals.intercept);
    m_line->point2->setCoords(1, m_residuals.intercept + m_residuals.slope);
    plot().rescaleAxes();
    for (QCPAxis* axis : {plot().xAxis, plot().yAxis})
        axis->setRange(axis->range().lower - kPadding * axis->range().size(),
                       axis->range().upper + kPadding * axis->range().size());
    plot().replot(QCustomPlot::rpQueuedReplot);
}

int QqPlot::pointCount() const {
    return m_points->dataCount();
}

QPointF QqPlot::placeOf(int point) const {
    const stats::ResidualPoint& one = m_residuals.points[static_cast<std::size_t>(point)];
    return {plot().xAxis->coordToPixel(one.quantile), plot().yAxis->coordToPixel(one.residual)};
}

QString QqPlot::pointAt(const QPointF& place) const {
    const stats::ResidualPoint* nearest = nullptr;
    double least = kReach;
    for (int at = 0; at < pointCount(); ++at) {
        const QPointF apart = placeOf(at) - place;
        const double distance = std::hypot(apart.x(), apart.y());
        if (distance >= least) continue;
        least = distance;
        nearest = &m_residuals.points[static_cast<std::size_t>(at)];
    }
    if (!nearest) return {};
    return tr("k/L %1, seed %2: %3 nats/token from the mean of its cell")
        .arg(m_ratios.value(static_cast<qsizetype>(nearest->ratio)))
        .arg(nearest->seed)
        .arg(significant(nearest->residual, 3));
}

void QqPlot::applyColours(const QPalette& palette) {
    stylePlot(plot(), palette, font());
    const QColor text = palette.color(QPalette::Text);
    const QColor base = palette.color(QPalette::Base);
    const bool dark = backgroundOf(palette) == Background::Dark;
    m_points->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle,
                                              QPen(blended(text, base, 0.8), 1),
                                              colourAt(ColourMap::Viridis, dark ? 0.7 : 0.4), 7));
    m_line->setPen(QPen(blended(text, base, 0.55), 1.5, Qt::DashLine));
    plot().replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace ui
