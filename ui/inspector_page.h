// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "engine/runs/study.h"
#include "ui/change.h"

class QComboBox;
class QPushButton;
class QTextBrowser;

namespace ui {

class Workbench;

/// Everything that is known of one run of the selected cells: state, result, settings, gates,
/// error.
class InspectorPage : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPage(Workbench& workbench, QWidget* parent = nullptr);
    QTextBrowser& text() { return *m_text; }

private:
    void onChange(const Change& change);
    void listRuns();
    void inspect();
    void showInspection(const runs::RunView& run, const runs::RunInspection& inspection);

    Workbench& m_workbench;
    QComboBox* m_runs;
    QPushButton* m_open;
    QTextBrowser* m_text;
    quint64 m_reading = 0;  // only the newest reading is shown
};

}  // namespace ui
