// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of the lines is shown: the axes, by themselves or as the user chose.
#include <qcustomplot.h>

#include <QKeyEvent>
#include <algorithm>
#include <cmath>

#include "ui/line_plot.h"
#include "ui/round_log_ticker.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr double kPanShare = 0.1;
constexpr double kZoomFactor = 1.25;

void setScale(QCPAxis* axis, AxisScale scale) {
    if (scale == AxisScale::Logarithmic) {
        axis->setScaleType(QCPAxis::stLogarithmic);
        axis->setTicker(QSharedPointer<RoundLogTicker>::create());
    } else {
        axis->setScaleType(QCPAxis::stLinear);
        axis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    }
    axis->setNumberFormat(QStringLiteral("gb"));
    axis->setNumberPrecision(6);
}

bool isLogarithmic(const QCPAxis* axis) {
    return axis->scaleType() == QCPAxis::stLogarithmic;
}

/// What the axis shows, in values or, on a logarithmic axis, in their logarithms, with room at both
/// ends.
void showRoomy(QCPAxis* axis, double lower, double upper, double room) {
    if (isLogarithmic(axis)) {
        axis->setRange(std::exp(lower - room), std::exp(upper + room));
    } else {
        axis->setRange(lower - room, upper + room);
    }
}

/// Whether there is still room for more, and not too much of it.
bool isRoomy(const QCPAxis* axis, double lower, double upper, double room) {
    const auto shown = [axis](double value) {
        return isLogarithmic(axis) ? std::log(value) : value;
    };
    const double below = lower - shown(axis->range().lower);
    const double above = shown(axis->range().upper) - upper;
    const auto isFitting = [room](double space) {
        return space >= 0.25 * room && space <= 1.5 * room;
    };
    return isFitting(below) && isFitting(above);
}

void pan(QCPAxis* axis, double share) {
    const QCPRange range = axis->range();
    axis->moveRange(isLogarithmic(axis) ? std::pow(range.upper / range.lower, share)
                                        : range.size() * share);
}

}  // namespace

void LinePlot::setScales(AxisScale x, AxisScale y) {
    setScale(m_plot->xAxis, x);
    setScale(m_plot->yAxis, y);
    fit();
}

void LinePlot::setValueFit(ValueFit fit) {
    m_valueFit = fit;
    this->fit();
}

void LinePlot::fit() {
    m_fit = Fit::Following;
    follow(Room::Exact);
    queueReplot();
    emit viewChanged();
}

void LinePlot::chooseView() {
    m_fit = Fit::ChosenByUser;
    markClipped();
    emit viewChanged();
}

std::optional<PlotView> LinePlot::view() const {
    if (m_fit == Fit::Following) return {};
    const QCPRange x = m_plot->xAxis->range();
    const QCPRange y = m_plot->yAxis->range();
    return PlotView{x.lower, x.upper, y.lower, y.upper};
}

void LinePlot::setView(const PlotView& view) {
    const auto canShow = [](const QCPAxis* axis, double lower, double upper) {
        return QCPRange::validRange(lower, upper) && lower < upper &&
               (lower > 0.0 || !isLogarithmic(axis));
    };
    if (!canShow(m_plot->xAxis, view.xLower, view.xUpper) ||
        !canShow(m_plot->yAxis, view.yLower, view.yUpper))
        return;
    m_plot->xAxis->setRange(view.xLower, view.xUpper);
    m_plot->yAxis->setRange(view.yLower, view.yUpper);
    m_fit = Fit::ChosenByUser;
    markClipped();
    queueReplot();
}

