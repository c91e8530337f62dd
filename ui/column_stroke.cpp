// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/column_stroke.h"

#include <QPen>
#include <algorithm>
#include <cmath>

namespace ui {
namespace {

using Span = ColumnSpans::Span;

/// The integral of what rises from 0 to 1 between two heights.
float risen(float from, float to, float y) {
    if (y <= from) return 0.0F;
    if (y >= to) return y - 0.5F * (from + to);
    return 0.5F * (y - from) * (y - from) / (to - from);
}

float rampOf(const Span& span) {
    return span.isSteady() ? std::abs(span.leave - span.enter) : 0.0F;
}

/// How far a line goes within a column; there and back where it turns.
float lengthOf(const Span& span) {
    const float net = std::abs(span.leave - span.enter);
    const float height =
        span.isSteady() ? net : std::max(net, 2.0F * (span.bottom - span.top) - net);
    return std::sqrt(1.0F + height * height);
}

Coverage bandCoverage(const Span& upper, const Span& lower) {
    Coverage cover;
    cover.riseFrom = upper.top;
    cover.riseTo = upper.isSteady() ? upper.bottom : upper.top;
    cover.fallFrom = lower.isSteady() ? lower.top : lower.bottom;
    cover.fallTo = lower.bottom;
    cover.top = cover.riseFrom;
    cover.bottom = cover.fallTo;
    return cover;
}

}  // namespace

float Coverage::above(float y) const {
    const float within = std::clamp(y, top, bottom);
    return risen(riseFrom, riseTo, within) - risen(fallFrom, fallTo, within);
}

ColumnStroke::ColumnStroke(const InkStroke& stroke, int end) : m_stroke(stroke) {
    if (stroke.lower || stroke.style == Qt::SolidLine) return;
    QPen pen(Qt::black, stroke.width, stroke.style);
    const auto longer = static_cast<float>(stroke.cap == Qt::FlatCap ? 0.0 : stroke.width);
    float at = 0.0F;
    const QList<qreal> pattern = pen.dashPattern();
    for (qsizetype part = 0; part < pattern.size(); ++part) {
        at += static_cast<float>(pattern[part] * stroke.width) + (part % 2 ? -longer : longer);
        m_ends.push_back(at);
    }
    measureLength(end);
}

/// Anew after each break, as a painter does.
void ColumnStroke::measureLength(int end) {
    const bool isFlat = m_stroke.cap == Qt::FlatCap;
    const float start = isFlat ? 0.0F : static_cast<float>(0.5 * m_stroke.width);
    m_lengths.resize(static_cast<std::size_t>(end));
    float length = start;
    for (int column = 0; column < end; ++column) {
        m_lengths[static_cast<std::size_t>(column)] = length;
        length = span(column).isEmpty() ? start : length + lengthOf(span(column));
    }
}

bool ColumnStroke::isEmpty(int column) const {
    return span(column).isEmpty() ||
           (m_stroke.lower &&
            m_stroke.lower->columns()[static_cast<std::size_t>(column)].isEmpty());
}

Coverage ColumnStroke::coverage(int column) const {
    const Span& here = span(column);
    if (m_stroke.lower)
        return bandCoverage(here, m_stroke.lower->columns()[static_cast<std::size_t>(column)]);
    const float half = 0.5F * static_cast<float>(m_stroke.width);
    const float ramp = rampOf(here);
    const float reach = half * std::sqrt(1.0F + ramp * ramp);
    Coverage cover;
    cover.riseFrom = here.top - reach;
    cover.riseTo = here.top + ramp - reach;
    cover.fallFrom = here.bottom - ramp + reach;
    cover.fallTo = here.bottom + reach;
    // A steep line is wide across its way, not along it: it ends where its neighbours end.
    cover.top = here.top;
    cover.bottom = here.bottom;
    const int last = static_cast<int>(m_stroke.line->columns().size()) - 1;
    for (const int beside : {std::max(0, column - 1), std::min(last, column + 1)}) {
        if (span(beside).isEmpty()) continue;
        cover.top = std::min(cover.top, span(beside).top);
        cover.bottom = std::max(cover.bottom, span(beside).bottom);
    }
    cover.top -= half;
    cover.bottom += half;
    return cover;
}

bool ColumnStroke::isDashedWithin(int column) const {
    return !m_ends.empty() && rampOf(span(column)) > 1.0F;
}

/// The share of one pixel of the line that is no gap.
float ColumnStroke::dashAt(float length) const {
    const float from = std::fmod(length, m_ends.back());
    const float to = from + 1.0F;
    float share = 0.0F;
    float begin = 0.0F;
    for (std::size_t part = 0; begin < to; ++part) {
        const float turns = static_cast<float>(part / m_ends.size()) * m_ends.back();
        const float end = m_ends[part % m_ends.size()] + turns;
        if (part % 2 == 0) share += std::max(0.0F, std::min(to, end) - std::max(from, begin));
        begin = end;
    }
    return std::min(share, 1.0F);
}

float ColumnStroke::dashOf(int column) const {
    if (m_ends.empty()) return 1.0F;
    const float length = lengthOf(span(column));
    if (length > 0.5F * m_ends.back()) return 1.0F;  // noise hides its gaps
    return dashAt(m_lengths[static_cast<std::size_t>(column)] + 0.5F * length - 0.5F);
}

float ColumnStroke::dashOf(int column, int row) const {
    const Span& here = span(column);
    const float way = std::clamp(
        (static_cast<float>(row) + 0.5F - here.enter) / (here.leave - here.enter), 0.0F, 1.0F);
    return dashAt(m_lengths[static_cast<std::size_t>(column)] + way * lengthOf(here) - 0.5F);
}

}  // namespace ui
