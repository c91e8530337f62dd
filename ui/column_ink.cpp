// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/column_ink.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int kBlock = 16;          // side of the squares in which the image is turned
constexpr double kNoisy = 2.0;      // as much up and down as this, per way along, is noise
constexpr double kPerColumn = 1.0;  // points per pixel column of a dense line

/// pixel * share / 255, rounded, for all four channels.
std::uint32_t scaled(std::uint32_t pixel, std::uint32_t share) {
    constexpr std::uint32_t kPair = 0x00ff00ffU;
    std::uint32_t low = (pixel & kPair) * share + 0x00800080U;
    low = ((low + ((low >> 8) & kPair)) >> 8) & kPair;
    std::uint32_t high = ((pixel >> 8) & kPair) * share + 0x00800080U;
    high = (high + ((high >> 8) & kPair)) & ~kPair;
    return low | high;
}

void widen(ColumnSpans::Span& span, double y) {
    const auto value = static_cast<float>(y);
    if (span.isEmpty()) {
        span = {value, value};
    } else {
        span.top = std::min(span.top, value);
        span.bottom = std::max(span.bottom, value);
    }
}

bool isFinite(const QPointF& point) {
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

}  // namespace

void ColumnSpans::add(const QVector<QPointF>& points, QPointF origin, double scale) {
    const auto last = static_cast<double>(columns.size()) - 1.0;
    for (qsizetype at = 1; at < points.size(); ++at) {
        if (!isFinite(points[at - 1]) || !isFinite(points[at])) continue;
        const QPointF from = (points[at - 1] - origin) * scale;
        const QPointF to = (points[at] - origin) * scale;
        const double first = std::max(0.0, std::floor(std::min(from.x(), to.x())));
        const double end = std::min(last, std::floor(std::max(from.x(), to.x())));
        const double slope = to.x() == from.x() ? 0.0 : (to.y() - from.y()) / (to.x() - from.x());
        for (double column = first; column <= end; ++column) {
            Span& span = columns[static_cast<std::size_t>(column)];
            const double left =
                std::clamp(column, std::min(from.x(), to.x()), std::max(from.x(), to.x()));
            const double right =
                std::clamp(column + 1.0, std::min(from.x(), to.x()), std::max(from.x(), to.x()));
            if (slope == 0.0) {
                widen(span, from.y());
                widen(span, to.y());
            } else {
                widen(span, from.y() + slope * (left - from.x()));
                widen(span, from.y() + slope * (right - from.x()));
            }
        }
    }
}

ColumnInk::ColumnInk(QCPAxisRect* area, const QString& layer)
    : QCPLayerable(area->parentPlot(), layer), m_area(area) {}

bool ColumnInk::isFor(const QCPPainter& painter) const {
    return painter.device() && painter.device()->devType() == QInternal::Pixmap &&
           painter.transform().type() <= QTransform::TxTranslate;  // of half a pixel
}

QPointF ColumnInk::origin() const {
    return m_area->topLeft();
}

double ColumnInk::scale() const {
    return parentPlot()->bufferDevicePixelRatio();
}

std::size_t ColumnInk::columnCount() const {
    return static_cast<std::size_t>(std::max(0.0, std::ceil(m_area->width() * scale())));
}

void ColumnInk::begin() {
    m_columns = static_cast<int>(columnCount());
    m_rows = static_cast<int>(std::ceil(m_area->height() * scale()));
    m_pixels.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows), 0U);
    m_used = true;
}

void ColumnInk::blend(const ColumnSpans& spans, const QColor& colour, double thickness) {
    if (!m_used) begin();
    const std::uint32_t source = qPremultiply(colour.rgba());
    const auto kept = static_cast<std::uint32_t>(255 - qAlpha(source));
    const double high = std::max(1.0, thickness * scale());
    for (std::size_t column = 0; column < spans.columns.size(); ++column) {
        const ColumnSpans::Span& span = spans.columns[column];
        if (span.isEmpty()) continue;
        const double missing = std::max(0.0, high - static_cast<double>(span.bottom - span.top));
        const double top = std::clamp(std::floor(span.top - 0.5 * missing), 0.0, double(m_rows));
        const double bottom =
            std::clamp(std::ceil(span.bottom + 0.5 * missing), 0.0, double(m_rows));
        std::uint32_t* pixel = m_pixels.data() + column * static_cast<std::size_t>(m_rows);
        std::uint32_t* const end = pixel + static_cast<std::size_t>(bottom);
        for (pixel += static_cast<std::size_t>(top); pixel < end; ++pixel)
            *pixel = source + scaled(*pixel, kept);
    }
}

void ColumnInk::draw(QCPPainter* painter) {
    if (!m_used) return;
    QImage image(m_columns, m_rows, QImage::Format_ARGB32_Premultiplied);
    for (int left = 0; left < m_columns; left += kBlock)
        for (int top = 0; top < m_rows; top += kBlock)
            for (int y = top; y < std::min(top + kBlock, m_rows); ++y) {
                auto* row = reinterpret_cast<std::uint32_t*>(image.scanLine(y));
                for (int x = left; x < std::min(left + kBlock, m_columns); ++x)
                    row[x] =
                        m_pixels[static_cast<std::size_t>(x) * static_cast<std::size_t>(m_rows) +
                                 static_cast<std::size_t>(y)];
            }
    image.setDevicePixelRatio(scale());
    painter->drawImage(m_area->topLeft(), image);
    m_used = false;
}

bool DenseGraph::isDense(const QVector<QPointF>& lines) const {
    if (static_cast<double>(lines.size()) < kPerColumn * keyAxis()->axisRect()->width())
        return false;
    double along = 0.0;
    double upAndDown = 0.0;
    for (qsizetype at = 1; at < lines.size(); ++at) {
        const QPointF step = lines[at] - lines[at - 1];
        if (!isFinite(step)) continue;
        along += std::abs(step.x());
        upAndDown += std::abs(step.y());
    }
    return upAndDown > kNoisy * along;
}

void DenseGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
    if (!m_ink->isFor(*painter) || !isDense(lines)) return QCPGraph::drawLinePlot(painter, lines);
    if (pen().style() == Qt::NoPen) return;
    ColumnSpans spans{std::vector<ColumnSpans::Span>(m_ink->columnCount())};
    spans.add(lines, m_ink->origin(), m_ink->scale());
    m_ink->blend(spans, pen().color(), pen().widthF());
}

void DenseGraph::drawFill(QCPPainter* painter, QVector<QPointF>* lines) const {
    const auto* lower = dynamic_cast<const DenseGraph*>(channelFillGraph());
    if (!lower || brush().style() == Qt::NoBrush || !m_ink->isFor(*painter) || !isDense(*lines))
        return QCPGraph::drawFill(painter, lines);
    QVector<QPointF> lowerLines;
    lower->getLines(&lowerLines, QCPDataRange(0, lower->dataCount()));
    ColumnSpans spans{std::vector<ColumnSpans::Span>(m_ink->columnCount())};
    ColumnSpans below = spans;
    spans.add(*lines, m_ink->origin(), m_ink->scale());
    below.add(lowerLines, m_ink->origin(), m_ink->scale());
    for (std::size_t column = 0; column < spans.columns.size(); ++column) {
        ColumnSpans::Span& span = spans.columns[column];
        if (span.isEmpty() || below.columns[column].isEmpty()) {
            span = {};
        } else {
            span.bottom = std::max(span.bottom, below.columns[column].bottom);
        }
    }
    m_ink->blend(spans, brush().color(), 0.0);
}

}  // namespace ui
