// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QApplication;

namespace ui {

enum class Theme { System, Light, Dark };

QString themeName(Theme theme);
Theme themeFromName(const QString& name);

/// Remembers the palette of the desktop and switches between it and the two of our own.
void applyTheme(Theme theme);

}  // namespace ui
