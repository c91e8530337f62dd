// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QToolButton>
#include <cmath>
#include <cstdio>
#include <semaphore>

#include "engine/runs/run_folder.h"
#include "tests/ui/child_process.h"
#include "tests/ui/window_fixture.h"
#include "ui/curves_page.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/notice_bar.h"
#include "ui/queue_model.h"
#include "ui/queue_page.h"
#include "ui/session.h"
#include "ui/window_actions.h"

using runs::RunStatus;

namespace {

constexpr int kCutOffAfter = 17;  // steps: the second run of twelve is within its fifth then
constexpr int kCutOffAt = 5;

void useSettingsIn(const QString& folder) {
    QApplication::setOrganizationName(QStringLiteral("sparsity-test"));
    QApplication::setApplicationName(QStringLiteral("sparsity-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder);
}

/// The window in a process of its own: trains one row and hangs in the middle of its second run.
int trainUntilKilled(QApplication& application, const QString& folder, const QString& settings) {
    useSettingsIn(settings);
    auto behaviour = std::make_shared<fake::Behaviour>();
    std::binary_semaphore never(0);
    int steps = 0;
    behaviour->afterStep = [&](const training::CohortTrainer&) {
        if (++steps == kCutOffAfter) never.acquire();
    };
    ui::Workbench workbench(
        ui::WorkbenchPorts{fake::ports(behaviour), [] { return std::vector<std::string>{"cpu"}; }});
    workbench.setLaneChoice({"cpu", 1, 1});
    QObject::connect(&workbench, &ui::Workbench::changed, &application, [&] {
        const auto ids = workbench.training();
        const runs::RunView* run = ids.empty() ? nullptr : workbench.study()->find(ids.front());
        if (!run || run->spec.seed != 2 || run->step != kCutOffAt - 1) return;
        std::puts("in mid-run");
        std::fflush(stdout);
    });
    ui::MainWindow window(workbench);
    window.show();
    workbench.openExperiment(folder);
    workbench.queueCells({{128, 0.5, experiment::AttentionKind::Sparse},
                          {64, 0.25, experiment::AttentionKind::Sparse}});
    workbench.start();
    return application.exec();
}

/// Trains the experiment, one step for each line on standard input.
int trainStepByStep(const QString& folder) {
    auto behaviour = std::make_shared<fake::Behaviour>();
    behaviour->afterStep = [](const training::CohortTrainer&) {
        std::puts("step");
        std::fflush(stdout);
        while (std::getchar() != '\n')
            if (std::feof(stdin)) return;
    };
    auto study = runs::Study::open(folder.toStdString());
    if (!study) return 1;
    const auto queue = std::make_shared<runs::Queue>();
    const std::vector<runs::RunId> ids = {study->runs().front().id};
    queue->add(study->queueItems(ids));
    const auto corpus = data::openCorpus(study->settings().data);
    runs::Scheduler scheduler(*study, *corpus, queue, std::make_shared<runs::Inbox>(), {},
                              fake::ports(behaviour));
    scheduler.start();
    scheduler.waitUntilIdle();
    return 0;
}

void makeStudy(const QString& folder) {
    const experiment::ExperimentSettings settings = WindowFixture::settings();
    const auto corpus = data::openCorpus(settings.data);
    QVERIFY(corpus.has_value());
    const auto made =
        runs::Study::create(folder.toStdString(), settings, runs::identityOf(**corpus));
    QVERIFY(made.has_value());
}

}  // namespace

/// What the next start finds, whatever ended this one, and what another process writes meanwhile.
class RestoreTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { useSettingsIn(m_settings.path()); }

    void aKilledWindowContinuesToTheSameResult() {
        WindowFixture fixture;  // clears the settings of the user
        makeStudy(fixture.folder());
        {
            ChildProcess child({"--train-until-killed", fixture.folder(), m_settings.path()});
            QVERIFY(child.says("in mid-run"));
            child.kill();
            QVERIFY(child.waitForFinished());
        }
        QSettings().sync();
        QCOMPARE(ui::experimentToReopen(), fixture.folder());
        fixture.workbench->openExperiment(ui::experimentToReopen());
        QTRY_VERIFY(fixture.window->noticeBar().isVisible());
        const QString notice = fixture.window->noticeBar().text();
        QVERIFY2(notice.contains("L 64 · k/L 0.25 · seed 2"), qPrintable(notice));
        QVERIFY2(notice.contains("step 4 of 12"), qPrintable(notice));
        QVERIFY2(notice.contains("Waiting behind: 2 runs"), qPrintable(notice));
        QCOMPARE(fixture.queued(), std::size_t(3));
        const auto items = fixture.workbench->queue()->items();
        QCOMPARE(items.front().spec.seed, std::int64_t(2));
        QCOMPARE(items.front().spec.length, std::int64_t(64));
        QCOMPARE(items.back().spec.length, std::int64_t(128));

        QPushButton* go = nullptr;
        for (QPushButton* button : fixture.window->noticeBar().findChildren<QPushButton*>())
            if (button->text() == "Continue") go = button;
        QVERIFY(go && go->isVisible());
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(4), 30000);
        compareWithUndisturbed(fixture);
    }

