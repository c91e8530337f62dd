// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/column_ink.h"

#include <algorithm>
#include <cmath>

#include "ui/ink_column.h"

namespace ui {
namespace {

constexpr int kBlock = 16;  // columns that are painted side by side, then turned into the image

}  // namespace

ColumnInk::ColumnInk(QCPAxisRect* area, const QString& layer)
    : QCPLayerable(area->parentPlot(), layer), m_area(area) {}

bool ColumnInk::isFor(const QCPPainter& painter) const {
    return painter.device() && painter.device()->devType() == QInternal::Pixmap &&
           painter.transform().type() <= QTransform::TxTranslate;  // of half a pixel
}

double ColumnInk::scale() const {
    return parentPlot()->bufferDevicePixelRatio();
}

void ColumnInk::add(const InkStroke& stroke, ColumnRange changed) {
    m_strokes.push_back(stroke);
    m_changed = m_changed.united(changed);
}

void ColumnInk::draw(QCPPainter* painter) {
    if (!m_strokes.empty()) {
        const auto columns = static_cast<int>(m_strokes.front().line->columns().size());
        const QSize size(columns, static_cast<int>(std::ceil(m_area->height() * scale())));
        if (m_image.size() != size) m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
        m_image.setDevicePixelRatio(scale());
        if (m_strokes != m_drawn) m_changed = {0, columns};
        // A column's ends depend on its neighbours.
        if (!m_changed.isEmpty())
            drawColumns({std::max(0, m_changed.first - 1), std::min(columns, m_changed.end + 1)});
        painter->drawImage(m_area->topLeft(), m_image);
    }
    m_changed = {};
    m_drawn = std::exchange(m_strokes, {});
}

void ColumnInk::drawColumns(ColumnRange columns) {
    const int rows = m_image.height();
    InkColumn column(rows);
    for (const InkStroke& stroke : m_strokes) column.add(ColumnStroke(stroke, columns.end));
    std::vector<std::uint32_t> block(static_cast<std::size_t>(kBlock) *
                                     static_cast<std::size_t>(rows));
    auto* const pixels = reinterpret_cast<std::uint32_t*>(m_image.bits());
    const auto pitch = m_image.bytesPerLine() / 4;
    for (int left = columns.first; left < columns.end; left += kBlock) {
        const int end = std::min(left + kBlock, columns.end);
        for (int at = left; at < end; ++at)
            column.paint(at, block.data() + static_cast<std::ptrdiff_t>(at - left) * rows);
        for (std::ptrdiff_t row = 0; row < rows; ++row)
            for (std::ptrdiff_t at = left; at < end; ++at)
                pixels[row * pitch + at] =
                    block[static_cast<std::size_t>((at - left) * rows + row)];
    }
}

}  // namespace ui
