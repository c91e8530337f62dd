// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QAction>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "tests/ui/window_fixture.h"
#include "ui/answer_strip.h"
#include "ui/command_palette.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/notice_bar.h"
#include "ui/queue_model.h"
#include "ui/queue_page.h"
#include "ui/window_actions.h"

using runs::RunStatus;

/// The plan: cells, queue, undo. Nothing trains here.
class WindowTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void aNewStudyShowsItsGridAndQueuesNothing() {
        WindowFixture fixture;
        fixture.openStudy();
        const ui::GridModel& model = fixture.window->gridPage().model();
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), "L 64");
        QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), "k/L 0.75");
        QCOMPARE(model.cell(model.index(0, 2)).keep, 48);
        QCOMPARE(fixture.queued(), std::size_t(0));
        QTRY_VERIFY(fixture.window->answerStrip().text().contains("3 keep ratios"));
    }

    void clickingAnIdleCellQueuesItsRunsOnce() {
        WindowFixture fixture;
        fixture.openStudy();
        QAbstractItemModelTester tester(&fixture.window->gridPage().model());
        fixture.click(0, 1);
        QCOMPARE(fixture.queued(), std::size_t(2));
        QCOMPARE(fixture.window->gridPage().model().cell(fixture.cell(0, 1)).state,
                 ui::CellState::Queued);
        fixture.click(0, 1);
        QCOMPARE(fixture.queued(), std::size_t(2));
        QCOMPARE(fixture.workbench->selection().size(), std::size_t(1));
    }

    void shiftClickQueuesTheRangeFromTheLastCell() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(1, 1, Qt::ShiftModifier);
        QCOMPARE(fixture.queued(), std::size_t(8));
        QCOMPARE(fixture.workbench->selection().size(), std::size_t(4));
    }

    void ctrlClickSelectsWithoutQueueing() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0, Qt::ControlModifier);
        fixture.click(1, 2, Qt::ControlModifier);
        QCOMPARE(fixture.workbench->selection().size(), std::size_t(2));
        QCOMPARE(fixture.queued(), std::size_t(0));
    }

    void headersQueueTheirRowOrColumn() {
        WindowFixture fixture;
        fixture.openStudy();
        ui::GridView& view = fixture.window->gridPage().view();
        const auto clickHeader = [](QHeaderView* header, int section) {
            const int middle =
                header->sectionViewportPosition(section) + header->sectionSize(section) / 2;
            const QPoint at =
                header->orientation() == Qt::Horizontal ? QPoint(middle, 8) : QPoint(8, middle);
            QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, at);
        };
        clickHeader(view.verticalHeader(), 1);
        QCOMPARE(fixture.queued(), std::size_t(6));
        clickHeader(view.horizontalHeader(), 0);
        QCOMPARE(fixture.queued(), std::size_t(8));
    }

    void keyboardMovesQueuesAndRemoves() {
        WindowFixture fixture;
        fixture.openStudy();
        ui::GridView& view = fixture.window->gridPage().view();
        view.setFocus();
        view.setCurrentIndex(fixture.cell(0, 0));
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(fixture.queued(), std::size_t(0));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(fixture.queued(), std::size_t(4));
        QTest::keyClick(&view, Qt::Key_Delete);
        QCOMPARE(fixture.queued(), std::size_t(0));
    }

    void undoAndRedoPutTheQueueBack() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(1, 2);
        QCOMPARE(fixture.queued(), std::size_t(4));
        fixture.trigger("undo");
        QCOMPARE(fixture.queued(), std::size_t(2));
        fixture.trigger("undo");
        QCOMPARE(fixture.queued(), std::size_t(0));
        fixture.trigger("redo");
        QCOMPARE(fixture.queued(), std::size_t(2));
    }

    void queueRowsMoveHoldAndGo() {
        WindowFixture fixture;
        fixture.openStudy();
        QAbstractItemModelTester tester(&fixture.window->queuePage().model());
        fixture.click(0, 0);
        fixture.click(0, 1);
        ui::QueueModel& model = fixture.window->queuePage().model();
        QCOMPARE(model.rowCount(), 4);
        const runs::RunId third = model.row(2).id;
        fixture.window->queuePage().table().selectRow(2);
        const auto press = [&](const char* name) {
            fixture.window->findChild<QToolButton*>(QLatin1String(name))->click();
        };
        press("queueUp");
        QCOMPARE(model.row(1).id, third);
        press("queueUp");
        QCOMPARE(model.row(0).id, third);
        press("queueUp");
        QCOMPARE(model.row(0).id, third);
        press("queueHold");
        QCOMPARE(model.row(0).hold, runs::Hold::Held);
        press("queueRemove");
        QCOMPARE(fixture.queued(), std::size_t(3));
        QVERIFY(!fixture.workbench->queue()->contains(third));
        fixture.trigger("undo");
        QVERIFY(fixture.workbench->queue()->contains(third));
    }

    void addingASeedPlansOneMoreRun() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0, Qt::ControlModifier);
        fixture.trigger("addSeed");
        QCOMPARE(fixture.window->gridPage().model().cell(fixture.cell(0, 0)).planned, 3);
        QCOMPARE(fixture.window->gridPage().model().cell(fixture.cell(0, 1)).planned, 2);
    }

    void aFolderWithoutAnExperimentIsRefusedInOneSentence() {
        WindowFixture fixture;
        QTemporaryDir empty;
        fixture.workbench->openExperiment(empty.path());
        QVERIFY(fixture.window->noticeBar().isVisible());
        QVERIFY(fixture.window->noticeBar().text().contains(empty.path()));
        QVERIFY(fixture.workbench->study() == nullptr);
    }

    void aMissingTextIsRefusedAndNothingIsMade() {
        WindowFixture fixture;
        experiment::ExperimentSettings settings = WindowFixture::settings();
        settings.data.kind = experiment::CorpusKind::File;
        settings.data.path = "/nowhere/text.txt";
        fixture.workbench->createExperiment(fixture.folder(), settings, ui::AfterCreate::Wait);
        QTRY_VERIFY(fixture.window->noticeBar().isVisible());
        QVERIFY(fixture.window->noticeBar().text().contains("/nowhere/text.txt"));
        QVERIFY(!QFileInfo::exists(fixture.folder()));
    }

    void theDialogMakesTheExperimentThatItDescribes() {
        WindowFixture fixture;
        fixture.trigger("newExperiment");
        auto* dialog = fixture.window->findChild<ui::NewExperimentDialog*>();
        QVERIFY(dialog);
        auto* lengths = dialog->findChild<QLineEdit*>("experimentLengths");
        auto* create = dialog->findChild<QPushButton*>("createButton");
        lengths->setText("64, x");
        QVERIFY(!create->isEnabled());
        lengths->setText("64, 96");
        QVERIFY(create->isEnabled());
        dialog->findChild<QLineEdit*>("experimentFolder")->setText(fixture.folder());
        QTest::keyClick(lengths, Qt::Key_Return);
        QTRY_VERIFY(fixture.workbench->study() != nullptr);
        const std::vector<std::int64_t> wanted = {64, 96};
        QCOMPARE(fixture.workbench->study()->settings().grid.lengths, wanted);
        QCOMPARE(fixture.window->gridPage().model().rowCount(), 2);
    }

    void everyCommandIsInThePalette() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.trigger("commandPalette");
        auto* palette = fixture.window->findChild<ui::CommandPalette*>();
        QVERIFY(palette);
        auto* search = palette->findChild<QLineEdit*>();
        auto* list = palette->findChild<QListWidget*>();
        QVERIFY(list->count() > 10);
        QTest::keyClicks(search, "queue all");
        QCOMPARE(list->count(), 1);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(fixture.queued(), std::size_t(12));
    }

    void theQueueIsThereAgainAfterTheNextStart() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(1, 1);
        fixture.click(0, 0);
        const std::vector<runs::QueueItem> before = fixture.workbench->queue()->items();
        fixture.reopen();
        QTRY_COMPARE(fixture.queued(), std::size_t(4));
        QCOMPARE(fixture.workbench->queue()->items().front().id, before.front().id);
    }

    void everyVerbHasAnAccessibleNameOrText() {
        WindowFixture fixture;
        fixture.openStudy();
        for (const QAction* action : fixture.window->actions().all())
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
        QVERIFY(!fixture.window->gridPage()
                     .model()
                     .data(fixture.cell(0, 0), Qt::AccessibleTextRole)
                     .toString()
                     .isEmpty());
    }
};

QTEST_MAIN(WindowTest)
#include "ui_window_test.moc"
