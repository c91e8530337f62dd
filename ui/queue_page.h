// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

#include "engine/runs/run_record.h"
#include "ui/change.h"

class QLabel;
class QTableView;
class QToolButton;

namespace ui {

class QueueModel;
class Workbench;

/// What trains and what waits, in its order, with the verbs that change it.
class QueuePage : public QWidget {
    Q_OBJECT
public:
    explicit QueuePage(Workbench& workbench, QWidget* parent = nullptr);
    QueueModel& model() { return *m_model; }
    QTableView& table() { return *m_table; }

private:
    QToolButton* addVerb(const QString& name, const QString& text, const QString& toolTip);
    void build();
    void connectVerbs();
    void onChange(const Change& change);
    void refresh();
    void enableVerbs();
    std::vector<runs::RunId> selected() const;
    /// Takes waiting runs out of the queue and running ones out of their lane.
    void removeSelected();
    void toggleHold();

    Workbench& m_workbench;
    QueueModel* m_model;
    QTableView* m_table;
    QLabel* m_empty;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_hold;
    QToolButton* m_remove;
    QTimer m_refreshTimer;
};

}  // namespace ui
