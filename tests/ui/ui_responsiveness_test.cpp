// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDockWidget>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <algorithm>

#include "tests/ui/gui_watchdog.h"
#include "tests/ui/window_fixture.h"
#include "ui/curves_page.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"

/// The window while much happens. How long it was deaf stands in the log and in window_bench; what
/// is asserted here does not depend on the machine's speed.
class ResponsivenessTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void theWatchdogMeasuresABlockedWindow() {
        constexpr int kBlockMs = 60;
        GuiWatchdog watchdog;
        QTRY_VERIFY(watchdog.asked() > 2);
        int askedWhileBlocked = 0;
        QTimer::singleShot(0, this, [&] {
            const int before = watchdog.asked();
            while (watchdog.asked() == before) QThread::yieldCurrentThread();
            QThread::msleep(kBlockMs);  // the question is there and nobody answers
            askedWhileBlocked = watchdog.asked();
        });
        QTRY_VERIFY(askedWhileBlocked > 0 && watchdog.asked() > askedWhileBlocked);
        const std::vector<double> waits = watchdog.stop();
        QVERIFY(*std::max_element(waits.begin(), waits.end()) >= kBlockMs);
    }

    void everyPageFollowsAWholeStudyWhileTheWatchdogIsAnswered() {
        WindowFixture fixture;
        fixture.openStudy();
        for (QDockWidget* dock : fixture.window->findChildren<QDockWidget*>()) {
            fixture.window->addDockWidget(fixture.window->dockWidgetArea(dock), dock);
            dock->show();
        }
        fixture.click(0, 0);
        GuiWatchdog watchdog;
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(runs::RunStatus::Done), std::size_t(2), 30000);
        fixture.trigger("queueAll");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(runs::RunStatus::Done), std::size_t(12), 30000);
        const ui::GridModel& model = fixture.window->gridPage().model();
        QTRY_COMPARE(model.cell(fixture.cell(1, 2)).done, 2);
        QTRY_COMPARE(fixture.window->curvesPage().plot().pointCount("L 64 · k/L 0.25/training"),
                     12);
        const std::vector<double> waits = watchdog.stop();
        QVERIFY(!waits.empty());
        qInfo("longest wait for an answer of the window: %.1f ms in %zu questions",
              *std::max_element(waits.begin(), waits.end()), waits.size());
    }
};

QTEST_MAIN(ResponsivenessTest)
#include "ui_responsiveness_test.moc"
