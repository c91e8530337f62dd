// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid_view.h"

#include <QHeaderView>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/colour_map.h"
#include "ui/grid_model.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr int kMargin = 6;
constexpr int kSparklineHeight = 22;

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
        painter.drawRect(area.adjusted(-1, -1, 0, 0));
    }
    if (current) {
        painter.setPen(QPen(accent, 1, Qt::DotLine));
        painter.drawRect(area.adjusted(4, 4, -5, -5));
    }
}

}  // namespace

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const auto cell = index.data(GridModel::CellRole).value<CellView>();
    const QVariant coloured = index.data(GridModel::BackgroundColourRole);
    const QColor background = coloured.isValid() ? coloured.value<QColor>()
                                                 : option.palette.color(QPalette::AlternateBase);
    const QColor ink = textColourOn(background);
    QColor soft = ink;
    soft.setAlphaF(0.72F);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(option.rect).adjusted(2, 2, -2, -2);
    painter->fillRect(area, background);
    if (cell.failed > 0) painter->fillRect(area, QBrush(soft, Qt::BDiagPattern));

    QFont bold = option.font;
    bold.setBold(true);
    bold.setPointSizeF(option.font.pointSizeF() * 1.15);
    const double line = QFontMetricsF(bold).height();
    const QRectF inner = area.adjusted(kMargin, 3, -kMargin, -5);
    const QRectF top(inner.left(), inner.top(), inner.width(), line);
    painter->setPen(ink);
    painter->setFont(bold);
    painter->drawText(top, Qt::AlignLeft | Qt::AlignVCenter,
                      cell.meanLoss ? significant(*cell.meanLoss) : QString());
    const double glyph = 11.0;
    drawStateGlyph(*painter,
                   QRectF(top.right() - glyph, top.center().y() - glyph / 2, glyph, glyph),
                   cell.state, soft);

    QFont small = option.font;
    small.setPointSizeF(std::max(7.0, option.font.pointSizeF() * 0.85));
    painter->setFont(small);
    painter->setPen(soft);
    const QRectF second(inner.left(), top.bottom(), inner.width(), QFontMetricsF(small).height());
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter,
                      QStringLiteral("%1/%2").arg(cell.done).arg(cell.planned));
    painter->drawText(second, Qt::AlignRight | Qt::AlignVCenter,
                      QStringLiteral("k %1").arg(cell.keep));
    const double room = inner.bottom() - second.bottom();
    const double height = std::min<double>(kSparklineHeight * 1.6, room - 2);
    drawSparkline(*painter,
                  QRectF(inner.left(), inner.bottom() - height, inner.width(), height - 2),
                  cell.sparkline, ink);
    drawProgress(*painter, area, cell, ink);
    drawRank(*painter, area, cell.rank, ink);
    drawSelection(*painter, QRectF(option.rect).adjusted(2, 2, -1, -1), option);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const int lines = 2 * option.fontMetrics.height();
    return {84, lines + kSparklineHeight + 12};
}

GridView::GridView(QWidget* parent) : QTableView(parent) {
    setItemDelegate(new CellDelegate(this));
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Grid of sequence lengths and keep ratios"));
    for (QHeaderView* header : {horizontalHeader(), verticalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Stretch);
        header->setSectionsClickable(true);
        header->setHighlightSections(true);
        header->setDefaultAlignment(Qt::AlignCenter);
    }
    horizontalHeader()->setMinimumSectionSize(76);
    verticalHeader()->setMinimumSectionSize(58);
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this,
            [this] { queueIdle(selectedCells()); });
    connect(verticalHeader(), &QHeaderView::sectionClicked, this,
            [this] { queueIdle(selectedCells()); });
}

void GridView::setGridModel(GridModel* model) {
    m_grid = model;
    setModel(model);
}

QModelIndexList GridView::selectedCells() const {
    return selectionModel() ? selectionModel()->selectedIndexes() : QModelIndexList();
}

void GridView::queueIdle(const QModelIndexList& cells) {
    QModelIndexList idle;
    for (const QModelIndex& one : cells)
        if (m_grid->cell(one).idle() > 0) idle.push_back(one);
    if (!idle.isEmpty()) emit queueRequested(idle);
}

void GridView::mousePressEvent(QMouseEvent* event) {
    m_pressed =
        event->button() == Qt::LeftButton ? indexAt(event->position().toPoint()) : QModelIndex();
    if (event->button() == Qt::RightButton) {
        const QModelIndex under = indexAt(event->position().toPoint());
        if (under.isValid() && selectionModel()->isSelected(under)) return;  // keep the selection
    }
    QTableView::mousePressEvent(event);
}

void GridView::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    const QModelIndex released = indexAt(event->position().toPoint());
    const bool clicked = m_pressed.isValid() && released == m_pressed;
    m_pressed = QModelIndex();
    if (!clicked || event->button() != Qt::LeftButton) return;
    if (event->modifiers() == Qt::NoModifier) queueIdle({released});
    if (event->modifiers() == Qt::ShiftModifier) queueIdle(selectedCells());
}

void GridView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            queueIdle(selectedCells());
            return;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            emit removeRequested(selectedCells());
            return;
        case Qt::Key_Space:
            selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle);
            return;
        default:
            QTableView::keyPressEvent(event);
    }
}

void GridView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    emit cellsSelected();
}

QSize GridView::sizeHint() const {
    return {640, 420};
}

}  // namespace ui
