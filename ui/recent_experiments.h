// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "engine/runs/study.h"

namespace ui {

/// Folders opened lately, newest first; kept in the user's settings. One that is gone stays listed:
/// its disk may come back.
QStringList recentExperiments();
void rememberExperiment(const QString& folder);
/// Where the example that the program carries is unpacked; not listed among the recent ones.
QString examplesFolder();
bool isOfExamples(const QString& folder);
/// Whether this folder holds an experiment now.
bool isThere(const QString& folder);

/// Names an experiment's folder in a key of the user's settings.
QString settingsName(const runs::Study& study);

}  // namespace ui