/// An axis keeps its room until it is used up: else each new point would move every line.
void LinePlot::showExtent(QCPAxis* axis, const Extent& extent, Room room) {
    constexpr double kLogarithmicRoom = 0.08;
    const bool isLog = isLogarithmic(axis);
    // Nothing that a logarithm could show.
    if (extent.isEmpty() || (isLog && !std::isfinite(extent.lowerPositive))) return;
    const double lower = isLog ? std::log(extent.lowerPositive) : extent.lower;
    const double upper = isLog ? std::log(extent.upper) : extent.upper;
    double size = isLog ? kLogarithmicRoom : 0.04 * (upper - lower);
    if (size == 0.0) size = std::max(1e-9, std::abs(upper) * 0.05);
    if (room == Room::Exact || !isRoomy(axis, lower, upper, size))
        showRoomy(axis, lower, upper, size);
}

void LinePlot::follow(Room room) {
    if (m_fit == Fit::ChosenByUser) return markClipped();
    Extent x;
    Extent y;
    for (Drawn& drawn : m_lines) {
        x.add(drawn.line.x());
        const bool clip = m_valueFit == ValueFit::WithoutOutliers;
        y.add(clip ? drawn.line.innerY() : drawn.line.y());
    }
    if (m_valueFit == ValueFit::Everything) {
        for (const Drawn& drawn : std::as_const(m_bands)) {
            y.add(drawn.line.y());
            y.add(drawn.upper.y());
        }
    }
    if (!y.isEmpty())
        for (const ReferenceLine& reference : m_references) y.add(reference.value);
    showExtent(m_plot->xAxis, x, room);
    showExtent(m_plot->yAxis, y, room);
    markClipped();
}

void LinePlot::markClipped() {
    m_clipped = 0;
    const QCPRange shown = m_plot->yAxis->range();
    // What a zoom leaves out the user knows.
    if (m_valueFit == ValueFit::WithoutOutliers && m_fit == Fit::Following)
        for (const Drawn& drawn : std::as_const(m_lines))
            m_clipped += drawn.line.outside(shown.lower, shown.upper);
    m_clippedText->setVisible(m_clipped > 0);
    m_clippedText->setText(tr("%1 values are above or below (outliers clipped)")
                               .arg(counted(static_cast<std::int64_t>(m_clipped))));
}

void LinePlot::zoom(double factor) {
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) axis->scaleRange(factor);
}

void LinePlot::stepCursor(Side side) {
    const QCPRange shown = m_plot->xAxis->range();
    const bool right = side == Side::Right;
    // A cursor that is not shown comes in from its side.
    const double outside =
        right ? std::nextafter(shown.lower, -HUGE_VAL) : std::nextafter(shown.upper, HUGE_VAL);
    const double from = m_cursor->visible() && shown.contains(m_cursor->point1->key())
                            ? m_cursor->point1->key()
                            : outside;
    std::optional<double> nearest;
    for (const Drawn& drawn : std::as_const(m_lines)) {
        const auto x = right ? drawn.line.xAfter(from) : drawn.line.xBefore(from);
        if (x && (!nearest || (right ? *x < *nearest : *x > *nearest))) nearest = x;
    }
    if (nearest && shown.contains(*nearest)) setCursorX(nearest);
}

void LinePlot::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            pan(m_plot->xAxis, -kPanShare);
            break;
        case Qt::Key_Right:
            pan(m_plot->xAxis, kPanShare);
            break;
        case Qt::Key_Down:
            pan(m_plot->yAxis, -kPanShare);
            break;
        case Qt::Key_Up:
            pan(m_plot->yAxis, kPanShare);
            break;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoom(1.0 / kZoomFactor);
            break;
        case Qt::Key_Minus:
            zoom(kZoomFactor);
            break;
        case Qt::Key_0:
        case Qt::Key_Home:
            return fit();
        case Qt::Key_Comma:
            return stepCursor(Side::Left);
        case Qt::Key_Period:
            return stepCursor(Side::Right);
        case Qt::Key_Menu:
            emit menuRequested(m_plot->mapToGlobal(m_plot->axisRect()->center()));
            return;
        default:
            QWidget::keyPressEvent(event);
            return;
    }
    chooseView();
    queueReplot();
}

}  // namespace ui
