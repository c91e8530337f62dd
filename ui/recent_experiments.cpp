// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recent_experiments.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace ui {
namespace {

constexpr qsizetype kMost = 8;
const QString kKey = QStringLiteral("recentExperiments");

}  // namespace

QStringList recentExperiments() {
    QStringList folders = QSettings().value(kKey).toStringList();
    folders.removeIf([](const QString& folder) { return !QFileInfo(folder).isDir(); });
    return folders;
}

void rememberExperiment(const QString& folder) {
    const QString absolute = QDir(folder).absolutePath();
    QStringList folders = QSettings().value(kKey).toStringList();
    folders.removeAll(absolute);
    folders.prepend(absolute);
    QSettings().setValue(kKey, folders.mid(0, kMost));
}

}  // namespace ui
