// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_cells.h"

#include <algorithm>

#include "ui/plot_colours.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr double kHatchSpacing = 7.0;
constexpr double kSmallestFont = 6.5;  // points

QFont resized(QFont font, double points) {
    font.setPointSizeF(std::max(points, kSmallestFont));
    return font;
}

/// The font, made smaller where the text is wider than the room.
QFont fitted(const QFont& font, const QString& text, double room) {
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    return width > room ? resized(font, font.pointSizeF() * room / width) : font;
}

}  // namespace

Hatch hatchOf(Doubt doubt) {
    if (doubt == Doubt::Failed) return Hatch::Crossed;
    return doubt == Doubt::TooFewRuns ? Hatch::Falling : Hatch::Rising;
}

QVector<QLineF> hatchLines(const QRectF& area, Hatch hatch) {
    QVector<QLineF> lines;
    const double width = area.width();
    const double height = area.height();
    for (double start = kHatchSpacing / 2 - height; start < width; start += kHatchSpacing) {
        const double from = std::max(0.0, -start);
        const double to = std::min(height, width - start);
        if (to <= from) continue;
        const QLineF rising(area.left() + start + from, area.bottom() - from,
                            area.left() + start + to, area.bottom() - to);
        if (hatch != Hatch::Falling) lines.push_back(rising);
        if (hatch == Hatch::Rising) continue;
        const double mirror = area.left() + area.right();
        lines.push_back({mirror - rising.x1(), rising.y1(), mirror - rising.x2(), rising.y2()});
    }
    return lines;
}

QPen rankPen(RowRank rank, const QColor& ink) {
    return QPen(ink, 2, rank == RowRank::Best ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap,
                Qt::MiterJoin);
}

HeatmapCells::HeatmapCells(QCustomPlot* plot) : QCPAbstractItem(plot) {
    setSelectable(false);
}

void HeatmapCells::setLook(const QPalette& palette, const QFont& font) {
    m_palette = palette;
    m_font = font;
}

QRectF HeatmapCells::cellRect(std::size_t row, std::size_t column) const {
    const auto x = static_cast<double>(column);
    const auto y = static_cast<double>(row);
    const QCPAxis* across = mParentPlot->xAxis;
    const QCPAxis* down = mParentPlot->yAxis;
    return QRectF(QPointF(across->coordToPixel(x - 0.5), down->coordToPixel(y - 0.5)),
                  QPointF(across->coordToPixel(x + 0.5), down->coordToPixel(y + 0.5)))
        .normalized();
}

void HeatmapCells::draw(QCPPainter* painter) {
    if (!m_heatmap) return;
    const std::size_t columns = m_heatmap->columns.size();
    for (std::size_t at = 0; at < m_heatmap->cells.size(); ++at)
        drawCell(*painter, cellRect(at / columns, at % columns), m_heatmap->cells[at]);
    for (std::size_t at = 0; at < m_heatmap->cells.size(); ++at) {
        const CellKey& key = m_heatmap->cells[at].key;
        if (std::find(m_selection.begin(), m_selection.end(), key) != m_selection.end())
            drawFrame(*painter, cellRect(at / columns, at % columns));
    }
}

/// The light line inside is seen on the colours that the frame is like.
void HeatmapCells::drawFrame(QCPPainter& painter, const QRectF& area) const {
    painter.setBrush(Qt::NoBrush);
    painter.setAntialiasing(false);
    painter.setPen(QPen(Qt::white, 1, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(area.adjusted(2, 2, -2, -2));
    painter.setPen(
        QPen(m_palette.color(QPalette::Highlight), 3, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(area);
}

void HeatmapCells::drawCell(QCPPainter& painter, const QRectF& area,
                            const HeatmapCell& cell) const {
    const QColor base = m_palette.color(QPalette::Base);
    const QColor text = m_palette.color(QPalette::Text);
    const bool coloured = cell.value.has_value();
    const QColor background =
        coloured ? heatmapColour(*m_heatmap, *cell.value) : blended(text, base, 0.06);
    const QColor ink = coloured ? textColourOn(background) : text;
    painter.fillRect(area, background);
    if (cell.doubt != Doubt::None) {
        painter.setAntialiasing(true);
        painter.setPen(QPen(blended(ink, background, 0.4), 1));
        painter.drawLines(hatchLines(area, hatchOf(cell.doubt)));
    }
    drawText(painter, area, cell, background);
    painter.setBrush(Qt::NoBrush);
    painter.setAntialiasing(false);
    painter.setPen(QPen(base, 2));  // a gap between the cells
    painter.drawRect(area);
    if (cell.rank == RowRank::Other) return;
    painter.setPen(rankPen(cell.rank, ink));
    painter.drawRect(area.adjusted(4, 4, -4, -4));
}

void HeatmapCells::drawText(QCPPainter& painter, const QRectF& area, const HeatmapCell& cell,
                            const QColor& background) const {
    const double room = area.width() - 12;
    struct Line {
        QString text;
        QFont font;
    };
    QFont strong = m_font;
    strong.setBold(true);
    const QFont small = resized(m_font, 0.85 * m_font.pointSizeF());
    const QString keep = QStringLiteral("k ") + counted(cell.keep);
    QVector<Line> lines{{cell.text, fitted(strong, cell.text, room)}};
    const double detailHeight = QFontMetricsF(small).height();
    double height = QFontMetricsF(lines.front().font).height();
    for (const QString& detail : {cell.detail, cell.keep > 0 ? keep : QString()}) {
        if (detail.isEmpty() || height + detailHeight > area.height() - 8) continue;
        lines.push_back({detail, fitted(small, detail, room)});
        height += detailHeight;
    }
    double width = 0.0;
    for (const Line& line : lines)
        width = std::max(width, QFontMetricsF(line.font).horizontalAdvance(line.text));
    QRectF patch(0, 0, width + 6, height);
    patch.moveCenter(area.center());
    if (cell.doubt != Doubt::None) painter.fillRect(patch, background);  // no hatch behind numbers
    const QColor ink = cell.value ? textColourOn(background) : m_palette.color(QPalette::Text);
    double top = patch.top();
    for (const Line& line : lines) {
        const double lineHeight = QFontMetricsF(line.font).height();
        painter.setFont(line.font);
        painter.setPen(&line == &lines.front() ? ink : blended(ink, background, 0.85));
        painter.drawText(QRectF(area.left(), top, area.width(), lineHeight), Qt::AlignCenter,
                         line.text);
        top += lineHeight;
    }
}

}  // namespace ui
