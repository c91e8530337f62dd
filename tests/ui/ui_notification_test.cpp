// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDBusConnection>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include "tests/ui/window_fixture.h"

/// Stands in for the desktop: takes the calls of the notification service.
class NotificationService : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public slots:
    uint Notify(const QString& program, uint, const QString&, const QString& summary,
                const QString& body, const QStringList&, const QVariantMap&, int) {
        emit told(program, summary, body);
        return 1;
    }

signals:
    void told(const QString& program, const QString& summary, const QString& body);
};

/// The end of a study reaches the desktop over a session bus of its own.
class NotificationTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        isolateUserSettings();
        if (QStandardPaths::findExecutable("dbus-daemon").isEmpty())
            QSKIP("dbus-daemon is not installed (apt-get install dbus-daemon)");
        m_bus.start("dbus-daemon", {"--session", "--nofork", "--nopidfile", "--print-address"});
        QTRY_VERIFY(m_bus.canReadLine());
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    }

    void theEndOfTheStudyIsToldToTheDesktop() {
        auto desktop = QDBusConnection::connectToBus(
            qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), "desktop");
        QVERIFY(desktop.isConnected());
        NotificationService service;
        QVERIFY(desktop.registerService("org.freedesktop.Notifications"));
        QVERIFY(desktop.registerObject("/org/freedesktop/Notifications", &service,
                                       QDBusConnection::ExportAllSlots));
        QSignalSpy told(&service, &NotificationService::told);
        WindowFixture fixture;
        fixture.openStudy();
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 30000);
        QVERIFY(told.front().at(2).toString().contains("12 runs are done"));
        QDBusConnection::disconnectFromBus("desktop");
    }

    void cleanupTestCase() {
        m_bus.kill();
        m_bus.waitForFinished();
    }

private:
    QProcess m_bus;
};

QTEST_MAIN(NotificationTest)
#include "ui_notification_test.moc"
