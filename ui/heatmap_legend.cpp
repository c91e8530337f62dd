// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_legend.h"

#include <algorithm>
#include <cmath>

#include "ui/heatmap_cells.h"
#include "ui/plot_colours.h"

namespace ui {
namespace {

constexpr double kSignWidth = 18.0;
constexpr double kGap = 6.0;
constexpr double kBetween = 18.0;
constexpr int kSideMargin = 8;

}  // namespace

HeatmapLegend::HeatmapLegend(QCustomPlot* plot) : QCPLayoutElement(plot) {
    setMargins({kSideMargin, 2, kSideMargin, 6});
}

void HeatmapLegend::setHeatmap(const Heatmap& heatmap) {
    const auto any = [&](auto&& holds) {
        return std::any_of(heatmap.cells.begin(), heatmap.cells.end(), holds);
    };
    const auto ranked = [&](RowRank rank) {
        return any([rank](const HeatmapCell& cell) { return cell.rank == rank; });
    };
    const auto doubtful = [&](Doubt doubt) {
        return any([doubt](const HeatmapCell& cell) { return cell.doubt == doubt; });
    };
    m_entries.clear();
    if (ranked(RowRank::Best))
        m_entries.push_back({Sign::Best, tr("lowest mean loss of its length")});
    if (ranked(RowRank::NotDistinguishable)) m_entries.push_back({Sign::Equal, heatmap.equalMeans});
    if (doubtful(Doubt::Undecided)) m_entries.push_back({Sign::Undecided, heatmap.undecidedMeans});
    if (doubtful(Doubt::TooFewRuns))
        m_entries.push_back({Sign::TooFew, tr("too few runs: one run has no spread")});
    if (doubtful(Doubt::Failed)) m_entries.push_back({Sign::Failed, tr("runs failed or diverged")});
    if (any([](const HeatmapCell& cell) {
            return !cell.value && cell.text == QStringLiteral("–") && cell.doubt == Doubt::None;
        }))
        m_entries.push_back({Sign::Missing, tr("no number yet")});
    m_note = heatmap.note;
}

void HeatmapLegend::setLook(const QPalette& palette, const QFont& font) {
    m_palette = palette;
    m_font = font;
    m_font.setPointSizeF(0.92 * font.pointSizeF());
}

QStringList HeatmapLegend::texts() const {
    QStringList texts;
    for (const Entry& entry : m_entries) texts.push_back(entry.text);
    texts.push_back(m_note);
    return texts;
}

void HeatmapLegend::update(UpdatePhase phase) {
    if (phase == upPreparation) {
        const double width = mParentPlot->viewport().width() - 2.0 * kSideMargin;
        const int height = static_cast<int>(std::ceil(layOut({0, 0, width, 0}, nullptr)));
        setMinimumSize(0, height);
        setMaximumSize(QWIDGETSIZE_MAX, height);
    }
    QCPLayoutElement::update(phase);
}

void HeatmapLegend::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

void HeatmapLegend::draw(QCPPainter* painter) {
    painter->setFont(m_font);
    layOut(mRect, painter);
}

QSizeF HeatmapLegend::textSize(const QString& text, double room) const {
    const QRectF most(0, 0, room, 1000);
    const QSizeF size = QFontMetricsF(m_font).boundingRect(most, Qt::TextWordWrap, text).size();
    return {std::ceil(size.width()) + 1, std::ceil(size.height())};
}

double HeatmapLegend::layOut(const QRectF& area, QCPPainter* painter) const {
    const QFontMetricsF metrics(m_font);
    const double line = metrics.height() + 4;
    double x = area.left();
    double y = area.top();
    double row = 0.0;  // height of the highest entry of the row that is being filled
    for (const Entry& entry : m_entries) {
        const QSizeF text = textSize(entry.text, area.width() - kSignWidth - kGap);
        const double width = kSignWidth + kGap + text.width();
        if (x > area.left() && x + width > area.right()) {
            x = area.left();
            y += row;
            row = 0.0;
        }
        if (painter) {
            drawSign(*painter, {x, y + 2, kSignWidth, line - 6}, entry.sign);
            painter->setPen(m_palette.color(QPalette::Text));
            painter->drawText(QRectF(QPointF(x + kSignWidth + kGap, y), text),
                              Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, entry.text);
        }
        row = std::max(row, text.height() + 4);
        x += width + kBetween;
    }
    y += row;
    if (m_note.isEmpty()) return y - area.top();
    const QRectF room(area.left(), y, area.width(), 1000);
    const int flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
    if (painter) {
        painter->setPen(
            blended(m_palette.color(QPalette::Text), m_palette.color(QPalette::Base), 0.7));
        painter->drawText(room, flags, m_note);
    }
    return y - area.top() + metrics.boundingRect(room, flags, m_note).height();
}

void HeatmapLegend::drawSign(QCPPainter& painter, const QRectF& area, Sign sign) const {
    const QColor text = m_palette.color(QPalette::Text);
    const QColor base = m_palette.color(QPalette::Base);
    painter.setBrush(Qt::NoBrush);
    if (sign == Sign::Missing) {
        painter.setPen(text);
        painter.drawText(area, Qt::AlignCenter, QStringLiteral("–"));
        return;
    }
    if (sign == Sign::Best || sign == Sign::Equal) {
        painter.setPen(
            rankPen(sign == Sign::Best ? RowRank::Best : RowRank::NotDistinguishable, text));
        painter.drawRect(area.adjusted(1, 1, -1, -1));
        return;
    }
    const Doubt doubt = sign == Sign::Undecided ? Doubt::Undecided
                        : sign == Sign::TooFew  ? Doubt::TooFewRuns
                                                : Doubt::Failed;
    painter.fillRect(area, blended(text, base, 0.08));
    painter.setPen(QPen(blended(text, base, 0.6), 1));
    painter.drawLines(hatchLines(area, hatchOf(doubt)));
}

}  // namespace ui
