// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "app/export.h"
#include "tests/app/small_table.h"
#include "tests/ui/exporting_window.h"
#include "tests/ui/window_fixture.h"
#include "ui/export_dialog.h"
#include "ui/notice_bar.h"
#include "ui/study_figures.h"
#include "ui/window_actions.h"

namespace {

runs::ResultsTable table(const std::vector<std::int64_t>& lengths,
                         const std::vector<double>& ratios) {
    runs::ResultsTable table;
    table.lengths = lengths;
    table.keepRatios = ratios;
    table.seeds = {42, 43, 44};
    for (const std::int64_t length : lengths)
        for (const double ratio : ratios) {
            std::vector<double> losses;
            for (const std::int64_t seed : {1, 2, 3})
                losses.push_back(2.0 - 0.1 * ratio + 0.01 * double((seed * 3 + length) % 7));
            table.cells.push_back(small::cell(ratio, losses, length));
        }
    return table;
}

std::shared_ptr<const ui::FigureData> dataOf(runs::ResultsTable table) {
    auto data = std::make_shared<ui::FigureData>();
    data->analysis = app::analysisOf(table);
    data->table = std::move(table);
    return data;
}

/// What is written in a figure, as its SVG tells it.
QString words(const ui::Figure& figure) {
    return QString::fromUtf8(ui::DrawnFigure(figure, ui::FigureFormat::Svg, 1.0).bytes());
}

bool has(const std::vector<ui::StudyFigure>& figures, const QString& path) {
    return std::any_of(figures.begin(), figures.end(),
                       [&](const ui::StudyFigure& figure) { return figure.path == path; });
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList filesBelow(const QString& folder) {
    QStringList files;
    QDirIterator walk(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) files << QDir(folder).relativeFilePath(walk.next());
    files.sort();
    return files;
}

/// How long the event loop was kept from turning, at most.
class LongestPause {
public:
    LongestPause() {
        m_clock.start();
        QObject::connect(&m_timer, &QTimer::timeout,
                         [this] { m_longest = std::max(m_longest, m_clock.restart()); });
        m_timer.start(5);
    }
    qint64 milliseconds() const { return m_longest; }

private:
    QElapsedTimer m_clock;
    QTimer m_timer;
    qint64 m_longest = 0;
};

/// The study of the window fixture, trained to the end.
class ExportFixture : public ExportingWindow {
public:
    ExportFixture() {
        QSettings().clear();
        workbench.setLaneChoice({"cpu", 1, 1});
        workbench.createExperiment(folder(), WindowFixture::settings(),
                                   ui::AfterCreate::StartTraining);
        window.resize(1280, 800);
        window.show();
        QTRY_VERIFY(workbench.study() != nullptr);
        QTRY_COMPARE(workbench.study()->withStatus(runs::RunStatus::Done).size(), std::size_t(12));
        QTRY_COMPARE_WITH_TIMEOUT(workbench.study()->results().timing.size(), std::size_t(6),
                                  30000);
        workbench.pause(runs::PauseAt::NextStep);
        QTRY_COMPARE(workbench.trainingState(), ui::TrainingState::Stopped);
    }

    ui::ExportDialog* openDialog() {
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window)) return nullptr;
        QTest::keyClick(&window, Qt::Key_E, Qt::ControlModifier);
        return window.findChild<ui::ExportDialog*>();
    }
};

}  // namespace

class ExportTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void overviewHasItsNinePanels() {
        const QString text = words(ui::overviewFigure(dataOf(table({64, 128}, {0.25, 0.5, 0.75}))));
        for (const char* title :
             {"Final validation loss", "Validation accuracy", "Time per step as it ran",
              "Optimal keep ratio", "Optimal k", "dashed: L/2", "Improvement against the baseline",
              "Effect size against the baseline", "Mean final validation loss", "Summary",
              "validation loss (nats/token)", "sequence length L (tokens)", "18 of 18 planned",
              "L = 64", "L = 128"})
            QVERIFY2(text.contains(title), title);
    }

    void everyFigureOfEveryKindOfStudyCanBeDrawn() {
        runs::ResultsTable holes = table({64, 128}, {0.25, 0.5, 0.75});
        for (runs::RunOutcome& run : holes.cells[1].runs) run.result.reset();
        for (runs::RunOutcome& run : holes.cells[1].runs) run.status = runs::RunStatus::Failed;
        runs::ResultsTable nothing = table({64}, {0.25, 0.5});
        for (runs::CellOutcome& cell : nothing.cells)
            for (runs::RunOutcome& run : cell.runs) {
                run.result.reset();
                run.status = runs::RunStatus::Empty;
            }
        runs::ResultsTable single = table({64, 128}, {0.25, 0.5});
        for (runs::CellOutcome& cell : single.cells) cell.runs.resize(1);
        for (runs::ResultsTable& each : std::vector{
                 table({64}, {0.25, 0.5, 0.75}), table({64, 128}, {0.5}), holes, nothing, single}) {
            const auto figures = ui::studyFigures(dataOf(std::move(each)));
            QVERIFY(has(figures, "sparsity_analysis"));
            for (const ui::StudyFigure& figure : figures) {
                const auto image = QImage::fromData(
                    ui::DrawnFigure(figure.figure, ui::FigureFormat::Png, 1.0).bytes());
                QCOMPARE(image.size(), figure.figure.size);
                QVERIFY2(figure.caption.endsWith('.'), qPrintable(figure.caption));
            }
        }
    }

    void figuresSayWhatIsMissing() {
        const auto one = dataOf(table({64, 128}, {0.5}));
        QVERIFY(words(ui::overviewFigure(one)).contains("Needs finished runs at the baseline"));
        QVERIFY(!has(ui::studyFigures(one), "figures/improvement"));
        runs::ResultsTable timed = table({64}, {0.25, 0.5});
        runs::CellTiming timing;
        timing.length = 64;
        timing.keepRatio = 0.5;
        timing.lowerQuartileMs = 2;
        timing.medianMs = 3;
        timing.upperQuartileMs = 4;
        timed.timing = {timing};
        const QString text = words(ui::overviewFigure(dataOf(timed)));
        QVERIFY(text.contains("Time per step, timing pass"));
        QVERIFY(!text.contains("as it ran"));
    }

    void seriesAreTheNumbersOfTheAnalysis() {
        const auto data = dataOf(table({64}, {0.25, 0.5, 0.75}));
        const stats::LengthAnalysis& length = data->analysis->perLength[0];
        const ui::FigurePanel loss = ui::lossPanel(*data);
        QCOMPARE(loss.series.size(), std::size_t(1));
        QCOMPARE(loss.series[0].points[2].y, *length.cells[2].mean);
        const double sd = length.cells[2].description->sd;
        QVERIFY(std::abs(loss.series[0].points[2].low - (*length.cells[2].mean - sd)) < 1e-12);
        const ui::FigurePanel better = ui::improvementPanel(*data);
        QCOMPARE(better.series[0].points.size(), std::size_t(2));
        QCOMPARE(better.series[0].points[1].y, 100.0 * *length.cells[2].improvement);
        QVERIFY(better.series[0].points[1].low < better.series[0].points[1].y);
        QVERIFY(better.series[0].points[1].high > better.series[0].points[1].y);
        const ui::FigurePanel best = ui::optimalKeepPanel(*data);
        QCOMPARE(best.series[0].points[0].y, 48.0);
        QCOMPARE(best.series[1].points[0].y, 32.0);
    }

    void dialogWritesWhatWasChosenAndOffersTheFolder() {
        ExportFixture fixture;
        ui::ExportDialog* dialog = fixture.openDialog();
        QVERIFY(dialog);
        auto* start = dialog->findChild<QPushButton*>("startExport");
        auto* folder = dialog->findChild<QLineEdit*>("exportFolder");
        QCOMPARE(folder->text(), fixture.folder() + "/export");
        folder->setText("");
        QVERIFY(!start->isEnabled());
        folder->setText(fixture.beside("out"));
        for (const char* box : {"export_svg", "export_pdf", "export_latex"})
            dialog->findChild<QCheckBox*>(box)->click();
        QVERIFY(start->isEnabled());
        LongestPause pause;
        QTest::keyClick(folder, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window.noticeBar().text().contains(fixture.beside("out")),
                                 30000);
        qInfo("longest pause of the GUI thread while exporting: %lld ms",
              static_cast<long long>(pause.milliseconds()));
        const QStringList files = filesBelow(fixture.beside("out"));
        QVERIFY(fixture.window.noticeBar().text().startsWith(QString::number(files.size())));
        QVERIFY(fixture.window.actions().find("openExportFolder")->isEnabled());
        QVERIFY(files.contains("report.html"));
        QVERIFY(files.contains("sparsity_analysis.png"));
        QVERIFY(files.filter(".svg").isEmpty());
        QVERIFY(files.filter(".tex").isEmpty());
        QTRY_VERIFY(!fixture.window.findChild<ui::ExportDialog*>());
        dialog = fixture.openDialog();  // remembers the choice
        QVERIFY(dialog);
        QVERIFY(!dialog->findChild<QCheckBox*>("export_svg")->isChecked());
        QVERIFY(dialog->findChild<QCheckBox*>("export_png")->isChecked());
    }

    void errorNamesThePathAndTheDialogStays() {
        ExportFixture fixture;
        QFile(fixture.beside("file")).open(QIODevice::WriteOnly);
        ui::ExportDialog* dialog = fixture.openDialog();
        dialog->findChild<QLineEdit*>("exportFolder")->setText(fixture.beside("file/out"));
        QTest::mouseClick(dialog->findChild<QPushButton*>("startExport"), Qt::LeftButton);
        auto* state = dialog->findChild<QLabel*>("exportState");
        QTRY_VERIFY(state->text().contains(fixture.beside("file/out")));
        QVERIFY2(state->text().contains("Choose a folder"), qPrintable(state->text()));
        QVERIFY(dialog->isVisible());
        QVERIFY(dialog->findChild<QPushButton*>("startExport")->isEnabled());
    }

    void batchWithoutADisplayWritesTheSameFiles() {
        ExportFixture fixture;
        ui::ExportDialog* dialog = fixture.openDialog();
        for (const char* box : {"export_tables", "export_latex", "export_json", "export_report",
                                "export_png", "export_svg", "export_pdf"})
            dialog->findChild<QCheckBox*>(box)->setChecked(true);
        dialog->findChild<QLineEdit*>("exportFolder")->setText(fixture.beside("window"));
        QTest::mouseClick(dialog->findChild<QPushButton*>("startExport"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            fixture.window.noticeBar().text().contains(fixture.beside("window")), 60000);

        QProcess batch;
        QProcessEnvironment environment;  // no DISPLAY, no Wayland, no platform
        environment.insert("HOME", fixture.beside("home"));
        batch.setProcessEnvironment(environment);
        batch.start(SPARSITY_PROGRAM, {"--quiet", "--experiment", fixture.folder(), "--export",
                                       fixture.beside("batch")});
        QVERIFY2(batch.waitForFinished(60000), qPrintable(batch.errorString()));
        const QByteArray messages = batch.readAllStandardError();
        QVERIFY2(batch.exitCode() == 0, messages.constData());
        QVERIFY2(messages.isEmpty(), messages.constData());

        const QStringList files = filesBelow(fixture.beside("window"));
        QCOMPARE(filesBelow(fixture.beside("batch")), files);
        for (const char* name :
             {"sparsity_analysis.png", "sparsity_analysis.svg", "sparsity_analysis.pdf",
              "figures/curves_L0064.png", "figures/heatmap_final_validation_loss.png",
              "figures/boxplot_L0064.png", "figures/boxplot_L0128.svg", "figures/pareto_L0064.png",
              "figures/pareto_L0128.pdf", "figures/peak_memory.png", "report.md", "results.tex",
              "runs.csv", "optimal_sparsity_results.json"})
            QVERIFY2(files.contains(name), name);
        const QByteArray report = contentOf(fixture.beside("batch") + "/report.md");
        for (const char* shown : {"(figures/boxplot_L0064.png)", "(figures/pareto_L0128.png)"})
            QVERIFY2(report.contains(shown), report.constData());
        for (const QString& name : files) {
            const QByteArray content = contentOf(fixture.beside("batch") + '/' + name);
            QVERIFY2(!content.isEmpty(), qPrintable(name));
            if (name.endsWith(".pdf")) continue;  // has the time of its making
            QVERIFY2(content == contentOf(fixture.beside("window") + '/' + name), qPrintable(name));
        }
        QCOMPARE(QImage(fixture.beside("batch") + "/sparsity_analysis.png").size(),
                 QSize(3120, 2640));
    }
};

QTEST_MAIN(ExportTest)
#include "ui_export_test.moc"
