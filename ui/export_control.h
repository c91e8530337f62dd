// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace ui {

class WindowActions;
class Workbench;

/// The window's verbs around exports: opens the sheet, says what was written, opens the folder.
class ExportControl : public QObject {
    Q_OBJECT
public:
    ExportControl(Workbench& workbench, WindowActions& actions, QWidget& window);

private:
    void openDialog();
    void tell(const QString& folder, int files);
    void openFolder();

    Workbench& m_workbench;
    WindowActions& m_actions;
    QWidget& m_window;
    QString m_folder;  // of the newest export
};

}  // namespace ui
