// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <deque>
#include <vector>

#include "engine/runs/events.h"

namespace ui {

/// What the engine and the window said, newest first; at most kMostMessages are kept.
class MessageModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Level, Text, Run, ColumnCount };
    static constexpr int kMostMessages = 5000;

    explicit MessageModel(QObject* parent = nullptr);
    void add(const runs::Message& message);
    /// Messages that concern this run, newest first.
    std::vector<runs::Message> about(const runs::RunId& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Entry {
        QDateTime time;
        runs::Message message;
    };
    std::deque<Entry> m_entries;
};

}  // namespace ui
