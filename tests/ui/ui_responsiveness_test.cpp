// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <algorithm>
#include <filesystem>

#include "tests/ui/exporting_window.h"
#include "tests/ui/gui_watchdog.h"
#include "tests/ui/made_study.h"
#include "tests/ui/timed_application.h"
#include "tests/ui/window_fixture.h"
#include "ui/curves_page.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/study_exporter.h"

namespace {

/// A study of 5 x 6 cells with two finished seeds in each; the third is yet to be trained.
class HalfTrainedStudy : public ExportingWindow {
public:
    HalfTrainedStudy() {
        const runs::Study study = made::finishedStudy(folder().toStdString(), {}, kPoints);
        for (const runs::RunView& run : study.runs())
            if (run.spec.seed == study.settings().grid.seeds.back())
                std::filesystem::remove_all(study.runFolder(run.id));
        behaviour->steps = kPoints;
        behaviour->afterStep = [](const training::CohortTrainer&) { QThread::msleep(4); };
        workbench.setLaneChoice({"cpu", 2, 3});
        window.resize(2560, 1440);
        window.show();
        workbench.openExperiment(folder());
    }

    static constexpr std::int64_t kPoints = 2000;
};

void showEveryPanel(ui::MainWindow& window) {
    for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
        window.addDockWidget(window.dockWidgetArea(dock), dock);
        dock->show();
    }
}

}  // namespace

/// The window while much happens. How long it was deaf stands in the log and in window_bench; what
/// is asserted here does not depend on what else the machine does.
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
        showEveryPanel(*fixture.window);
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

    void watchdogIsAnsweredWhileAllIsExportedAndNinetyCurvesAreFollowed() {
        HalfTrainedStudy study;
        ui::Workbench& workbench = study.workbench;
        const ui::GridModel& model = study.window.gridPage().model();
        QTRY_COMPARE(model.rowCount(), 5);
        showEveryPanel(study.window);
        study.window.gridPage().view().selectAll();
        QTRY_COMPARE(workbench.study()->withStatus(runs::RunStatus::Done).size(), std::size_t(60));
        const ui::LinePlot& plot = study.window.curvesPage().plot();
        QTRY_VERIFY_WITH_TIMEOUT(plot.lineCount() >= 90, 30000);
        workbench.queueEverything();
        workbench.start();
        QTRY_VERIFY(!workbench.training().empty());

        auto& application = static_cast<TimedApplication&>(*qApp);
        GuiWatchdog watchdog;
        application.watch();
        QTemporaryDir folder;
        ui::StudyExporter exporter(*workbench.study(), workbench.exportPort(), folder.path(), {});
        int files = 0;
        QString error;
        connect(&exporter, &ui::StudyExporter::finished, this,
                [&](int written, const QString& why) {
                    files = written;
                    error = why;
                });
        QTRY_VERIFY_WITH_TIMEOUT(files > 0 || !error.isEmpty(), 90000);
        const std::vector<Turn> turns = application.stop();
        const std::vector<double> waits = watchdog.stop();
        QCOMPARE(error, QString());
        QVERIFY(!waits.empty());
        QVERIFY(QFile::exists(folder.filePath("sparsity_analysis.png")));
        QVERIFY(QFile::exists(folder.filePath("report.html")));
        for (std::size_t at = 0; at < std::min<std::size_t>(5, turns.size()); ++at)
            qInfo("%.1f ms of the processor, %.1f ms in all: %s", turns[at].processorMs,
                  turns[at].wallMs, turns[at].name.constData());
        qInfo("longest wait for an answer of the window: %.1f ms in %zu questions",
              *std::max_element(waits.begin(), waits.end()), waits.size());
    }
};

int main(int argc, char** argv) {
    TimedApplication application(argc, argv);
    ResponsivenessTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "ui_responsiveness_test.moc"
