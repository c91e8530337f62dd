// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QAction>
#include <QElapsedTimer>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <algorithm>

#include "tests/ui/window_fixture.h"
#include "ui/answer_strip.h"
#include "ui/curves_page.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/notice_bar.h"
#include "ui/queue_model.h"
#include "ui/queue_page.h"
#include "ui/study_analysis.h"
#include "ui/window_actions.h"

using runs::RunStatus;
using ui::TrainingState;

/// Training behind the window, with fake trainers in the real scheduler.
class TrainingTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void startTrainsWhatIsQueuedAndFillsTheGrid() {
        WindowFixture fixture;
        fixture.openStudy();
        QAbstractItemModelTester grid(&fixture.window->gridPage().model());
        QAbstractItemModelTester queue(&fixture.window->queuePage().model());
        QSignalSpy finished(fixture.workbench.get(), &ui::Workbench::studyFinished);
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(12), 30000);
        QTRY_COMPARE(finished.size(), 1);
        const ui::GridModel& model = fixture.window->gridPage().model();
        QTRY_COMPARE(model.cell(fixture.cell(1, 2)).done, 2);
        QVERIFY(model.cell(fixture.cell(1, 2)).meanLoss.has_value());
        QCOMPARE(model.scale().content, ui::ColourScale::Content::Filled);
        QVERIFY(fixture.window->noticeBar().text().contains("12 runs"));
    }

    void curvesGrowWhileTheRunTrains() {
        WindowFixture fixture;
        fixture.startFirstCell(3);
        const QString key = "L 64 · k/L 0.25/training";
        ui::LinePlot& plot = fixture.window->curvesPage().plot();
        QTRY_VERIFY(plot.pointCount(key) >= 1);
        const int before = plot.pointCount(key);
        fixture.gate.allow(4);
        QTRY_VERIFY(plot.pointCount(key) > before);
        fixture.gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(2), 30000);
    }

    void pauseSavesACheckpointAndKeepsTheQueue() {
        WindowFixture fixture;
        fixture.startFirstCell(3);
        fixture.trigger("pause");
        QCOMPARE(fixture.workbench->trainingState(), TrainingState::Pausing);
        fixture.gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.workbench->trainingState(), TrainingState::Stopped,
                                  30000);
        QCOMPARE(fixture.queued(), std::size_t(2));
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(2), 30000);
    }

    void theSparklineOfAPausedRunIsThereAfterTheNextStart() {
        WindowFixture fixture;
        fixture.startFirstCell(7);
        QTRY_COMPARE(fixture.workbench->study()->runs().front().step, std::int64_t(7));
        fixture.trigger("pause");
        fixture.gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.workbench->trainingState(), TrainingState::Stopped,
                                  30000);
        const ui::CellKey other{128, 0.25, experiment::AttentionKind::Sparse};
        fixture.workbench->select({other});  // the curves ask for theirs by themselves
        fixture.reopen();
        QCOMPARE(fixture.workbench->selection(), std::vector{other});
        const ui::GridModel& model = fixture.window->gridPage().model();
        QTRY_VERIFY(!model.cell(model.index(0, 0)).sparkline.empty());
    }

    void stopEmptiesTheQueueAndUndoFillsItAgain() {
        WindowFixture fixture;
        fixture.gate.close();
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(0, 1);
        fixture.trigger("start");
        QTRY_COMPARE(fixture.count(RunStatus::Running), std::size_t(1));
        fixture.trigger("stop");
        fixture.gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.workbench->trainingState(), TrainingState::Stopped,
                                  30000);
        QCOMPARE(fixture.queued(), std::size_t(0));
        fixture.trigger("undo");
        QCOMPARE(fixture.queued(), std::size_t(4));
    }

    void aDivergedRunIsMarkedAndCanBeRetried() {
        WindowFixture fixture;
        fixture.behaviour->notFiniteAt = {{2, 5}};
        fixture.trainFirstCell();
        QCOMPARE(fixture.count(RunStatus::Diverged), std::size_t(1));
        const ui::GridModel& model = fixture.window->gridPage().model();
        QTRY_COMPARE(model.cell(fixture.cell(0, 0)).state, ui::CellState::Diverged);
        QVERIFY(fixture.window->noticeBar().isVisible());
        QVERIFY(fixture.workbench->messages().rowCount() > 0);
        fixture.behaviour->notFiniteAt.clear();
        fixture.trigger("retryFailed");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(2), 30000);
    }

    void cellsClickedWhileTrainingAreTrainedToo() {
        WindowFixture fixture;
        fixture.trainFirstCell();
        QCOMPARE(fixture.count(RunStatus::Done), std::size_t(2));
        fixture.click(1, 1);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(4), 30000);
    }

    void whenNothingIsLeftToTrainTheWindowIsFreeAgain() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.trigger("start");
        const QAction* start = fixture.window->actions().find("start");
        const QAction* create = fixture.window->actions().find("newExperiment");
        QVERIFY(!start->isEnabled());
        QVERIFY(!create->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(2), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), 30000);
        QVERIFY(create->isEnabled());
        fixture.trigger("start");  // the queue is empty: everything that is missing
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(12), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(create->isEnabled(), 30000);
        for (const char* name : {"start", "pause", "pauseAfterRun", "stop"})
            QVERIFY2(!fixture.window->actions().find(name)->isEnabled(), name);
        QVERIFY(start->toolTip().contains("Nothing is left to train"));
        fixture.trigger("closeExperiment");
        QVERIFY(fixture.workbench->study() == nullptr);
    }

    void whatWouldReplaceAnExperimentThatTrainsSaysWhyItCannot() {
        WindowFixture fixture;
        fixture.startFirstCell(2);
        const QAction* create = fixture.window->actions().find("newExperiment");
        const QAction* quick = fixture.window->actions().find("quickStudy");
        QVERIFY(!create->isEnabled() && create->toolTip().contains("Pause or stop"));
        QVERIFY(quick->statusTip().contains("Pause or stop"));
        QVERIFY(!fixture.window->noticeBar().isVisible());
        const QKeySequence keys = fixture.window->actions().find("closeExperiment")->shortcut();
        QVERIFY(!keys.isEmpty());
        QTest::keySequence(fixture.window.get(), keys);
        QVERIFY(fixture.window->noticeBar().text().contains("Pause or stop the training first"));
        QVERIFY(fixture.workbench->study());
        fixture.trigger("pause");
        fixture.gate.open();
        QTRY_VERIFY_WITH_TIMEOUT(create->isEnabled(), 30000);
        QVERIFY(!fixture.window->noticeBar().isVisible());
        QVERIFY(create->toolTip().startsWith("New experiment"));
        QVERIFY(quick->statusTip().contains("built-in text"));
        QTest::keySequence(fixture.window.get(), keys);
        QTRY_VERIFY(!fixture.workbench->study());
    }

    void aHeldRunAloneLeavesOnlyStop() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        const runs::RunId held = fixture.workbench->queue()->items().back().id;
        fixture.workbench->setHold({held}, runs::Hold::Held);
        fixture.trigger("start");
        const auto enabled = [&](const char* name) {
            return fixture.window->actions().find(name)->isEnabled();
        };
        QVERIFY(enabled("pause") && enabled("stop"));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(1), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(!enabled("pause"), 30000);
        QVERIFY(!enabled("start") && !enabled("pauseAfterRun"));
        QVERIFY(fixture.window->actions().find("start")->toolTip().contains("held"));
        fixture.trigger("stop");
        QTRY_COMPARE(fixture.queued(), std::size_t(0));
        QTRY_VERIFY_WITH_TIMEOUT(enabled("start"), 30000);  // the cells that are missing
    }

    void closingWhileTrainingSavesFirst() {
        WindowFixture fixture;
        fixture.startFirstCell(2);
        fixture.window->close();
        QVERIFY(fixture.window->isVisible());
        fixture.gate.open();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.window->isVisible(), 30000);
        QCOMPARE(fixture.workbench->trainingState(), TrainingState::Stopped);
        fixture.reopen();
        QTRY_COMPARE(fixture.queued(), std::size_t(2));
    }

    void theAnalysisFollowsTheFinishedRuns() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(12), 30000);
        QTRY_VERIFY(fixture.window->analysis().current() != nullptr);
        QTRY_COMPARE(fixture.window->analysis().current()->counts.done, std::size_t(12));
        QVERIFY(fixture.window->answerStrip().text().contains("k/L") ||
                fixture.window->answerStrip().text().contains("ratio"));
    }

    void finishedRunsAreThereAfterTheNextStart() {
        WindowFixture fixture;
        fixture.trainFirstCell();
        QCOMPARE(fixture.count(RunStatus::Done), std::size_t(2));
        fixture.comeToRest();
        fixture.reopen();
        QTRY_COMPARE(fixture.count(RunStatus::Done), std::size_t(2));
        fixture.click(0, 0);
        QCOMPARE(fixture.queued(), std::size_t(0));
        QTRY_VERIFY(fixture.window->curvesPage().plot().lineCount() > 0);
    }
};

QTEST_MAIN(TrainingTest)
#include "ui_training_test.moc"
