// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QAction>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <algorithm>

#include "tests/ui/window_fixture.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/queue_model.h"
#include "ui/queue_page.h"
#include "ui/window_actions.h"

using runs::RunStatus;
using ui::QueueModel;
using ui::QueueRow;

namespace {

std::vector<QueueRow> waitingRows(int count) {
    std::vector<QueueRow> rows(static_cast<std::size_t>(count));
    for (int at = 0; at < count; ++at) {
        QueueRow& row = rows[static_cast<std::size_t>(at)];
        row.id = "run " + std::to_string(at);
        row.totalSteps = 100;
    }
    return rows;
}

/// The ids as one text: "run 0, run 1".
QString order(const QueueModel& model) {
    QStringList ids;
    for (int at = 0; at < model.rowCount(); ++at)
        ids.push_back(QString::fromStdString(model.row(at).id));
    return ids.join(", ");
}

QString text(const QueueModel& model, int row, int column) {
    return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

}  // namespace

/// The queue: order, hold, priority, cancel, retry, and what it says.
class QueueTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void rowsComeGoAndMoveWithoutAReset() {
        QueueModel model;
        QAbstractItemModelTester tester(&model);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
        auto rows = waitingRows(900);
        model.setRows(rows);
        const QPersistentModelIndex kept = model.index(500, 0);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        rows[7].step = 3;
        rows[8].step = 3;
        model.setRows(rows);
        QCOMPARE(changes.size(), 1);  // neighbours share one signal
        std::rotate(rows.begin(), rows.begin() + 1, rows.end());
        rows.erase(rows.begin() + 10, rows.begin() + 20);
        rows.insert(rows.begin() + 30, rows.front());
        rows[30].id = "new";
        QSignalSpy moves(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy insertions(&model, &QAbstractItemModel::rowsInserted);
        model.setRows(rows);
        QCOMPARE(moves.size() + removals.size() + insertions.size(), 4);
        QCOMPARE(model.rowCount(), 891);
        for (int at = 0; at < model.rowCount(); ++at)
            QCOMPARE(model.row(at).id, rows[static_cast<std::size_t>(at)].id);
        QCOMPARE(model.row(kept.row()).id, "run 500");
        std::reverse(rows.begin(), rows.end());
        model.setRows(rows);
        QCOMPARE(model.row(kept.row()).id, "run 500");
        model.setRows({});
        QCOMPARE(resets.size() + layouts.size(), 0);
        QVERIFY(!kept.isValid());
    }

    void aTickOverNineHundredRowsTakesOneAwayAndMovesNone() {
        QueueModel model;
        QTableView table;
        table.setModel(&model);
        table.show();
        auto rows = waitingRows(900);
        model.setRows(rows);
        constexpr int kTicks = 20;
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QElapsedTimer clock;
        clock.start();
        for (int tick = 0; tick < kTicks; ++tick) {  // the first run ends, all others move up
            rows.erase(rows.begin());
            for (QueueRow& row : rows) ++row.number;
            model.setRows(rows);
        }
        qInfo("%.2f ms a tick", static_cast<double>(clock.elapsed()) / kTicks);
        QCOMPARE(removed.size(), kTicks);
        QCOMPARE(moved.size() + inserted.size() + resets.size(), 0);
        QCOMPARE(model.rowCount(), 900 - kTicks);
    }

    void onlyWaitingRowsAreDraggedAndDropsNameTheRunBehind() {
        QueueModel model;
        auto rows = waitingRows(5);
        rows[0].stage = QueueRow::Stage::Training;
        rows[4].stage = QueueRow::Stage::Failed;
        model.setRows(rows);
        QVERIFY(!(model.flags(model.index(0, 0)) & Qt::ItemIsDragEnabled));
        QVERIFY(model.flags(model.index(2, 0)) & Qt::ItemIsDragEnabled);
        QSignalSpy dropped(&model, &QueueModel::runsDropped);
        const std::unique_ptr<QMimeData> data(
            model.mimeData({model.index(3, 0), model.index(3, 1)}));
        QVERIFY(!model.dropMimeData(data.get(), Qt::CopyAction, 1, 0, {}));
        QVERIFY(!model.dropMimeData(data.get(), Qt::MoveAction, 1, 0, model.index(1, 0)));
        QVERIFY(model.dropMimeData(data.get(), Qt::MoveAction, 0, 0, {}));
        QCOMPARE(dropped.back()[0].toStringList(), QStringList{"run 3"});
        QCOMPARE(dropped.back()[1].toString(), "run 1");  // behind what trains
        QVERIFY(model.dropMimeData(data.get(), Qt::MoveAction, 5, 0, {}));
        QCOMPARE(dropped.back()[1].toString(), QString());
    }

