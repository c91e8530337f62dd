// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace ui {

/// Folders opened lately, newest first, that still exist; kept in the user's settings.
QStringList recentExperiments();
void rememberExperiment(const QString& folder);

}  // namespace ui
