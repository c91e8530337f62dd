// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

#include "ui/queue_rows.h"

namespace ui {

/// The queue as a table. Waiting rows can be dragged to another place among the waiting ones.
class QueueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Order, Run, State, Progress, Speed, Left, Ends, Priority, Reason, ColumnCount };
    enum Role { IdRole = Qt::UserRole, ShareRole };

    explicit QueueModel(QObject* parent = nullptr);
    /// Inserts, removes, moves and changes the rows that differ; selections stay on their runs.
    void setRows(std::vector<QueueRow> rows);
    const QueueRow& row(int at) const { return m_rows[static_cast<std::size_t>(at)]; }
    int indexOf(const runs::RunId& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                         const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

signals:
    /// Runs were dropped before this one; an empty id means behind the last that waits.
    void runsDropped(const QStringList& ids, const QString& before);

private:
    void removeGone(const std::vector<QueueRow>& wanted);
    void arrange(const std::vector<QueueRow>& wanted);
    void takeValues(std::vector<QueueRow> wanted);
    QString text(const QueueRow& row, int column) const;
    QString toolTip(const QueueRow& row) const;
    std::vector<QueueRow> m_rows;
};

}  // namespace ui
