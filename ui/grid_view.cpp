// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid_view.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>

#include "ui/cell_delegate.h"
#include "ui/grid_model.h"

namespace ui {

GridView::GridView(QWidget* parent) : QTableView(parent) {
    setItemDelegate(new CellDelegate(this));
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Grid of sequence lengths and keep ratios"));
    for (QHeaderView* header : {horizontalHeader(), verticalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Stretch);
        header->setSectionsClickable(true);
        header->setHighlightSections(true);
        header->setDefaultAlignment(Qt::AlignCenter);
        header->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(header, &QWidget::customContextMenuRequested, this,
                [this, header](const QPoint& position) {
                    const int section = header->logicalIndexAt(position);
                    if (section >= 0)
                        emit headerMenuRequested(header->orientation(), section,
                                                 header->viewport()->mapToGlobal(position));
                });
    }
    horizontalHeader()->setMinimumSectionSize(68);
    verticalHeader()->setMinimumSectionSize(58);
    QFont bold = font();
    bold.setBold(true);  // the headers of what is selected
    verticalHeader()->setMinimumWidth(
        QFontMetrics(bold).horizontalAdvance(QStringLiteral("L 1024")) + 16);
    buildCorner();
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this,
            [this] { queueIdle(selectedCells()); });
    connect(verticalHeader(), &QHeaderView::sectionClicked, this,
            [this] { queueIdle(selectedCells()); });
}

/// Qt's corner button selects everything; here it says what it does and queues, too.
void GridView::buildCorner() {
    auto* corner = findChild<QAbstractButton*>(QString(), Qt::FindDirectChildrenOnly);
    if (!corner) return;
    corner->setObjectName(QStringLiteral("gridCorner"));
    corner->setToolTip(tr("Click to queue the whole grid."));
    corner->setAccessibleName(tr("Queue the whole grid"));
    auto* label = new QLabel(tr("All"), corner);
    label->setAlignment(Qt::AlignCenter);
    label->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* layout = new QVBoxLayout(corner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    connect(corner, &QAbstractButton::clicked, this, [this] { queueIdle(selectedCells()); });
}

void GridView::setGridModel(GridModel* model) {
    m_grid = model;
    setModel(model);
}

QModelIndexList GridView::selectedCells() const {
    return selectionModel() ? selectionModel()->selectedIndexes() : QModelIndexList();
}

void GridView::selectCells(const QModelIndexList& cells) {
    QItemSelection wanted;
    for (const QModelIndex& one : cells) wanted.select(one, one);
    selectionModel()->select(wanted, QItemSelectionModel::ClearAndSelect);
    if (cells.isEmpty()) return;
    selectionModel()->setCurrentIndex(cells.front(), QItemSelectionModel::NoUpdate);
    scrollTo(cells.front());
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
    if (event->matches(QKeySequence::Copy)) {
        emit copyRequested();
        return;
    }
    switch (event->key()) {
        case Qt::Key_Escape:
            clearSelection();
            return;
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