    void selectionAndChoicesAreThereAgain() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 2, Qt::ControlModifier);
        fixture.click(1, 1, Qt::ControlModifier);
        auto* metric = fixture.window->findChild<QComboBox*>("metricChoice");
        metric->setCurrentIndex(2);
        fixture.window->findChild<QDockWidget*>("messagesDock")->hide();
        fixture.window->close();
        fixture.reopen();
        const std::vector<ui::CellKey> wanted = {{64, 0.75, experiment::AttentionKind::Sparse},
                                                 {128, 0.5, experiment::AttentionKind::Sparse}};
        QTRY_COMPARE(fixture.workbench->selection(), wanted);
        QCOMPARE(fixture.window->findChild<QComboBox*>("metricChoice")->currentIndex(), 2);
        QVERIFY(fixture.window->findChild<QDockWidget*>("messagesDock")->isHidden());
        QVERIFY(!fixture.window->findChild<QDockWidget*>("queueDock")->isHidden());
    }

    void resettingTheLayoutBringsEveryPanelBack() {
        WindowFixture fixture;
        fixture.openStudy();
        auto* curves = fixture.window->findChild<QDockWidget*>("curvesDock");
        curves->setFloating(true);
        fixture.window->findChild<QDockWidget*>("queueDock")->hide();
        fixture.trigger("resetLayout");
        for (const QDockWidget* dock : fixture.window->findChildren<QDockWidget*>()) {
            QVERIFY2(!dock->isHidden(), qPrintable(dock->objectName()));
            QVERIFY2(!dock->isFloating(), qPrintable(dock->objectName()));
        }
    }

    void thePanelsKeepTheirShareOfAWindowThatIsResized() {
        WindowFixture fixture;
        fixture.openStudy();
        const auto* curves = fixture.window->findChild<QDockWidget*>("curvesDock");
        constexpr double share = 0.46;  // of a new layout, reached when it has settled
        QTRY_VERIFY(std::abs(double(curves->width()) / fixture.window->width() - share) < 0.03);
        fixture.window->resize(2400, 1300);
        QTRY_COMPARE(fixture.window->width(), 2400);
        QTRY_VERIFY(std::abs(double(curves->width()) / 2400 - share) < 0.03);
        fixture.window->resize(1280, 800);
        QTRY_VERIFY(std::abs(double(curves->width()) / 1280 - share) < 0.03);
    }

    void theLastExperimentIsReopenedUnlessClosedOrUnwanted() {
        WindowFixture fixture;
        QCOMPARE(ui::experimentToReopen(), QString());
        fixture.openStudy();
        QCOMPARE(ui::experimentToReopen(), fixture.folder());
        fixture.trigger("reopenLast");
        QCOMPARE(ui::experimentToReopen(), QString());
        fixture.trigger("reopenLast");
        QCOMPARE(ui::experimentToReopen(), fixture.folder());
        fixture.trigger("closeExperiment");
        QCOMPARE(ui::experimentToReopen(), QString());
    }

    void queueOrderPriorityAndHoldAreRestored() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(1, 1);
        fixture.click(0, 0);
        const runs::RunId held = fixture.workbench->queue()->items().back().id;
        fixture.workbench->setHold({held}, runs::Hold::Held);
        const std::vector<runs::QueueItem> before = fixture.workbench->queue()->items();
        fixture.reopen();
        QTRY_COMPARE(fixture.queued(), before.size());
        QVERIFY(fixture.workbench->queue()->items() == before);
        QVERIFY(fixture.window->noticeBar().text().contains(
            "Still waiting when this experiment was closed: 4 runs"));
    }

    void aRunTrainedByAnotherProcessIsFollowedLive() {
        WindowFixture fixture;
        makeStudy(fixture.folder());
        ChildProcess writer({"--train-step-by-step", fixture.folder()});
        QVERIFY(writer.says("step"));
        fixture.workbench->openExperiment(fixture.folder());
        QTRY_COMPARE(fixture.count(RunStatus::RunningElsewhere), std::size_t(1));
        const ui::QueueModel& queue = fixture.window->queuePage().model();
        QTRY_COMPARE(queue.rowCount(), 1);
        QTRY_VERIFY(queue.index(0, ui::QueueModel::Reason).data().toString().contains("process"));
        fixture.click(0, 0, Qt::ControlModifier);
        const runs::RunId id = fixture.workbench->study()->runs().front().id;
        const auto points = [&] {
            const ui::RunCurve* curve = fixture.workbench->curves().find(id);
            return curve ? curve->points.size() : std::size_t(0);
        };
        for (const std::size_t seen : {2, 5, 9}) {
            while (points() < seen) {
                writer.tell("go");
                QVERIFY(writer.says("step"));
                const std::int64_t step = fixture.workbench->study()->find(id)->step;
                QTRY_VERIFY_WITH_TIMEOUT(fixture.workbench->study()->find(id)->step > step, 15000);
            }
            QTRY_VERIFY(fixture.window->curvesPage().plot().lineCount() > 0);
        }
        QVERIFY(fixture.workbench->training().empty());
        writer.closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(1), 30000);
        QTRY_COMPARE_WITH_TIMEOUT(points(), std::size_t(12), 15000);
        QTRY_COMPARE(fixture.window->gridPage().model().cell(fixture.cell(0, 0)).done, 1);
        QTRY_COMPARE_WITH_TIMEOUT(writer.state(), QProcess::NotRunning, 30000);
        QCOMPARE(writer.exitCode(), 0);
    }

    void aQueuedRunThatAnotherProcessTrainsIsSkippedWithoutAnError() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        const runs::RunId id = fixture.workbench->study()->runs().front().id;
        ChildProcess writer({"--train-step-by-step", fixture.folder()});
        QVERIFY(writer.says("step"));
        writer.tell("go");
        QVERIFY(writer.says("step"));
        const auto run = [&] { return fixture.workbench->study()->find(id); };
        QTRY_COMPARE_WITH_TIMEOUT(run()->status, RunStatus::RunningElsewhere, 15000);
        const std::int64_t step = run()->step;
        QVERIFY(step > 0);
        std::int64_t lowest = step;
        QObject listener;  // gone before what it reads
        QObject::connect(fixture.workbench.get(), &ui::Workbench::changed, &listener,
                         [&] { lowest = std::min(lowest, run()->step); });
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(1), 30000);
        QCOMPARE(run()->status, RunStatus::RunningElsewhere);
        QCOMPARE(lowest, step);
        QVERIFY(!fixture.window->noticeBar().isVisible());
        QVERIFY(!fixture.workbench->queue()->contains(id));
        QCOMPARE(fixture.workbench->messages().about(id).front().severity, runs::Severity::Info);
    }

