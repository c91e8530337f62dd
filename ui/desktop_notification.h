// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace ui {

/// Tells the user outside the window: through the desktop's notification service (the interface
/// org.freedesktop.Notifications) where the session has one, and by marking the window in any case.
void notifyDesktop(QWidget& window, const QString& title, const QString& text);

}  // namespace ui
