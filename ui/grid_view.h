// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndexList>
#include <QStyledItemDelegate>
#include <QTableView>

namespace ui {

class GridModel;

/// Paints a cell: mean loss, runs done/planned, state glyph, sparkline, progress, rank outline.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The grid of cells. A click on an idle cell queues it, Shift-click the range from the last cell,
/// a header its row or column; Ctrl-click, drag, arrows and Space select only; Enter queues, Del
/// takes out of the queue.
class GridView : public QTableView {
    Q_OBJECT
public:
    explicit GridView(QWidget* parent = nullptr);
    void setGridModel(GridModel* model);
    QModelIndexList selectedCells() const;

signals:
    void queueRequested(const QModelIndexList& cells);
    void removeRequested(const QModelIndexList& cells);
    void cellsSelected();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;
    QSize sizeHint() const override;

private:
    void queueIdle(const QModelIndexList& cells);
    GridModel* m_grid = nullptr;
    QPersistentModelIndex m_pressed;
};

}  // namespace ui
