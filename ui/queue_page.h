// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

#include "engine/runs/run_record.h"
#include "ui/change.h"
#include "ui/queue_rows.h"

class QAction;
class QLabel;
class QMenu;
class QTableView;
class QToolBar;

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
    QAction* verb(const QString& name) const { return m_verbs.value(name); }
    /// Verbs of the window on all that trains, shown behind those of the page.
    void setTrainingActions(const QList<QAction*>& actions);

signals:
    /// The cells of the selected runs are selected now; this dock should show them.
    void dockWanted(const QString& name);

private:
    QAction* addVerb(const QString& name, const QString& text, const QString& toolTip,
                     const QKeySequence& keys, const std::function<void()>& act);
    void addOrderVerbs();
    void addRunVerbs();
    void addShowVerbs();
    void build();
    void buildTable();
    void onChange(const Change& change);
    void refresh();
    QString whyEmpty() const;
    void enableVerbs();
    void showMenu(const QPoint& position);
    std::vector<runs::RunId> selected() const;
    bool anySelected(QueueRow::Stage stage) const;
    /// Takes waiting runs out of the queue and running ones out of their lane.
    void removeSelected();
    void toggleHold();
    /// Whether a selected run waits and is not held: Hold then holds, else it releases.
    bool anyToHold() const;
    /// Keeps the selected runs in view, the foremost in the direction they have moved.
    void showMoved(runs::Direction direction);
    void showSelected(const QString& dock);

    Workbench& m_workbench;
    QueueModel* m_model;
    QTableView* m_table;
    QToolBar* m_tools;
    QLabel* m_summary;
    QLabel* m_empty;
    QMenu* m_priority;
    QHash<QString, QAction*> m_verbs;
    QTimer m_refreshTimer;
};

}  // namespace ui
