// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cell_delegate.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/cell_text.h"
#include "ui/colour_map.h"
#include "ui/grid_model.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr int kMargin = 6;
constexpr int kSparklineHeight = 24;
constexpr double kGlyph = 11.0;

void drawSparkline(QPainter& painter, const QRectF& area, const std::vector<double>& values,
                   const QColor& colour) {
    if (values.size() < 2 || area.height() < 6) return;
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (!(high > low)) return;
    QPainterPath path;
    bool drawing = false;  // a value that is not finite breaks the line
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (!std::isfinite(values[at])) {
            drawing = false;
            continue;
        }
        const double share = static_cast<double>(at) / static_cast<double>(values.size() - 1);
        const QPointF point(area.left() + share * area.width(),
                            area.bottom() - (values[at] - low) / (high - low) * area.height());
        if (drawing) {
            path.lineTo(point);
        } else {
            path.moveTo(point);
        }
        drawing = true;
    }
    painter.setPen(QPen(colour, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void drawRank(QPainter& painter, const QRectF& area, RowRank rank, const QColor& colour) {
    if (rank == RowRank::Other) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 2, rank == RowRank::Best ? Qt::SolidLine : Qt::DotLine,
                        Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(area.adjusted(2, 2, -2, -2));
    painter.setRenderHint(QPainter::Antialiasing);
}

void drawProgress(QPainter& painter, const QRectF& area, const CellView& cell,
                  const QColor& colour) {
    const double done =
        cell.planned > 0 ? (cell.done + cell.running * cell.progress) / cell.planned : 0.0;
    if (done <= 0.0 || cell.done == cell.planned) return;
    QColor track = colour;
    track.setAlphaF(0.25F);
    const QRectF bar(area.left(), area.bottom() - 3, area.width(), 3);
    painter.fillRect(bar, track);
    painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * std::min(1.0, done), 3), colour);
}

void drawSelection(QPainter& painter, const QRectF& area, const QStyleOptionViewItem& option) {
    const bool selected = option.state & QStyle::State_Selected;
    const bool current = option.state & QStyle::State_HasFocus;
    if (!selected && !current) return;
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QColor accent = option.palette.color(QPalette::Highlight);
    if (selected) {
        painter.setPen(QPen(accent, 3, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(area.adjusted(-1, -1, -1, -1));  // what lies outside is not repainted
    }
    if (current) {
        painter.setPen(QPen(accent, 1, Qt::DotLine));
        painter.drawRect(area.adjusted(4, 4, -5, -5));
    }
}

/// Too few runs to say anything: the hatch is there in any colour.
void drawHatch(QPainter& painter, const QRectF& area, QColor colour) {
    colour.setAlphaF(0.30F);
    painter.save();
    painter.setClipRect(area);
    painter.setPen(QPen(colour, 1));
    constexpr double kPitch = 9.0;
    for (double x = area.left() - area.height(); x < area.right(); x += kPitch)
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    painter.restore();
}

QFont scaled(QFont font, double factor) {
    font.setPointSizeF(std::max(7.0, font.pointSizeF() * factor));
    return font;
}

/// The lines of text of a cell, from top to bottom; a line for which there is no room is left out.
class TextLines {
public:
    TextLines(QPainter& painter, const QRectF& area) : m_painter(painter), m_area(area) {}

    /// The rectangle of the next line, or an empty one.
    QRectF next(const QFont& font) {
        const double height = QFontMetricsF(font).height();
        if (m_bottom + height > m_area.height() + 1.0) return {};
        const QRectF line(m_area.left(), m_area.top() + m_bottom, m_area.width(), height);
        m_bottom += height;
        m_painter.setFont(font);
        return line;
    }
    /// What is left below.
    QRectF rest() const {
        return QRectF(m_area.left(), m_area.top() + m_bottom, m_area.width(),
                      std::max(0.0, m_area.height() - m_bottom));
    }

private:
    QPainter& m_painter;
    QRectF m_area;
    double m_bottom = 0.0;
};

/// Left text first; the right one only where both fit.
void drawPair(QPainter& painter, const QRectF& line, const QString& left, const QString& right) {
    if (line.isEmpty()) return;
    const QFontMetricsF metrics(painter.font());
    const double width = metrics.horizontalAdvance(left);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(left, Qt::ElideRight, line.width()));
    if (width + metrics.horizontalAdvance(right) + 6 <= line.width())
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, right);
}

void drawTexts(QPainter& painter, TextLines& lines, const QStyleOptionViewItem& option,
               const QModelIndex& index, const CellView& cell, const QColor& ink) {
    QColor soft = ink;
    soft.setAlphaF(0.78F);
    QFont bold = scaled(option.font, 1.15);
    bold.setBold(true);
    const QRectF top = lines.next(bold);
    painter.setPen(ink);
    if (cell.meanLoss)
        painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, significant(*cell.meanLoss));
    drawStateGlyph(painter,
                   QRectF(top.right() - kGlyph, top.center().y() - kGlyph / 2, kGlyph, kGlyph),
                   cell.state, ink);
    const QFont small = scaled(option.font, 0.85);
    painter.setPen(soft);
    if (const QString spread = index.data(GridModel::SpreadRole).toString(); !spread.isEmpty())
        drawPair(painter, lines.next(small), spread, {});
    drawPair(painter, lines.next(small), runsText(cell),
             index.data(GridModel::MetricRole).toString());
}

}  // namespace

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const auto cell = index.data(GridModel::CellRole).value<CellView>();
    const QVariant coloured = index.data(GridModel::BackgroundColourRole);
    const QColor background = coloured.isValid() ? coloured.value<QColor>()
                                                 : option.palette.color(QPalette::AlternateBase);
    const QColor ink = textColourOn(background);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(option.rect).adjusted(2, 2, -2, -2);
    painter->fillRect(area, background);
    if (cell.evidence == Evidence::TooFew) drawHatch(*painter, area, ink);
    const QRectF inner = area.adjusted(kMargin, 5, -kMargin, -7);
    TextLines lines(*painter, inner);
    drawTexts(*painter, lines, option, index, cell, ink);
    const double room = lines.rest().height();
    const double height = std::min(std::max(kSparklineHeight * 1.6, 0.6 * room), room - 2);
    drawSparkline(*painter,
                  QRectF(inner.left(), inner.bottom() - height, inner.width(), height - 2),
                  cell.sparkline, ink);
    drawProgress(*painter, area, cell, ink);
    drawRank(*painter, area, cell.rank, ink);
    drawSelection(*painter, QRectF(option.rect).adjusted(2, 2, -1, -1), option);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {84, 3 * option.fontMetrics.height() + kSparklineHeight + 8};
}

}  // namespace ui
