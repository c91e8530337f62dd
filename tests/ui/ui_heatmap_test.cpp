// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QHelpEvent>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QXmlStreamReader>
#include <cmath>

#include "tests/ui/known_results.h"
#include "tests/ui/window_fixture.h"
#include "ui/colour_map.h"
#include "ui/empty_state.h"
#include "ui/figure_buttons.h"
#include "ui/figure_file.h"
#include "ui/heatmap_page.h"
#include "ui/heatmap_plot.h"
#include "ui/study_analysis.h"
#include "ui/text.h"

using runs::RunStatus;
using ui::Doubt;
using ui::HeatmapKind;

namespace {

const ui::HeatmapCell& cellOf(const ui::Heatmap& map, std::int64_t length, double ratio) {
    for (const ui::HeatmapCell& cell : map.cells)
        if (cell.key == ui::CellKey{length, ratio}) return cell;
    throw std::logic_error("no such cell");
}

/// Pixels of this colour in the upper border of the cell.
int rowsOf(const QImage& image, int x, const QRectF& cell, const QColor& colour) {
    int rows = 0;
    for (int y = int(cell.top()); y < int(cell.top()) + 8; ++y)
        rows += image.pixelColor(x, y) == colour ? 1 : 0;
    return rows;
}

ui::HeatmapPage& raised(WindowFixture& fixture) {
    auto* dock = fixture.window->findChild<QDockWidget*>(QStringLiteral("heatmapDock"));
    dock->raise();
    ui::HeatmapPage& page = fixture.window->heatmapPage();
    [&] { QTRY_VERIFY(page.isVisible()); }();
    return page;
}

}  // namespace

class HeatmapTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void cellsShowWhatTheAnalysisSays() {
        const runs::ResultsTable results = knownResults();
        const stats::GridAnalysis analysis = analysisOf(results);
        const auto& row = analysis.perLength[1];
        const ui::Heatmap loss = ui::makeHeatmap(results, &analysis, {});
        QCOMPARE(*cellOf(loss, 128, 0.25).value, *row.cells[0].mean);
        const ui::Heatmap better =
            ui::makeHeatmap(results, &analysis, {HeatmapKind::ImprovementOverBaseline});
        QCOMPARE(*cellOf(better, 128, 0.25).value, 100.0 * *row.cells[0].improvement);
        QCOMPARE(*cellOf(better, 128, 0.5).value, 0.0);
        const ui::Heatmap p = ui::makeHeatmap(results, &analysis, {HeatmapKind::PAgainstBaseline});
        QVERIFY(bool(row.dunnettBlocked));
        QCOMPARE(*cellOf(p, 128, 0.25).value, row.dunnettBlocked->comparisons[0].p);
        QCOMPARE(cellOf(p, 128, 0.25).text, ui::probability(row.dunnettBlocked->comparisons[0].p));
        QCOMPARE(cellOf(p, 128, 0.5).text, "baseline");
        QVERIFY(p.note.contains("Dunnett's test on blocks"));
        QCOMPARE(p.axis, ui::AxisScale::Logarithmic);
        const ui::Heatmap best =
            ui::makeHeatmap(results, &analysis, {HeatmapKind::ProbabilityOfBest});
        QCOMPARE(*cellOf(best, 128, 0.75).value, row.probabilityOfBest->pBest[2]);
    }

    void improvementsAreColouredAroundZero() {
        const runs::ResultsTable results = knownResults();
        const stats::GridAnalysis analysis = analysisOf(results);
        const ui::Heatmap map =
            ui::makeHeatmap(results, &analysis, {HeatmapKind::ImprovementOverBaseline});
        QCOMPARE(map.scale.low, -map.scale.high);
        QVERIFY(map.scale.high >= 10.0);
        QCOMPARE(ui::heatmapColour(map, 0.0), ui::colourAt(ui::ColourMap::PuOr, 0.5));
        ui::HeatmapPlot plot;
        plot.setHeatmap(map);
        QCOMPARE(plot.colourRange().first, -plot.colourRange().second);
    }

    void undecidedThinAndFailedCellsAreHatchedAndExplained() {
        runs::ResultsTable results = knownResults();
        const auto at = [&](std::int64_t length, double ratio) -> runs::CellOutcome& {
            for (runs::CellOutcome& cell : results.cells)
                if (cell.length == length && cell.keepRatio == ratio) return cell;
            throw std::logic_error("no such cell");
        };
        at(64, 0.75).runs.resize(1);
        at(128, 0.75).runs[2].status = RunStatus::Diverged;
        at(128, 0.75).runs[2].result.reset();
        const stats::GridAnalysis full = analysisOf(knownResults());
        const ui::Heatmap whole =
            ui::makeHeatmap(knownResults(), &full, {HeatmapKind::ImprovementOverBaseline});
        QCOMPARE(cellOf(whole, 64, 0.25).doubt, Doubt::None);
        QCOMPARE(cellOf(whole, 64, 0.75).doubt, Doubt::Undecided);
        ui::HeatmapPlot plot;
        plot.setHeatmap(whole);
        QVERIFY(plot.legendTexts().join(' ').contains("not significant (p ≥ 0.05)"));
        QVERIFY(!plot.legendTexts().join(' ').contains("failed"));

        const stats::GridAnalysis analysis = analysisOf(results);
        const ui::Heatmap map = ui::makeHeatmap(results, &analysis, {});
        QCOMPARE(cellOf(map, 64, 0.75).doubt, Doubt::TooFewRuns);
        QCOMPARE(cellOf(map, 128, 0.75).doubt, Doubt::Failed);
        QCOMPARE(cellOf(map, 64, 0.25).doubt, Doubt::None);
        plot.setHeatmap(map);
        QVERIFY(plot.legendTexts().join(' ').contains("too few runs"));
        QVERIFY(plot.legendTexts().join(' ').contains("failed or diverged"));
    }

    void theLegendIsWrappedWhereItIsWiderThanThePlot() {
        const stats::GridAnalysis analysis = analysisOf(knownResults());
        const ui::Heatmap map =
            ui::makeHeatmap(knownResults(), &analysis, {HeatmapKind::ImprovementOverBaseline});
        const auto drawn = [&map](int width) {
            const ui::Figure figure{QSize(width, 400), [&map, width](QCPPainter& painter) {
                                        ui::HeatmapPlot plot;
                                        plot.setHeatmap(map);
                                        plot.paint(painter, {width, 400});
                                    }};
            return ui::DrawnFigure(figure, ui::FigureFormat::Svg, 1.0).bytes();
        };
        const QByteArray entry = '>' + map.equalMeans.toHtmlEscaped().toUtf8();
        QVERIFY(map.equalMeans.size() > 40);
        QVERIFY2(drawn(900).contains(entry), entry.constData());
        QVERIFY(!drawn(280).contains(entry));
        QVERIFY(drawn(280).contains(entry.left(15)));
    }

    void theFrameOfASelectedCellIsSeenOnEveryColour() {
        const stats::GridAnalysis analysis = analysisOf(knownResults());
        ui::HeatmapPlot plot;
        plot.resize(600, 400);
        plot.setHeatmap(ui::makeHeatmap(knownResults(), &analysis, {}));
        plot.setSelection({plot.heatmap().cells.front().key});
        const QImage image = plot.grab().toImage();
        const QRectF cell = plot.cellRect(plot.heatmap().cells.front().key);
        const int x = int(cell.center().x());
        QVERIFY(rowsOf(image, x, cell, plot.palette().color(QPalette::Highlight)) >= 1);
        QVERIFY(rowsOf(image, x, cell, Qt::white) >= 1);
    }

    void missingCellsAreEmptyWithADash() {
        runs::ResultsTable results = knownResults();
        for (runs::RunOutcome& run : results.cells[0].runs) {
            run.status = RunStatus::Empty;
            run.result.reset();
        }
        const stats::GridAnalysis analysis = analysisOf(results);
        const ui::Heatmap map = ui::makeHeatmap(results, &analysis, {});
        QVERIFY(!cellOf(map, 64, 0.25).value);
        QCOMPARE(cellOf(map, 64, 0.25).text, "–");
        QCOMPARE(cellOf(map, 64, 0.25).doubt, Doubt::None);
        QVERIFY(map.note.startsWith("Interim: "));
    }

    void withoutRunsThePageSaysWhatWillBeHere() {
        WindowFixture fixture;
        fixture.openStudy();
        ui::HeatmapPage& page = raised(fixture);
        QTRY_VERIFY(page.emptyState().isVisible());
        QVERIFY(page.emptyState().text().contains("once a run is done"));
        QVERIFY(!page.figureButtons().isEnabled());
    }

    void theWindowShowsItsStudyAndAClickSelectsTheCell() {
        WindowFixture fixture;
        trainEverything(fixture);
        ui::HeatmapPage& page = raised(fixture);
        QTRY_VERIFY(page.plot().isVisible());
        const auto analysis = fixture.window->analysis().current();
        const ui::CellKey key{128, 0.75};
        QTRY_COMPARE(cellOf(page.plot().heatmap(), 128, 0.75).value,
                     analysis->perLength[1].cells[2].mean);
        // The map is made again when the analysis of the last run arrives.
        QTRY_VERIFY(cellOf(page.plot().heatmap(), 128, 0.75).toolTip.contains("Student's t"));
        QTRY_VERIFY(page.plot().cellRect(key).width() > 20);
        const QPoint middle = page.plot().cellRect(key).center().toPoint();
        QTest::mouseClick(page.plot().canvas(), Qt::LeftButton, {}, middle);
        QCOMPARE(fixture.workbench->selection(), std::vector<ui::CellKey>{key});
        QTest::mouseClick(page.plot().canvas(), Qt::LeftButton, Qt::ControlModifier,
                          page.plot().cellRect({64, 0.25}).center().toPoint());
        QCOMPARE(fixture.workbench->selection().size(), std::size_t(2));
        QTest::mouseClick(page.plot().canvas(), Qt::LeftButton, {}, middle);
        QTest::keyClick(&page.plot(), Qt::Key_Left);
        QCOMPARE(fixture.workbench->selection(), std::vector<ui::CellKey>({{128, 0.5}}));
        QHelpEvent help(QEvent::ToolTip, middle, page.plot().canvas()->mapToGlobal(middle));
        QApplication::sendEvent(page.plot().canvas(), &help);
        QVERIFY(QToolTip::text().contains("2 of 2 done"));
        QVERIFY(QToolTip::text().contains("interval (Student's t)"));
        QToolTip::hideText();
    }

    void choosingAnotherQuantityChangesTheMap() {
        WindowFixture fixture;
        trainEverything(fixture);
        ui::HeatmapPage& page = raised(fixture);
        QTRY_VERIFY(page.plot().isVisible());
        for (int at = 0; at < page.choice().count(); ++at) {
            page.choice().setCurrentIndex(at);
            emit page.choice().activated(at);
            QCOMPARE(page.plot().heatmap().title, page.choice().itemText(at));
        }
        page.choose({HeatmapKind::ImprovementOverBaseline});
        QCOMPARE(page.plot().heatmap().scale.kind, ui::ColourScale::Kind::Signed);
    }

    void savedFiguresAreWhole() {
        WindowFixture fixture;
        trainEverything(fixture);
        ui::HeatmapPage& page = raised(fixture);
        QTRY_VERIFY(page.figureButtons().isEnabled());
        QTemporaryDir folder;
        const QString stem = folder.filePath(QStringLiteral("heatmap"));
        page.figureButtons().setScale(3);
        page.figureButtons().saveTo(stem + ".png");
        const QImage image(stem + ".png");
        QCOMPARE(image.size(), 3 * ui::heatmapFigure(page.plot().heatmap()).size);
        QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
        page.figureButtons().saveTo(stem + ".svg");
        const QString text = svgText(stem + ".svg");
        QVERIFY(text.contains("keep ratio k/L"));
        QVERIFY(text.contains("sequence length L (tokens)"));
        QVERIFY(text.contains("final validation loss (nats/token)"));
        page.figureButtons().saveTo(stem + ".pdf");
        QVERIFY(contentOf(stem + ".pdf").startsWith("%PDF"));
        QSignalSpy failed(&page.figureButtons(), &ui::FigureButtons::failed);
        page.figureButtons().saveTo(folder.filePath("no such folder/heatmap.png"));
        QCOMPARE(failed.size(), 1);
    }
};

QTEST_MAIN(HeatmapTest)
#include "ui_heatmap_test.moc"
