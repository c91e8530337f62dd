// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "tests/ui/window_fixture.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/notice_bar.h"
#include "ui/window_actions.h"

using runs::RunStatus;

namespace {

/// The button of the bar; null where it offers none.
QPushButton* offer(const WindowFixture& fixture) {
    auto* button = fixture.window->noticeBar().findChild<QPushButton*>();
    return button && button->isVisible() ? button : nullptr;
}

/// Closes a study whose first cell is queued, and opens it again.
void leaveRunsWaiting(WindowFixture& fixture) {
    fixture.openStudy();
    fixture.click(0, 0);
    fixture.reopen();
    QTRY_VERIFY(fixture.window->noticeBar().text().contains("Still waiting"));
}

}  // namespace

/// What the bar above the page says, offers, and when it stops saying it.
class NoticeTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void dismissingANoticeShowsTheOneBehindAndLosesNothing() {
        WindowFixture fixture;
        fixture.openStudy();
        const int before = fixture.workbench->messages().rowCount();
        fixture.workbench->notify({runs::Severity::Error, "the disk is full", {}, {}});
        fixture.workbench->notify({runs::Severity::Info, "all is well", {}, {}});
        ui::NoticeBar& bar = fixture.window->noticeBar();
        QCOMPARE(bar.text(), "the disk is full");
        auto* dismiss = bar.findChild<QToolButton*>("noticeDismiss");
        QTest::mouseClick(dismiss, Qt::LeftButton);
        QCOMPARE(bar.text(), "all is well");
        QTest::mouseClick(dismiss, Qt::LeftButton);
        QVERIFY(!bar.isVisible());
        QCOMPARE(fixture.workbench->messages().rowCount(), before + 2);
    }

    void aCellThatCannotBeReadHasFailedAndItsRetryTrainsIt() {
        WindowFixture fixture;
        fixture.openStudy();
        const runs::RunId id = fixture.workbench->study()->runs().front().id;
        const QString cell =
            QFileInfo(QString::fromStdString(fixture.workbench->study()->runFolder(id).string()))
                .path();
        QFile file(cell);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        fixture.click(0, 0);
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Damaged), std::size_t(2), 15000);
        QTRY_VERIFY(fixture.window->noticeBar().text().contains("Could not read"));
        const ui::GridModel& grid = fixture.window->gridPage().model();
        QCOMPARE(grid.cell(fixture.cell(0, 0)).state, ui::CellState::Failed);
        QVERIFY(fixture.window->actions().find("retryFailed")->isEnabled());
        QVERIFY(offer(fixture));
        QTest::mouseClick(offer(fixture), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(2), 30000);
        QVERIFY(QFileInfo(cell + ".old-1").isFile());
        QVERIFY(!fixture.window->noticeBar().text().contains("Could not read"));
    }

    void anErrorGoesWhenItsRunIsRetried() {
        WindowFixture fixture;
        fixture.behaviour->notFiniteAt = {{1, 5}, {2, 5}};
        fixture.trainFirstCell();
        QTRY_VERIFY(fixture.window->noticeBar().text().contains("Diverged"));
        fixture.behaviour->notFiniteAt.clear();
        fixture.trigger("retryFailed");
        QVERIFY(!fixture.window->noticeBar().isVisible());
    }

    void whatWasLeftWaitingIsSaidUntilTheTrainingStarts() {
        WindowFixture fixture;
        leaveRunsWaiting(fixture);
        fixture.trigger("start");
        QVERIFY(!fixture.window->noticeBar().isVisible());
    }

    void whatWasLeftWaitingIsNotOfferedOnceNothingWaits() {
        WindowFixture fixture;
        leaveRunsWaiting(fixture);
        QVERIFY(offer(fixture));
        fixture.trigger("stop");
        QCOMPARE(fixture.queued(), std::size_t(0));
        QVERIFY(!fixture.window->noticeBar().isVisible());
    }

    void aCompleteStudyIsSaidUntilSeedsAreAdded() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.trigger("start");
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window->noticeBar().text().contains("is complete"), 30000);
        fixture.workbench->addSeed({{64, 0.25}});
        QVERIFY(!fixture.window->noticeBar().text().contains("is complete"));
        fixture.gate.close();  // the lanes are ready for more and take it up
        fixture.workbench->queueEverything();
        QTRY_COMPARE(fixture.count(RunStatus::Running), std::size_t(1));
        fixture.gate.open();
        QTRY_VERIFY_WITH_TIMEOUT(
            fixture.window->noticeBar().text().contains("is complete: 13 runs"), 30000);
    }
};

QTEST_MAIN(NoticeTest)
#include "ui_notice_test.moc"
