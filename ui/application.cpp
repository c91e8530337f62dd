// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/application.h"

#include <QApplication>
#include <QSettings>
#include <QTimer>

#include "ui/main_window.h"
#include "ui/session.h"
#include "ui/theme.h"
#include "ui/workbench.h"
#include "ui/workbench_style.h"

namespace ui {

int runApplication(int& argc, char** argv, const StartOptions& options) {
    QApplication application(argc, argv);
    QApplication::setStyle(new WorkbenchStyle);  // which it owns
    QApplication::setOrganizationName(QStringLiteral("sparsity-workbench"));
    QApplication::setApplicationName(QStringLiteral("sparsity-workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sparsity Workbench"));
    QApplication::setApplicationVersion(QStringLiteral(SPARSITY_VERSION));
    applyTheme(themeFromName(QSettings().value(QStringLiteral("theme")).toString()));

    WorkbenchPorts ports = defaultWorkbenchPorts();
    ports.exportStudy = options.exportStudy;
    Workbench workbench(std::move(ports));
    LaneChoice lanes = workbench.laneChoice();
    if (!options.device.empty()) lanes.device = options.device;
    if (options.lanes > 0) lanes.lanes = options.lanes;
    workbench.setLaneChoice(lanes);
    MainWindow window(workbench);
    window.setDataPath(QString::fromStdString(options.dataPath));
    window.show();
    const QString folder = options.experimentFolder.empty()
                               ? experimentToReopen()
                               : QString::fromStdString(options.experimentFolder);
    if (!folder.isEmpty())
        QTimer::singleShot(0, &window, [&workbench, folder] { workbench.openExperiment(folder); });
    return QApplication::exec();
}

}  // namespace ui