private:
    /// The same cells trained without a break have the same numbers, bit for bit.
    static void compareWithUndisturbed(const WindowFixture& continued) {
        WindowFixture twin;
        twin.openStudy();
        twin.workbench->queueCells({{128, 0.5, experiment::AttentionKind::Sparse},
                                    {64, 0.25, experiment::AttentionKind::Sparse}});
        twin.workbench->start();
        QTRY_COMPARE_WITH_TIMEOUT(twin.count(RunStatus::Done), std::size_t(4), 30000);
        for (const runs::RunId& id : twin.workbench->study()->withStatus(RunStatus::Done)) {
            const runs::RunView* run = continued.workbench->study()->find(id);
            QVERIFY2(run && run->result, id.c_str());
            const auto& expected = *twin.workbench->study()->find(id)->result;
            QCOMPARE(run->result->finalLoss, expected.finalLoss);
            QCOMPARE(run->result->curve.size(), expected.curve.size());
            QCOMPARE(run->result->curve.back().validationLoss,
                     expected.curve.back().validationLoss);
            QCOMPARE(continued.workbench->study()->metrics(id)->size(),
                     twin.workbench->study()->metrics(id)->size());
        }
    }

    QTemporaryDir m_settings;
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == "--train-until-killed")
        return trainUntilKilled(application, arguments.value(2), arguments.value(3));
    if (arguments.value(1) == "--train-step-by-step") return trainStepByStep(arguments.value(2));
    RestoreTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "ui_restore_test.moc"