    void droppingReordersTheQueueAndUndoPutsItBack() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(0, 1);
        QueueModel& model = fixture.window->queuePage().model();
        const QString before = order(model);
        const runs::RunId last = model.row(3).id;
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(3, 0)}));
        QVERIFY(model.dropMimeData(data.get(), Qt::MoveAction, 1, 0, {}));
        QCOMPARE(model.row(1).id, last);
        QCOMPARE(fixture.workbench->queue()->items()[1].id, last);
        QVERIFY(fixture.window->actions().find("undo")->text().contains("move in queue"));
        fixture.trigger("undo");
        QCOMPARE(order(model), before);
        fixture.trigger("redo");
        QCOMPARE(model.row(1).id, last);
    }

    void theKeyboardMovesHoldsAndRemoves() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(0, 1);
        QTableView& table = fixture.window->queuePage().table();
        QueueModel& model = fixture.window->queuePage().model();
        const runs::RunId third = model.row(2).id;
        table.setFocus();
        table.selectRow(2);
        QTest::keyClick(&table, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(model.row(1).id, third);
        QTest::keyClick(&table, Qt::Key_End, Qt::AltModifier);
        QCOMPARE(model.row(3).id, third);
        QTest::keyClick(&table, Qt::Key_Home, Qt::AltModifier);
        QCOMPARE(model.row(0).id, third);
        QAction* hold = fixture.window->queuePage().verb("queueHold");
        QCOMPARE(hold->text(), "Hold");
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(model.row(0).hold, runs::Hold::Held);
        QCOMPARE(hold->text(), "Release");
        QCOMPARE(text(model, 0, QueueModel::State), "held");
        QVERIFY(text(model, 0, QueueModel::Reason).contains("held"));
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(model.row(0).hold, runs::Hold::Released);
        QCOMPARE(hold->text(), "Hold");
        QTest::keyClick(&table, Qt::Key_Delete);
        QCOMPARE(fixture.queued(), std::size_t(3));
        fixture.trigger("undo");
        QCOMPARE(model.row(0).id, third);
    }

    void theTableFollowsTheRunsThatAreMoved() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.workbench->queueEverything();
        QTableView& table = fixture.window->queuePage().table();
        const auto inView = [&](int row) {
            const QRect shown = table.visualRect(table.model()->index(row, 0));
            return table.viewport()->rect().contains(shown);
        };
        QTRY_COMPARE(table.model()->rowCount(), 12);
        QVERIFY(!inView(11));
        table.setFocus();
        table.selectRow(1);
        QTest::keyClick(&table, Qt::Key_End, Qt::AltModifier);
        QVERIFY(inView(11));
        QTest::keyClick(&table, Qt::Key_Home, Qt::AltModifier);
        QVERIFY(inView(0));
        for (int step = 1; step < 12; ++step) {
            QTest::keyClick(&table, Qt::Key_Down, Qt::AltModifier);
            QVERIFY2(inView(step), qPrintable(QString::number(step)));
        }
    }

    void aHigherPriorityGoesFirstAndSurvivesTheNextStart() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(0, 1);
        {
            QueueModel& model = fixture.window->queuePage().model();
            const runs::RunId last = model.row(3).id;
            fixture.window->queuePage().table().selectRow(3);
            QMenu* priorities = fixture.window->queuePage().verb("queuePriority")->menu();
            QCOMPARE(priorities->actions().front()->text(), "high");
            priorities->actions().front()->trigger();
            QCOMPARE(model.row(0).id, last);
            QCOMPARE(text(model, 0, QueueModel::Priority), "high");
            fixture.window->queuePage().verb("queueHold")->trigger();
        }
        const std::vector<runs::QueueItem> before = fixture.workbench->queue()->items();
        fixture.reopen();
        QTRY_COMPARE(fixture.workbench->queue()->items(), before);
        QCOMPARE(before.front().priority, 1);
        QCOMPARE(before.front().hold, runs::Hold::Held);
    }

    void everyRowSaysWhyItWaitsAndWhenItEnds() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(0, 1);
        QueueModel& model = fixture.window->queuePage().model();
        QVERIFY(text(model, 0, QueueModel::Reason).contains("Start"));
        QCOMPARE(text(model, 2, QueueModel::Reason), "behind 2 runs");
        QCOMPARE(text(model, 0, QueueModel::Left), QString());  // nothing measured
        fixture.gate.close();
        fixture.trigger("start");
        fixture.gate.allow(14);  // the first run of 12 steps and two of the second
        QTRY_COMPARE(fixture.count(RunStatus::Done), std::size_t(1));
        QTRY_COMPARE(model.row(0).stage, QueueRow::Stage::Training);
        QTRY_VERIFY(!text(model, 1, QueueModel::Left).isEmpty());
        QTRY_VERIFY(text(model, 1, QueueModel::Ends).contains(':'));
        QVERIFY(text(model, 1, QueueModel::Reason).contains("lanes are busy"));
        QCOMPARE(text(model, 0, QueueModel::Reason), "lane 1");
        auto* summary = fixture.window->findChild<QLabel*>("queueSummary");
        QTRY_VERIFY(summary->text().contains("1 in training, 2 waiting"));
        QVERIFY(summary->text().contains("done "));
        fixture.trigger("pauseAfterRun");
        QVERIFY(text(model, 1, QueueModel::Reason).contains("paused"));
    }

    void aRunningRunIsCancelledAndTheOthersGoOn() {
        WindowFixture fixture;
        fixture.startFirstCell(3);
        QueueModel& model = fixture.window->queuePage().model();
        QTRY_COMPARE(model.row(0).stage, QueueRow::Stage::Training);
        const runs::RunId first = model.row(0).id;
        fixture.window->queuePage().table().selectRow(0);
        QAction* remove = fixture.window->queuePage().verb("queueRemove");
        QCOMPARE(remove->text(), "Cancel");
        remove->trigger();
        fixture.gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(1), 30000);
        QCOMPARE(fixture.workbench->study()->find(first)->status, RunStatus::Paused);
        QVERIFY(!fixture.workbench->queue()->contains(first));
    }

    void aFailedRunStandsAtTheEndAndCanBeRetriedAlone() {
        WindowFixture fixture;
        fixture.behaviour->notFiniteAt = {{1, 5}, {2, 5}};
        fixture.trainFirstCell();
        QCOMPARE(fixture.count(RunStatus::Diverged), std::size_t(2));
        fixture.behaviour->notFiniteAt.clear();
        QueueModel& model = fixture.window->queuePage().model();
        QTRY_COMPARE(model.rowCount(), 2);
        QTRY_COMPARE(model.row(0).stage, QueueRow::Stage::Failed);
        QVERIFY(!text(model, 0, QueueModel::Reason).isEmpty());
        fixture.window->queuePage().table().selectRow(0);
        const runs::RunId id = model.row(0).id;
        fixture.window->queuePage().verb("queueRetry")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(1), 30000);
        QCOMPARE(fixture.workbench->study()->find(id)->status, RunStatus::Done);
        QCOMPARE(fixture.count(RunStatus::Diverged), std::size_t(1));
    }

    void emptyPagesAskForNothingThatIsDoneAlready() {
        WindowFixture fixture;
        fixture.openStudy();
        const auto said = [&](const char* name) {
            return fixture.window->findChild<QLabel*>(QLatin1String(name))->text();
        };
        QVERIFY(said("queueEmpty").contains("press Start"));
        fixture.click(0, 0, Qt::ControlModifier);
        QTRY_VERIFY(said("curvesEmpty").contains("Enter in the grid queues them"));
        fixture.workbench->queueCells(fixture.workbench->selection());
        QTRY_VERIFY(said("curvesEmpty").contains("They wait in the queue"));
        fixture.workbench->queueEverything();
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(12), 30000);
        QTRY_VERIFY(said("queueEmpty").contains("every planned run is done"));
    }

    void selectingARowSelectsNothingElseUntilAsked() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 1);
        fixture.click(1, 2);
        fixture.window->queuePage().table().selectRow(0);
        const ui::CellKey clicked{128, 0.75, experiment::AttentionKind::Sparse};
        QCOMPARE(fixture.workbench->selection(), std::vector<ui::CellKey>{clicked});
        fixture.window->queuePage().verb("queueShowGrid")->trigger();
        const ui::CellKey shown{64, 0.5, experiment::AttentionKind::Sparse};
        QCOMPARE(fixture.workbench->selection(), std::vector<ui::CellKey>{shown});
        QCOMPARE(fixture.window->gridPage().view().selectedCells(),
                 QModelIndexList{fixture.cell(0, 1)});
        QCOMPARE(fixture.queued(), std::size_t(4));
    }
};

QTEST_MAIN(QueueTest)
#include "ui_queue_test.moc"
