// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndexList>
#include <QTableView>

namespace ui {

class GridModel;

/// The grid of cells. A click on an idle cell queues it, Shift-click the range from the last cell,
/// a header its row or column, the corner everything; Ctrl-click, drag, arrows, Space and Ctrl+A
/// select only; Enter queues, Del takes out of the queue.
class GridView : public QTableView {
    Q_OBJECT
public:
    explicit GridView(QWidget* parent = nullptr);
    void setGridModel(GridModel* model);
    QModelIndexList selectedCells() const;
    /// Selects these cells and no others; nothing is queued.
    void selectCells(const QModelIndexList& cells);

signals:
    void queueRequested(const QModelIndexList& cells);
    void removeRequested(const QModelIndexList& cells);
    void cellsSelected();
    void copyRequested();
    /// A header was right-clicked: section of the rows (vertical) or columns.
    void headerMenuRequested(Qt::Orientation orientation, int section,
                             const QPoint& globalPosition);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;
    QSize sizeHint() const override;

private:
    void buildCorner();
    void queueIdle(const QModelIndexList& cells);
    GridModel* m_grid = nullptr;
    QPersistentModelIndex m_pressed;
};

}  // namespace ui
