// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "engine/runs/queue.h"
#include "engine/runs/study.h"
#include "ui/cell_state.h"

namespace ui {

/// A run that trains or waits, as the queue table shows it.
struct QueueRow {
    runs::RunId id;
    experiment::RunSpec spec;
    CellState state = CellState::Queued;
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    double tokensPerSecond = 0.0;
    double secondsLeft = -1.0;  // of this run alone; negative: not known yet
    QString reason;             // why it waits, where it runs
    runs::Hold hold = runs::Hold::Released;
    bool operator==(const QueueRow&) const = default;
};

/// Rows of the queue: what trains first, then what waits in its order. Seconds left come from the
/// run's own pace, or from that of other runs with the same length.
std::vector<QueueRow> queueRows(const runs::Study& study, const runs::Queue& queue);

class QueueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Order, Run, State, Progress, Speed, Left, Reason, ColumnCount };
    enum Role { IdRole = Qt::UserRole, ShareRole };

    explicit QueueModel(QObject* parent = nullptr);
    void setRows(std::vector<QueueRow> rows);
    const QueueRow& row(int at) const { return m_rows[static_cast<std::size_t>(at)]; }
    int indexOf(const runs::RunId& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const QueueRow& row, int at, int column) const;
    std::vector<QueueRow> m_rows;
};

}  // namespace ui
