// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export_control.h"

#include <QAction>
#include <QDesktopServices>
#include <QUrl>
#include <QWidget>

#include "ui/export_dialog.h"
#include "ui/window_actions.h"
#include "ui/workbench.h"

namespace ui {

ExportControl::ExportControl(Workbench& workbench, WindowActions& actions, QWidget& window)
    : QObject(&window), m_workbench(workbench), m_actions(actions), m_window(window) {
    connect(m_actions.find(QStringLiteral("export")), &QAction::triggered, this,
            &ExportControl::openDialog);
    QAction* open = m_actions.find(QStringLiteral("openExportFolder"));
    open->setEnabled(false);
    connect(open, &QAction::triggered, this, &ExportControl::openFolder);
}

void ExportControl::openDialog() {
    auto* dialog = new ExportDialog(m_workbench, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exported, this, &ExportControl::tell);
    dialog->open();
}

void ExportControl::tell(const QString& folder, int files) {
    m_folder = folder;
    m_actions.find(QStringLiteral("openExportFolder"))->setEnabled(true);
    m_workbench.notify({runs::Severity::Info,
                        tr("%1 files were exported into %2.").arg(files).arg(folder),
                        QStringLiteral("openExportFolder")});
}

void ExportControl::openFolder() {
    if (QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder))) return;
    m_workbench.notify({runs::Severity::Warning,
                        tr("No file manager answered. The files are in %1.").arg(m_folder),
                        {}});
}

}  // namespace ui
