// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "stats/grid_analysis.h"
#include "tests/ui/window_fixture.h"
#include "ui/cell_text.h"
#include "ui/colour_map.h"
#include "ui/grid_content.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/notice_bar.h"
#include "ui/plan_dialog.h"
#include "ui/window_actions.h"

using runs::RunStatus;

namespace {

/// Three seeds at 64: 0.25 and 0.5 hardly differ, 0.75 is far worse; one seed only at 128.
stats::GridAnalysis knownAnalysis() {
    stats::GridTable table = stats::GridTable::planned({64, 128}, {0.25, 0.5, 0.75}, {1, 2, 3});
    const double losses[3][3] = {{2.00, 2.02, 2.04}, {2.01, 2.01, 2.045}, {3.00, 3.02, 3.04}};
    for (std::size_t ratio = 0; ratio < 3; ++ratio) {
        for (std::size_t seed = 0; seed < 3; ++seed)
            table.at(0, ratio, seed) = {stats::RunState::Done, losses[ratio][seed]};
        table.at(1, ratio, 0) = {stats::RunState::Done, 2.0 + 0.1 * double(ratio)};
    }
    stats::GridAnalysisOptions options;
    options.bootstrap.resamples = 200;
    return stats::analyseGrid(table, options);
}

ui::GridContent knownContent() {
    ui::GridContent content;
    content.lengths = {64, 128};
    for (const double ratio : {0.25, 0.5, 0.75})
        content.columns.push_back({0, ratio, experiment::AttentionKind::Sparse});
    for (const std::int64_t length : content.lengths)
        for (ui::CellKey key : content.columns) {
            ui::CellView cell;
            key.length = length;
            cell.key = key;
            cell.planned = 3;
            cell.done = length == 64 ? 3 : 1;
            cell.meanLoss = length == 64 ? 2.02 : 2.0;
            cell.evidence = ui::Evidence::TooFew;  // until the analysis says more
            content.cells.push_back(cell);
        }
    return content;
}

/// The share of pixels of a cell that differ between two pictures of it.
double difference(const QImage& one, const QImage& other) {
    int count = 0;
    for (int y = 0; y < one.height(); ++y)
        for (int x = 0; x < one.width(); ++x) count += one.pixel(x, y) != other.pixel(x, y);
    return double(count) / (one.width() * one.height());
}

ui::PlanDialog* openDialog(WindowFixture& fixture) {
    fixture.trigger("editPlan");
    return fixture.window->findChild<ui::PlanDialog*>();
}

void accept(ui::PlanDialog* dialog) {
    QVERIFY(dialog->findChild<QPushButton*>("planAccept")->isEnabled());
    QTest::keyClick(dialog->findChild<QLineEdit*>("planRatios"), Qt::Key_Return);
}

QString amount(ui::PlanDialog* dialog) {
    return dialog->findChild<QLabel*>("planAmount")->text();
}

}  // namespace

