// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QBarCategoryAxis>
#include <QBarLegendMarker>
#include <QBarSet>
#include <QBoxPlotSeries>
#include <QBoxSet>
#include <QChart>
#include <QChartView>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QImage>
#include <QLegend>
#include <QLineSeries>
#include <QMimeData>
#include <QPushButton>
#include <QScatterSeries>
#include <QStackedBarSeries>
#include <QTest>
#include <QToolButton>
#include <QValueAxis>
#include <cmath>

#include "tests/ui/known_results.h"
#include "tests/ui/window_fixture.h"
#include "ui/box_plot_chart.h"
#include "ui/charts_page.h"
#include "ui/efficiency_chart.h"
#include "ui/empty_state.h"
#include "ui/figure_buttons.h"
#include "ui/optimal_ratio_chart.h"
#include "ui/pareto_chart.h"
#include "ui/plot_colours.h"
#include "ui/study_analysis.h"
#include "ui/window_actions.h"

using runs::RunStatus;
using ui::ChartKind;

namespace {

const ui::ChartLook kLook{ui::paperPalette(), QFont()};

template <class Series>
std::vector<Series*> seriesOf(const QChart& chart) {
    std::vector<Series*> found;
    for (QAbstractSeries* series : chart.series())
        if (auto* one = qobject_cast<Series*>(series)) found.push_back(one);
    return found;
}

/// Step times of the cells of one length, in the order of the ratios.
void addTiming(runs::ResultsTable& results, std::int64_t length, std::vector<double> medians) {
    for (std::size_t at = 0; at < medians.size(); ++at) {
        runs::CellTiming timing;
        timing.length = length;
        timing.keepRatio = results.keepRatios[at];
        timing.device = "cpu";
        timing.medianMs = medians[at];
        timing.lowerQuartileMs = 0.9 * medians[at];
        timing.upperQuartileMs = 1.1 * medians[at];
        timing.peakBytes = 100'000'000 + static_cast<std::int64_t>(at);
        results.timing.push_back(timing);
    }
}

ui::ChartsPage& raised(WindowFixture& fixture) {
    fixture.window->findChild<QDockWidget*>(QStringLiteral("chartsDock"))->raise();
    ui::ChartsPage& page = fixture.window->chartsPage();
    [&] { QTRY_VERIFY(page.isVisible()); }();
    return page;
}

}  // namespace

class ChartsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void boxesAreTheQuartilesAndEveryRunIsAPoint() {
        const runs::ResultsTable results = knownResults();
        const stats::GridAnalysis analysis = analysisOf(results);
        const ui::StudyChart content =
            ui::boxPlotChart(ui::boxPlotData(results, &analysis, 128), kLook);
        const auto boxes = seriesOf<QBoxPlotSeries>(*content.chart);
        QCOMPARE(boxes.size(), std::size_t(1));
        QCOMPARE(boxes[0]->count(), 3);
        for (int at = 0; at < 3; ++at) {
            const stats::Descriptives& numbers =
                *analysis.perLength[1].cells[static_cast<std::size_t>(at)].description;
            const QBoxSet* box = boxes[0]->boxSets()[at];
            QCOMPARE(box->at(QBoxSet::LowerQuartile), numbers.lowerQuartile);
            QCOMPARE(box->at(QBoxSet::Median), numbers.median);
            QCOMPARE(box->at(QBoxSet::UpperExtreme), numbers.maximum);
        }
        const auto points = seriesOf<QScatterSeries>(*content.chart);
        QCOMPARE(points.size(), std::size_t(3));
        QCOMPARE(points[0]->count(), 3);
        QCOMPARE(points[0]->at(1).y(), results.cell(128, 0.25)->runs[1].result->finalLoss);
        QVERIFY(content.caption.contains("With 3 runs in a cell"));
    }

    void barsAreTheBestRatiosWithTheirIntervalInWords() {
        const runs::ResultsTable results = knownResults();
        const stats::GridAnalysis analysis = analysisOf(results);
        const ui::OptimalRatioData data = ui::optimalRatioData(&analysis);
        QCOMPARE(data.lengths.size(), std::size_t(2));
        const stats::LengthAnalysis& first = analysis.perLength[0];
        QCOMPARE(data.lengths[0].best.keepRatio, analysis.keepRatios[*first.best]);
        const auto interval = stats::argminInterval(first.probabilityOfBest->pBest, 0.95);
        QCOMPARE(*data.lengths[0].lower, analysis.keepRatios[interval.lower]);
        QCOMPARE(*data.lengths[0].upper, analysis.keepRatios[interval.upper]);
        const ui::StudyChart content = ui::optimalRatioChart(data, kLook);
        QCOMPARE(seriesOf<QStackedBarSeries>(*content.chart).size(), std::size_t(1));
        QVERIFY(content.caption.contains("2.5 % and the 97.5 % point"));
        QVERIFY(content.caption.contains("bootstrap distribution of the best ratio"));
    }

    void theLegendOfTheBestRatiosShowsTheColoursOfItsBarsAndFits() {
        const runs::ResultsTable results = knownResults();
        const stats::GridAnalysis analysis = analysisOf(results);
        const ui::OptimalRatioData data = ui::optimalRatioData(&analysis);
        const ui::StudyChart content = ui::optimalRatioChart(data, kLook);
        QChart& chart = *content.chart;
        auto* bars = seriesOf<QStackedBarSeries>(chart).front();
        QCOMPARE(chart.legend()->markers(bars).size(), bars->barSets().size());
        for (const QLegendMarker* marker : chart.legend()->markers()) {
            if (!marker->isVisible()) continue;
            const auto* bar = qobject_cast<const QBarLegendMarker*>(marker);
            QVERIFY2(bar, "the caption tells what the other signs are");
            QCOMPARE(bar->shape(), QLegend::MarkerShapeRectangle);
            QCOMPARE(bar->brush().color(),
                     const_cast<QBarLegendMarker*>(bar)->barset()->brush().color());
        }
        QVERIFY(content.caption.contains("Open points"));
        QVERIFY(content.caption.contains("Dashed: the baseline"));
        for (QAbstractAxis* axis : chart.axes(Qt::Horizontal))
            for (const QString& name : qobject_cast<QBarCategoryAxis*>(axis)->categories())
                QVERIFY2(name.contains("<br>k "), "two lines fit under a narrow bar");
    }

    void oneSeedHasNoInterval() {
        runs::ResultsTable results = knownResults();
        for (runs::CellOutcome& cell : results.cells) cell.runs.resize(1);
        results.seeds.resize(1);
        const stats::GridAnalysis analysis = analysisOf(results);
        const ui::OptimalRatioData data = ui::optimalRatioData(&analysis);
        QVERIFY(!data.lengths[0].lower);
        QVERIFY(ui::optimalRatioChart(data, kLook).caption.contains("no interval"));
    }

    void theFrontConnectsWhatNothingBeats() {
        runs::ResultsTable results = knownResults();
        addTiming(results, 64, {10.0, 12.0, 15.0});
        const stats::GridAnalysis analysis = analysisOf(results);
        const auto& cells = analysis.perLength[0].cells;
        const ui::ParetoData data = ui::paretoData(results, &analysis, 64);
        QCOMPARE(data.points.size(), std::size_t(3));
        // 0.25 is the fastest and 0.5 clearly better; 0.75 stays only where it is better still.
        const bool third = *cells[2].mean < *cells[1].mean;
        QCOMPARE(data.front.size(), std::size_t(third ? 3 : 2));
        const ui::StudyChart content = ui::paretoChart(data, kLook);
        const auto lines = seriesOf<QLineSeries>(*content.chart);
        QCOMPARE(lines[0]->count(), static_cast<int>(data.front.size()));
        QCOMPARE(lines[0]->at(0), QPointF(10.0, *cells[0].mean));
        QVERIFY(ui::paretoData(results, &analysis, 128).points.empty());
    }

    void timeLinesHoldTheMeasuredMedians() {
        runs::ResultsTable results = knownResults();
        addTiming(results, 64, {10.0, 12.0, 15.0});
        addTiming(results, 128, {20.0, 22.0, 25.0});
        const ui::StudyChart content = ui::efficiencyChart(ui::efficiencyData(results),
                                                           ui::EfficiencyQuantity::StepTime, kLook);
        const auto points = seriesOf<QScatterSeries>(*content.chart);
        QCOMPARE(points.size(), std::size_t(2));
        QCOMPARE(points[1]->at(2), QPointF(0.75, 25.0));
        const auto* axis = qobject_cast<QValueAxis*>(content.chart->axes(Qt::Vertical).value(0));
        QVERIFY(axis);
        QCOMPARE(axis->min(), 0.0);
        QCOMPARE(axis->titleText(), "time per step (ms)");
        QVERIFY(content.caption.contains("alone on cpu"));
    }

    void ticksAreRound() {
        QValueAxis axis;
        ui::roundRange(axis, 2.0143, 2.0587);
        const double step = (axis.max() - axis.min()) / (axis.tickCount() - 1);
        const double digit = step / std::pow(10.0, std::floor(std::log10(step) + 1e-9));
        QVERIFY(std::abs(digit - 1) < 1e-6 || std::abs(digit - 2) < 1e-6 ||
                std::abs(digit - 5) < 1e-6);
        QCOMPARE(axis.labelFormat(), "%.2f");
        QVERIFY(axis.min() <= 2.0143 && axis.max() >= 2.0587);
    }

    void emptyStatesNameTheNextStepAndOfferIt() {
        WindowFixture fixture;
        fixture.openStudy();
        ui::ChartsPage& page = raised(fixture);
        QTRY_VERIFY(page.emptyState().isVisible());
        QVERIFY(page.emptyState().text().contains("once runs are done"));
        QVERIFY(!page.figureButtons().isEnabled());
        page.choose({ChartKind::StepTime, 64});
        QVERIFY(page.emptyState().text().contains("side by side say nothing about a cell"));
        const auto* button = page.emptyState().findChild<QToolButton*>();
        QVERIFY(button);
        QCOMPARE(button->defaultAction(), fixture.window->actions().find("timing"));
    }

    void measuringFromTheEmptyStateFillsTheChartAndTrainsNothing() {
        WindowFixture fixture;
        trainEverything(fixture);
        fixture.comeToRest();
        QFile::remove(fixture.folder() + "/timing.json");  // measured after the training by itself
        fixture.reopen();
        QTRY_COMPARE(fixture.count(RunStatus::Done), std::size_t(12));
        fixture.workbench->select({{64, 0.25}});
        fixture.trigger("addSeed");
        fixture.workbench->queueEverything();
        QTRY_COMPARE(fixture.queued(), std::size_t(1));
        ui::ChartsPage& page = raised(fixture);
        page.choose({ChartKind::StepTime, 64});
        QTRY_VERIFY(page.emptyState().isVisible());
        QTest::mouseClick(page.emptyState().findChild<QToolButton*>(), Qt::LeftButton);
        QTRY_VERIFY(page.figureButtons().isEnabled());
        const auto points = seriesOf<QScatterSeries>(*page.view().chart());
        QCOMPARE(points.size(), std::size_t(2));
        QCOMPARE(points[1]->at(0), QPointF(0.25, 128.0));  // the fake trainer's step takes L ms
        QTRY_COMPARE(fixture.workbench->trainingState(), ui::TrainingState::Stopped);
        QCOMPARE(fixture.queued(), std::size_t(1));
        QCOMPARE(fixture.count(RunStatus::Done), std::size_t(12));
        page.choose({ChartKind::Pareto, 128});
        QCOMPARE(page.view().chart()->title(), "Loss against time at L = 128");
    }

    void theChartFollowsTheStudyAndTheSelection() {
        WindowFixture fixture;
        trainEverything(fixture);
        ui::ChartsPage& page = raised(fixture);
        page.choose({ChartKind::BoxPlot, 64});
        QTRY_COMPARE(page.view().chart()->title(), "Final loss at L = 64");
        fixture.workbench->select({{128, 0.5}});
        QTRY_COMPARE(page.view().chart()->title(), "Final loss at L = 128");
        page.choose({ChartKind::OptimalRatio, 128});
        QTRY_COMPARE(page.view().chart()->title(), "Keep ratio with the lowest loss");
        QVERIFY(!page.lengthChoice().isVisible());
        QVERIFY(!page.caption().isEmpty());
    }

    void savedAndCopiedFiguresAreWhole() {
        WindowFixture fixture;
        trainEverything(fixture);
        ui::ChartsPage& page = raised(fixture);
        page.choose({ChartKind::BoxPlot, 64});
        QTRY_VERIFY(page.figureButtons().isEnabled());
        QTemporaryDir folder;
        const QString stem = folder.filePath(QStringLiteral("boxplot"));
        page.figureButtons().setScale(2);
        page.figureButtons().saveTo(stem + ".png");
        const QImage image(stem + ".png");
        QCOMPARE(image.size(), QSize(1440, 960));
        int coloured = 0;
        for (int x = 0; x < image.width(); x += 3)
            for (int y = 0; y < image.height(); y += 3)
                if (image.pixelColor(x, y).saturation() > 60) ++coloured;
        QVERIFY2(coloured > 500, qPrintable(QString::number(coloured)));
        page.figureButtons().saveTo(stem + ".svg");
        const QString text = svgText(stem + ".svg");
        QVERIFY(text.contains("final validation loss (nats/token)"));
        QVERIFY(text.contains("keep ratio k/L"));
        QVERIFY(text.contains("Final loss at L = 64"));
        page.figureButtons().saveTo(stem + ".pdf");
        QVERIFY(contentOf(stem + ".pdf").startsWith("%PDF"));
        page.figureButtons().copyAction()->trigger();
        QVERIFY(QGuiApplication::clipboard()->mimeData()->hasImage());
    }
};

QTEST_MAIN(ChartsTest)
#include "ui_charts_test.moc"
