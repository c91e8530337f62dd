// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recent_experiments.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace ui {
namespace {

constexpr qsizetype kMost = 8;
const QString kKey = QStringLiteral("recentExperiments");

}  // namespace

QStringList recentExperiments() {
    return QSettings().value(kKey).toStringList();
}

void rememberExperiment(const QString& folder) {
    const QString absolute = QDir(folder).absolutePath();
    QStringList folders = QSettings().value(kKey).toStringList();
    folders.removeAll(absolute);
    folders.prepend(absolute);
    QSettings().setValue(kKey, folders.mid(0, kMost));
}

QString examplesFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

bool isOfExamples(const QString& folder) {
    return QFileInfo(QDir(folder).absolutePath()).path() == examplesFolder();
}

QString settingsName(const runs::Study& study) {
    const QString path = QDir(QString::fromStdString(study.folder().string())).absolutePath();
    return QString::fromLatin1(
        path.toUtf8().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

bool isThere(const QString& folder) {
    return runs::Study::isExperiment(folder.toStdString());
}

}  // namespace ui
