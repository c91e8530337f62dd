// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment_folder.h"

#include <QDir>
#include <QFileInfo>
#include <QObject>
#include <QStandardPaths>

#include "engine/runs/study.h"

namespace ui {

QString defaultExperimentsFolder() {
    QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (documents.isEmpty()) documents = QDir::homePath();
    return documents + QStringLiteral("/Sparsity experiments");
}

QString unusedFolder(const QString& wanted) {
    QString folder = wanted;
    for (int number = 2; QFileInfo::exists(folder); ++number)
        folder = QStringLiteral("%1 %2").arg(wanted).arg(number);
    return folder;
}

QString nearestFolder(const QString& wanted) {
    QFileInfo there(wanted);
    while (!there.isDir() && there.filePath() != there.path()) there = QFileInfo(there.path());
    return there.filePath();
}

QString folderObstacle(const QString& folder) {
    if (folder.isEmpty()) return QObject::tr("Folder: choose where the experiment is kept.");
    if (QDir::isRelativePath(folder))
        return QObject::tr("Folder: %1 is not a whole path; write one from the root, as in %2.")
            .arg(folder, QDir::toNativeSeparators(defaultExperimentsFolder()));
    if (runs::Study::isExperiment(folder.toStdString()))
        return QObject::tr(
                   "Folder: %1 holds an experiment already; open that one, or choose another "
                   "folder.")
            .arg(folder);
    QFileInfo there(folder);
    while (!there.exists() && there.filePath() != there.path()) there = QFileInfo(there.path());
    if (!there.isDir() || !there.isWritable())
        return QObject::tr("Folder: %1 cannot be made, since nothing can be written to %2.")
            .arg(folder, there.filePath());
    if (QFileInfo(folder).isDir() && !QDir(folder).isEmpty())
        return QObject::tr("Folder: %1 holds other files; choose an empty folder or a new one.")
            .arg(folder);
    return {};
}

}  // namespace ui
