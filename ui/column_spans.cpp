// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/column_spans.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double kOutside = 200.0;  // units beyond the edge, as QCustomPlot has it
constexpr float kSlack = 0.5F;      // pixels that a steady line may go back

PixelMap::Axis pixelsOf(const QCPAxis& axis, double from, double to) {
    PixelMap::Axis made;
    made.isLogarithmic = axis.scaleType() == QCPAxis::stLogarithmic;
    const QCPRange range = axis.range();
    const double low = made.isLogarithmic ? std::log(range.lower) : range.lower;
    const double high = made.isLogarithmic ? std::log(range.upper) : range.upper;
    made.step = (to - from) / (high - low);
    made.start = from - made.step * low;
    return made;
}

void widen(ColumnSpans::Span& span, double y) {
    const auto value = static_cast<float>(y);
    if (span.isEmpty()) {
        span = {value, value, value, value};
    } else {
        span.top = std::min(span.top, value);
        span.bottom = std::max(span.bottom, value);
    }
}

}  // namespace

double PixelMap::Axis::pixel(double value) const {
    if (!isLogarithmic) return start + step * value;
    return value > 0.0 ? start + step * std::log(value) : unreachable;
}

double PixelMap::Axis::value(double pixel) const {
    const double value = (pixel - start) / step;
    return isLogarithmic ? std::exp(value) : value;
}

PixelMap pixelMap(const QCPAxis& x, const QCPAxis& y, double pixels) {
    const QRect area = x.axisRect()->rect();
    const double half = 0.5 * pixels;  // a pixel's middle stands for its coordinate
    PixelMap map;
    map.columns = static_cast<int>(std::ceil(area.width() * pixels));
    map.rows = static_cast<int>(std::ceil(area.height() * pixels));
    map.x = pixelsOf(x, half, area.width() * pixels + half);
    map.y = pixelsOf(y, (area.height() - 1) * pixels + half, half - pixels);
    map.x.unreachable = -kOutside * pixels;
    map.y.unreachable = map.rows + kOutside * pixels;
    return map;
}

ColumnRange ColumnRange::united(const ColumnRange& other) const {
    if (isEmpty()) return other;
    if (other.isEmpty()) return *this;
    return {std::min(first, other.first), std::max(end, other.end)};
}

bool ColumnSpans::Span::isSteady() const {
    return top >= std::min(enter, leave) - kSlack && bottom <= std::max(enter, leave) + kSlack;
}

ColumnRange ColumnSpans::follow(const QCPGraphDataContainer& points, const PixelMap& map) {
    ColumnRange changed{std::max(0, m_column), 0};
    if (map != m_map || points.size() < m_taken) {
        begin(map);
        changed = {0, map.columns};
        // The last point before the first column begins a line into it.
        const auto first = points.findBegin(m_map.x.value(0.0), true);
        m_taken = static_cast<int>(first - points.constBegin());
    }
    if (points.size() == m_taken) return {changed.first, changed.end};
    for (auto at = points.constBegin() + m_taken;
         at != points.constEnd() && m_column < m_map.columns; ++at) {
        if (m_isOpen && at->key < m_end && std::isfinite(at->value)) {
            m_low = std::min(m_low, at->value);
            m_high = std::max(m_high, at->value);
            m_last = *at;
        } else {
            take(*at);
        }
    }
    closeColumn();
    m_taken = points.size();
    changed.end = std::max(changed.end, std::min(m_column + 1, m_map.columns));
    return changed;
}

void ColumnSpans::begin(const PixelMap& map) {
    m_map = map;
    m_columns.assign(static_cast<std::size_t>(map.columns), {});
    m_column = -1;
    m_isOpen = false;
}

/// A point that breaks the line, begins it or lies in another column.
void ColumnSpans::take(const QCPGraphData& point) {
    if (!std::isfinite(point.value)) {
        closeColumn();
        m_isOpen = false;
        return;
    }
    const double x = m_map.x.pixel(point.key);
    const double y = m_map.y.pixel(point.value);
    const int column =
        static_cast<int>(std::clamp(std::floor(x), -1.0, static_cast<double>(m_map.columns)));
    if (m_isOpen) {
        closeColumn();
        if (column > m_column) connect(x, y, column);
    }
    if (isInside(column)) widen(m_columns[static_cast<std::size_t>(column)], y);
    m_column = std::max(m_column, column);
    m_end = m_map.x.value(m_column + 1.0);
    m_isOpen = true;
    m_last = point;
    m_low = m_high = point.value;
}

/// The straight line from the newest point to this one, which lies in a later column.
void ColumnSpans::connect(double x, double y, int column) {
    const double fromX = m_map.x.pixel(m_last.key);
    const double fromY = m_map.y.pixel(m_last.value);
    const double slope = (y - fromY) / std::max(1e-9, x - fromX);
    const int end = std::min(column, m_map.columns - 1);
    for (int at = std::max(0, m_column); at <= end; ++at) {
        Span& span = m_columns[static_cast<std::size_t>(at)];
        widen(span, at == m_column ? fromY : fromY + slope * (at - fromX));
        const double leave = at == column ? y : fromY + slope * (at + 1.0 - fromX);
        widen(span, leave);
        span.leave = static_cast<float>(leave);
    }
}

void ColumnSpans::closeColumn() {
    if (!m_isOpen || !isInside(m_column)) return;
    Span& span = m_columns[static_cast<std::size_t>(m_column)];
    widen(span, m_map.y.pixel(m_low));
    widen(span, m_map.y.pixel(m_high));
    span.leave = static_cast<float>(m_map.y.pixel(m_last.value));
}

}  // namespace ui
