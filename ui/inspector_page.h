// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "engine/runs/study.h"
#include "ui/change.h"

class QComboBox;
class QPushButton;
class QTextBrowser;

namespace ui {

class Workbench;

/// Everything that is known of one run of the selected cells, and in what it differs from another.
class InspectorPage : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPage(Workbench& workbench, QWidget* parent = nullptr);
    QTextBrowser& text() { return *m_text; }

private:
    void onChange(const Change& change);
    void listRuns();
    void listOthers();
    void inspect();
    void show(const QString& html);
    const runs::RunView* chosen(const QComboBox& box) const;
    QString command() const;

    Workbench& m_workbench;
    QComboBox* m_runs;
    QComboBox* m_other;  // compared with; its first entry is no run
    QPushButton* m_open;
    QPushButton* m_command;
    QPushButton* m_copy;
    QTextBrowser* m_text;
    QString m_shown;        // set again only when it changed: reading it must not lose its place
    quint64 m_reading = 0;  // only the newest reading is shown
};

}  // namespace ui