/// Cells and the plan behind them.
class PlanTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void ranksAndEvidenceFollowTheAnalysis() {
        ui::GridContent content = knownContent();
        ui::takeAnalysis(content, knownAnalysis(), ui::Metric::Improvement);
        QCOMPARE(content.cells[0].rank, ui::RowRank::Best);
        QCOMPARE(content.cells[1].rank, ui::RowRank::NotDistinguishable);
        QCOMPARE(content.cells[2].rank, ui::RowRank::Other);
        QCOMPARE(content.cells[0].evidence, ui::Evidence::Enough);
        QCOMPARE(content.cells[3].evidence, ui::Evidence::TooFew);
        QCOMPARE(content.cells[4].rank, ui::RowRank::Other);  // one run separates nothing
        // By hand: sd 0.02, t(2) 0.975 = 4.302653, half width 4.302653 * 0.02 / sqrt(3).
        QVERIFY(std::abs(*content.cells[0].sdLoss - 0.02) < 1e-12);
        QVERIFY(std::abs(content.cells[0].interval->upper - 2.02 - 0.0496828) < 1e-6);
        QVERIFY(!content.cells[3].interval);
        // (2.021667 - 3.02) / 2.021667
        QVERIFY(std::abs(*content.cells[2].improvement + 0.493817) < 1e-5);
        QVERIFY(std::abs(*content.cells[2].metric + 49.3817) < 1e-3);
        QCOMPARE(ui::spreadText(content.cells[0], ui::Spread::Interval), "± 0.050");
        QCOMPARE(ui::spreadText(content.cells[0], ui::Spread::StandardDeviation), "± 0.020");
        QCOMPARE(ui::spreadText(content.cells[3], ui::Spread::Interval), QString());
    }

    void improvementIsColouredAroundZero() {
        ui::GridContent content = knownContent();
        ui::takeAnalysis(content, knownAnalysis(), ui::Metric::Improvement);
        ui::GridModel model;
        model.setCells(content.lengths, content.columns, content.cells, "improvement",
                       ui::scaleKind(ui::Metric::Improvement));
        QCOMPARE(model.scale().low, -model.scale().high);
        QCOMPARE(ui::scaleColour(model.scale(), 0.0), ui::colourAt(ui::ColourMap::PuOr, 0.5));
        const QString shown = model.data(model.index(0, 2), ui::GridModel::MetricRole).toString();
        QCOMPARE(shown, QString("\u221249.4"));
    }

    void tooFewRunsAreHatchedAndTheBestIsOutlined() {
        ui::GridView view;
        ui::GridModel model;
        view.setGridModel(&model);
        view.resize(300, 200);
        ui::CellView cell;
        cell.key = {64, 0.5, experiment::AttentionKind::Sparse};
        cell.planned = cell.done = 1;
        const auto picture = [&](ui::Evidence evidence, ui::RowRank rank) {
            cell.evidence = evidence;
            cell.rank = rank;
            model.setCells({64}, {{0, 0.5, experiment::AttentionKind::Sparse}}, {cell}, "loss",
                           ui::ColourScale::Kind::SmallerIsBetter);
            return view.grab().toImage();
        };
        const QImage plain = picture(ui::Evidence::Enough, ui::RowRank::Other);
        const QImage hatched = picture(ui::Evidence::TooFew, ui::RowRank::Other);
        const QImage best = picture(ui::Evidence::Enough, ui::RowRank::Best);
        const QImage dotted = picture(ui::Evidence::Enough, ui::RowRank::NotDistinguishable);
        QVERIFY(difference(plain, hatched) > 0.02);
        QVERIFY(difference(plain, best) > 0.005);
        const double dots = difference(plain, dotted);
        QVERIFY(dots > 0.002 && dots < 0.8 * difference(plain, best));
    }

    void theCornerQueuesTheWholeGrid() {
        WindowFixture fixture;
        fixture.openStudy();
        auto* corner = fixture.window->findChild<QAbstractButton*>("gridCorner");
        QVERIFY(corner);
        QTest::mouseClick(corner, Qt::LeftButton);
        QCOMPARE(fixture.queued(), std::size_t(12));
        fixture.trigger("undo");
        QCOMPARE(fixture.queued(), std::size_t(0));
    }

    void theKeyboardSelectsQueuesAndRemoves() {
        WindowFixture fixture;
        fixture.openStudy();
        ui::GridView& view = fixture.window->gridPage().view();
        view.setFocus();
        view.setCurrentIndex(fixture.cell(0, 0));
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(fixture.workbench->selection().size(), std::size_t(0));  // toggled off
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(fixture.workbench->selection().size(), std::size_t(1));
        QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(fixture.workbench->selection().size(), std::size_t(6));
        QTest::keyClick(&view, Qt::Key_Enter);
        QCOMPARE(fixture.queued(), std::size_t(12));
        QTest::keyClick(&view, Qt::Key_Delete);
        QCOMPARE(fixture.queued(), std::size_t(0));
        fixture.trigger("undo");
        QCOMPARE(fixture.queued(), std::size_t(12));
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY(fixture.workbench->selection().empty());
    }

    void aLengthIsAddedAndTakenBack() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(1, 1);
        ui::PlanDialog* dialog = openDialog(fixture);
        QVERIFY(dialog);
        QVERIFY(!dialog->findChild<QPushButton*>("planAccept")->isEnabled());  // no change yet
        dialog->findChild<QLineEdit*>("planLengths")->setText("64, 128, 256");
        QVERIFY2(amount(dialog).contains("Adds 6 run"), qPrintable(amount(dialog)));
        accept(dialog);
        const ui::GridModel& model = fixture.window->gridPage().model();
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(fixture.workbench->study()->runs().size(), std::size_t(18));
        QCOMPARE(fixture.queued(), std::size_t(2));
        // What was selected still is, though the table has another shape.
        QCOMPARE(fixture.window->gridPage().view().selectedCells(),
                 QModelIndexList{fixture.cell(1, 1)});
        fixture.trigger("undo");
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(fixture.workbench->study()->runs().size(), std::size_t(12));
        fixture.trigger("redo");
        QCOMPARE(model.rowCount(), 3);
    }

    void runsThatLeaveThePlanKeepTheirResults() {
        WindowFixture fixture;
        fixture.trainFirstCell();
        QCOMPARE(fixture.count(RunStatus::Done), std::size_t(2));
        fixture.comeToRest();
        fixture.click(0, 1);
        ui::PlanDialog* dialog = openDialog(fixture);
        dialog->findChild<QLineEdit*>("planRatios")->setText("0.75");
        QVERIFY2(amount(dialog).contains("Takes 8 run"), qPrintable(amount(dialog)));
        QVERIFY2(amount(dialog).contains("2 of them done"), qPrintable(amount(dialog)));
        accept(dialog);
        QCOMPARE(fixture.count(RunStatus::Done), std::size_t(0));
        QCOMPARE(fixture.queued(), std::size_t(0));  // what waited has left, too
        fixture.trigger("undo");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(2), 10000);
        QCOMPARE(fixture.queued(), std::size_t(2));
    }

    void moreRunsPerCellTakeTheNextSeeds() {
        WindowFixture fixture;
        fixture.openStudy();
        ui::PlanDialog* dialog = openDialog(fixture);
        dialog->findChild<QSpinBox*>("planSeedCount")->setValue(4);
        QCOMPARE(dialog->findChild<QLineEdit*>("planSeeds")->text(), "1, 2, 3, 4");
        accept(dialog);
        QCOMPARE(fixture.window->gridPage().model().cell(fixture.cell(0, 0)).planned, 4);
    }

    void theDenseColumnAppearsAndGoesByItsHeader() {
        WindowFixture fixture;
        fixture.openStudy();
        ui::PlanDialog* dialog = openDialog(fixture);
        dialog->findChild<QCheckBox*>("planDense")->setChecked(true);
        accept(dialog);
        const ui::GridModel& model = fixture.window->gridPage().model();
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(), "dense");
        QCOMPARE(model.cell(fixture.cell(0, 3)).keep, 64);
        emit fixture.window->gridPage().view().headerMenuRequested(Qt::Horizontal, 3, {});
        auto* menu = fixture.window->findChild<QMenu*>("gridHeaderMenu");
        QVERIFY(menu);
        menu->actions().back()->trigger();
        menu->close();
        QCOMPARE(model.columnCount(), 3);
        QVERIFY(fixture.window->actions().find("undo")->text().contains("dense reference"));
    }

    void aWrongPlanIsRefusedWithKeyValueAndRange() {
        WindowFixture fixture;
        fixture.openStudy();
        ui::PlanDialog* dialog = openDialog(fixture);
        dialog->findChild<QLineEdit*>("planRatios")->setText("0.25, 1.5");
        QVERIFY2(amount(dialog).contains("grid.keepRatios is 1.5"), qPrintable(amount(dialog)));
        QVERIFY(amount(dialog).contains("at most 1"));
        QVERIFY(!dialog->findChild<QPushButton*>("planAccept")->isEnabled());
        dialog->findChild<QLineEdit*>("planRatios")->setText("0.25, half");
        QVERIFY(amount(dialog).contains("\"half\""));
        dialog->reject();
        QCOMPARE(fixture.workbench->study()->runs().size(), std::size_t(12));
    }

    void takingARunningCellOutStopsItWithACheckpoint() {
        WindowFixture fixture;
        fixture.startFirstCell(3);
        ui::PlanDialog* dialog = openDialog(fixture);
        dialog->findChild<QLineEdit*>("planRatios")->setText("0.5, 0.75");
        QVERIFY2(amount(dialog).contains("checkpoint"), qPrintable(amount(dialog)));
        accept(dialog);
        fixture.gate.open();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.workbench->training().empty(), 30000);
        fixture.trigger("undo");
        QTRY_COMPARE_WITH_TIMEOUT(
            fixture.count(RunStatus::Paused) + fixture.count(RunStatus::Queued) +
                fixture.count(RunStatus::Running) + fixture.count(RunStatus::Done),
            std::size_t(2), 30000);
    }

    void toolTipsAndTheClipboardHaveTheFullNumbers() {
        WindowFixture fixture;
        fixture.trainFirstCell();
        const ui::GridModel& model = fixture.window->gridPage().model();
        QTRY_VERIFY_WITH_TIMEOUT(model.cell(fixture.cell(0, 0)).interval.has_value(), 30000);
        const ui::CellView& cell = model.cell(fixture.cell(0, 0));
        const QString tip = model.data(fixture.cell(0, 0), Qt::ToolTipRole).toString();
        for (const QString& part :
             {QString::number(*cell.meanLoss, 'f', 6), QString::number(*cell.sdLoss, 'f', 6),
              QString::number(cell.interval->lower, 'f', 6), QString("2 of 2"), QString(">16<"),
              QString("pairs kept"), QString("epochs"), QString("tokens per run")})
            QVERIFY2(tip.contains(part), qPrintable(part + " is not in " + tip));
        QCOMPARE(model.data(fixture.cell(0, 0), ui::GridModel::SpreadRole).toString(),
                 ui::spreadText(cell, ui::Spread::Interval));
        auto* spread = fixture.window->findChild<QComboBox*>("spreadChoice");
        spread->setCurrentIndex(1);
        QCOMPARE(model.data(fixture.cell(0, 0), ui::GridModel::SpreadRole).toString(),
                 ui::spreadText(cell, ui::Spread::StandardDeviation));
        fixture.trigger("copyCells");
        const QStringList lines = QApplication::clipboard()->text().split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].startsWith("length\tkeep_ratio"));
        QVERIFY(lines[1].startsWith("64\t0.25\tsparse\t16\t"));
        QCOMPARE(lines[0].count('\t'), lines[1].count('\t'));
    }

    void failedRunsOfSelectedCellsAreRetried() {
        WindowFixture fixture;
        fixture.behaviour->notFiniteAt = {{1, 5}};
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(0, 1);
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Diverged), std::size_t(2), 30000);
        fixture.behaviour->notFiniteAt.clear();
        QTRY_COMPARE(ui::runsText(fixture.window->gridPage().model().cell(fixture.cell(0, 0))),
                     "1/2, 1 failed");
        fixture.click(0, 0, Qt::ControlModifier);  // takes it into the selection beside (0, 1)
        QTRY_VERIFY(fixture.window->actions().find("retrySelected")->isEnabled());
        fixture.trigger("retrySelected");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(4), 30000);
    }

    void aPlanThatAnotherProcessSavesShowsByItself() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(1, 2);
        QCOMPARE(fixture.queued(), std::size_t(2));
        auto other = runs::Study::open(fixture.folder().toStdString());
        QVERIFY(other.has_value());
        experiment::GridSettings grid = other->settings().grid;
        grid.lengths.push_back(256);
        grid.seeds.push_back(3);
        QVERIFY(other->changePlan(other->settings().name, grid).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.window->gridPage().model().rowCount(), 3, 15000);
        QCOMPARE(fixture.window->gridPage().model().cell(fixture.cell(2, 0)).planned, 3);
        QVERIFY(fixture.window->noticeBar().text().contains("27 runs"));
        QCOMPARE(fixture.queued(), std::size_t(2));
        QVERIFY(!fixture.workbench->undoStack().canUndo());
    }

    void aRunningCellIsCancelledFromTheGrid() {
        WindowFixture fixture;
        fixture.startFirstCell(3);
        QTRY_VERIFY(fixture.window->actions().find("cancelSelected")->isEnabled());
        fixture.trigger("cancelSelected");
        fixture.gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(1), 30000);
        QCOMPARE(fixture.count(RunStatus::Paused), std::size_t(1));
    }
};

QTEST_MAIN(PlanTest)
#include "ui_plan_test.moc"
