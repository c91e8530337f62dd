// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop_notification.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QFileInfo>

namespace ui {
namespace {

/// Whether a session bus is there already: asking Qt for one would start a daemon.
bool hasSessionBus() {
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")) return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus"));
}

}  // namespace

void notifyDesktop(QWidget& window, const QString& title, const QString& text) {
    QApplication::alert(&window);
    if (!hasSessionBus()) return;
    const QString service = QStringLiteral("org.freedesktop.Notifications");
    QDBusMessage call =
        QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/Notifications"),
                                       service, QStringLiteral("Notify"));
    constexpr uint kNewNotification = 0;
    constexpr int kServersOwnTimeout = -1;
    call << QApplication::applicationDisplayName() << kNewNotification << QString() << title
         << text.toHtmlEscaped() << QStringList() << QVariantMap() << kServersOwnTimeout;
    QDBusConnection::sessionBus().asyncCall(call);
}

}  // namespace ui
