// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/application.h"

#include <QApplication>
#include <QMainWindow>

namespace ui {

int runApplication(int& argc, char** argv, const StartOptions& options) {
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sparsity-workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sparsity Workbench"));
    QMainWindow window;
    window.setWindowTitle(QString::fromStdString(options.experimentFolder));
    window.show();
    return QApplication::exec();
}

}  // namespace ui
