// SPDX-License-Identifier: GPL-3.0-or-later
#include <qcustomplot.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QSpinBox>
#include <QTest>
#include <array>
#include <cmath>
#include <limits>

#include "engine/data/corpus.h"
#include "stats/descriptives.h"
#include "tests/ui/made_study.h"
#include "tests/ui/window_fixture.h"
#include "ui/curves_page.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/series_model.h"
#include "ui/text.h"

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kPoints = 400;
constexpr std::int64_t kBrokenStep = 200;

/// Two lengths and two ratios with three seeds; one run of the second ratio has a step that is not
/// finite.
experiment::GridSettings grid() {
    experiment::GridSettings grid;
    grid.lengths = {64, 128};
    grid.keepRatios = {0.25, 0.5};
    grid.seeds = {1, 2, 3};
    return grid;
}

void breakOneStep(const experiment::RunSpec& spec, runs::MetricPoint& point) {
    if (spec.keepRatio == 0.5 && spec.seed == 2 && point.step == kBrokenStep)
        point.trainLoss = kNan;
}

/// The window over finished runs of kPoints points, with both cells selected and loaded.
class CurvesFixture : public WindowFixture {
public:
    CurvesFixture() {
        made::finishedStudy(folder().toStdString(), grid(), kPoints, breakOneStep);
        open();
    }
    void open() {
        workbench->openExperiment(folder());
        workbench->select({{64, 0.25, experiment::AttentionKind::Sparse},
                           {64, 0.5, experiment::AttentionKind::Sparse}});
        QTRY_COMPARE(plot().pointCount("L 64 · k/L 0.5/training"), int(kPoints));
        QTRY_COMPARE(plot().pointCount("L 64 · k/L 0.25/training"), int(kPoints));
        for (const runs::RunView& run : workbench->study()->runs())
            if (run.spec.length == 64)
                QTRY_VERIFY(workbench->curves().find(run.id)->points.size() == kPoints);
        page().refresh();
    }
    ui::CurvesPage& page() { return window->curvesPage(); }
    ui::LinePlot& plot() { return page().plot(); }
    template <class Widget>
    Widget* find(const char* name) {
        return page().findChild<Widget*>(QLatin1String(name));
    }
    void choose(const char* box, int value) {
        auto* found = find<QComboBox>(box);
        found->setCurrentIndex(found->findData(value));
    }
    QString shown(int row, int column) {
        return page().series().data(page().series().index(row, column), Qt::DisplayRole).toString();
    }
    void moveTo(double x) {
        QCustomPlot& canvas = plot().canvas();
        const QPoint at(int(std::lround(canvas.xAxis->coordToPixel(x))),
                        canvas.axisRect()->center().y());
        QTest::mouseMove(&canvas, at);
        QTest::mouseMove(&canvas, at + QPoint(0, 3));
    }
    double cursorX(double x) {
        const QCPAxis* axis = plot().canvas().xAxis;
        return axis->pixelToCoord(double(std::lround(axis->coordToPixel(x))));
    }
};

std::vector<double> trainingLosses(double ratio, std::int64_t step) {
    std::vector<double> losses;
    for (const std::int64_t seed : {1, 2, 3}) {
        experiment::RunSpec spec;
        spec.length = 64;
        spec.keepRatio = ratio;
        spec.keep = std::int64_t(64 * ratio);
        spec.seed = seed;
        losses.push_back(made::pointOf(spec, step).trainLoss);
    }
    return losses;
}

/// Whether a pixel of about this colour lies within the rectangle.
bool hasColour(const QImage& image, const QRect& rectangle, const QColor& colour) {
    for (int y = rectangle.top(); y <= rectangle.bottom(); ++y)
        for (int x = rectangle.left(); x <= rectangle.right(); ++x) {
            const QColor at = image.pixelColor(x, y);
            if (std::abs(at.red() - colour.red()) + std::abs(at.green() - colour.green()) +
                    std::abs(at.blue() - colour.blue()) <
                90)
                return true;
        }
    return false;
}

QRect around(const QCustomPlot& canvas, double x, double y, int reach) {
    const int left = int(std::lround(canvas.xAxis->coordToPixel(x)));
    const int top = int(std::lround(canvas.yAxis->coordToPixel(y)));
    return QRect(left - reach, top - reach, 2 * reach + 1, 2 * reach + 1)
        .intersected(canvas.axisRect()->rect());
}

void drawLine(ui::LinePlot& plot, std::shared_ptr<const ui::LineData> data) {
    plot.resize(700, 400);
    plot.show();
    plot.setLines({{"line", "a line", Qt::red, Qt::SolidLine, 2.0, std::move(data)}});
    plot.canvas().replot(QCustomPlot::rpImmediateRefresh);
}

std::shared_ptr<ui::RunLine> runLine(std::vector<std::int64_t> steps, std::vector<double> values) {
    auto line = std::make_shared<ui::RunLine>();
    for (const std::int64_t step : steps) line->data->x.push_back(double(step));
    line->steps = std::move(steps);
    line->data->y = std::move(values);
    return line;
}

}  // namespace

class CurvesTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void theBandIsChosenInWordsAndStandsInTheLegend() {
        CurvesFixture fixture;
        auto* box = fixture.find<QComboBox>("curveBand");
        QStringList words;
        for (int at = 0; at < box->count(); ++at) words << box->itemText(at);
        QCOMPARE(words,
                 (QStringList{"each seed", "min to max", "± sd", "± se", "95 % t interval"}));
        // Per cell: three seeds and the mean of validation, and the mean of training.
        QCOMPARE(fixture.plot().lineCount(), std::size_t(10));
        QCOMPARE(fixture.plot().bandCount(), std::size_t(0));
        QCOMPARE(fixture.shown(0, ui::SeriesModel::Name), "L 64 · k/L 0.25, mean of 3 seeds");
        box->setCurrentIndex(box->findText("95 % t interval"));
        QCOMPARE(fixture.plot().lineCount(), std::size_t(4));
        QCOMPARE(fixture.plot().bandCount(), std::size_t(2));
        QCOMPARE(fixture.shown(0, ui::SeriesModel::Name),
                 "L 64 · k/L 0.25, mean of 3 seeds, 95 % t interval");
    }

    void theBandIsTheOneOfTheStatistics_data() {
        QTest::addColumn<int>("band");
        for (const ui::SeedBand band : ui::allSeedBands())
            if (band != ui::SeedBand::EachSeed)
                QTest::newRow(qPrintable(ui::title(band))) << int(band);
    }

    void theBandIsTheOneOfTheStatistics() {
        QFETCH(int, band);
        CurvesFixture fixture;
        fixture.choose("curveQuantity", int(ui::Quantity::GradientNorm));
        fixture.choose("curveBand", band);
        std::vector<double> values;
        for (const runs::RunView& run : fixture.workbench->study()->runs())
            if (run.spec.length == 64 && run.spec.keepRatio == 0.25)
                values.push_back(made::pointOf(run.spec, 123).gradientNorm);
        const stats::Descriptives expected = stats::describe(values, 0.95);
        const double half =
            band == int(ui::SeedBand::StandardDeviation) ? expected.sd : expected.standardError;
        stats::Interval wanted{expected.mean - half, expected.mean + half};
        if (band == int(ui::SeedBand::MinToMax)) wanted = {expected.minimum, expected.maximum};
        if (band == int(ui::SeedBand::TInterval)) wanted = expected.meanInterval;
        fixture.page().series().setCursor(123.4);
        QCOMPARE(fixture.shown(0, ui::SeriesModel::Training), ui::significant(expected.mean));
        QCOMPARE(fixture.shown(0, ui::SeriesModel::Band),
                 QStringLiteral("%1 to %2")
                     .arg(ui::significant(wanted.lower), ui::significant(wanted.upper)));
    }

    void theCursorReadsEveryCurveAtItsX() {
        CurvesFixture fixture;
        fixture.moveTo(150);
        const auto step = std::int64_t(std::floor(fixture.cursorX(150)));
        QCOMPARE(fixture.shown(0, ui::SeriesModel::Training),
                 ui::significant(stats::mean(trainingLosses(0.25, step))));
        QCOMPARE(fixture.shown(1, ui::SeriesModel::Training),
                 ui::significant(stats::mean(trainingLosses(0.5, step))));
    }

    void whatIsNotFiniteBreaksTheMeanAndItsBand() {
        CurvesFixture fixture;
        fixture.choose("curveBand", int(ui::SeedBand::TInterval));
        fixture.page().series().setCursor(double(kBrokenStep));
        QCOMPARE(fixture.shown(1, ui::SeriesModel::Training), ui::significant(kNan));
        QVERIFY(fixture.shown(0, ui::SeriesModel::Training) != ui::significant(kNan));
        fixture.page().series().setCursor(double(kBrokenStep) + 1);
        QVERIFY(fixture.shown(1, ui::SeriesModel::Training) != ui::significant(kNan));
    }

    void smoothingLeavesTheMeasuredLineUnderTheSmoothedOne() {
        CurvesFixture fixture;
        fixture.choose("curveBand", int(ui::SeedBand::TInterval));
        const std::size_t before = fixture.plot().lineCount();
        fixture.page().series().setCursor(100.0);
        const QString measured = fixture.shown(0, ui::SeriesModel::Training);
        fixture.find<QSpinBox>("curveSmoothing")->setValue(20);
        QCOMPARE(fixture.plot().lineCount(), before + 2);
        QCOMPARE(fixture.plot().pointCount("L 64 · k/L 0.25/training/raw"), int(kPoints));
        QCOMPARE(fixture.shown(0, ui::SeriesModel::Training), measured);
        QVERIFY(fixture.shown(0, ui::SeriesModel::Name).endsWith("smoothed"));
        const QModelIndex name = fixture.page().series().index(0, ui::SeriesModel::Name);
        QVERIFY(fixture.page()
                    .series()
                    .data(name, Qt::ToolTipRole)
                    .toString()
                    .contains("halves every 20 recorded points"));
    }

    void bothAxesAreTrulyLogarithmicAndTheirTicksAreRound() {
        CurvesFixture fixture;
        const QCustomPlot& canvas = fixture.plot().canvas();
        fixture.find<QCheckBox>("curveLogX")->setChecked(true);
        fixture.find<QCheckBox>("curveLogY")->setChecked(true);
        QCOMPARE(canvas.xAxis->scaleType(), QCPAxis::stLogarithmic);
        QCOMPARE(canvas.yAxis->scaleType(), QCPAxis::stLogarithmic);
        // Equal ratios are equal distances.
        QVERIFY(std::abs((canvas.xAxis->coordToPixel(10) - canvas.xAxis->coordToPixel(1)) -
                         (canvas.xAxis->coordToPixel(100) - canvas.xAxis->coordToPixel(10))) <
                1e-6);
        for (const QCPAxis* axis : {canvas.xAxis, canvas.yAxis}) {
            QVector<double> ticks;
            QVector<QString> labels;
            axis->ticker()->generate(axis->range(), QLocale(), 'g', 6, ticks, nullptr, &labels);
            ticks.removeIf([axis](double tick) { return !axis->range().contains(tick); });
            QVERIFY(ticks.size() >= 3);
            for (const double tick : ticks) {
                const double digits = tick / std::pow(10.0, std::floor(std::log10(tick)) - 1);
                QVERIFY2(std::abs(digits - std::round(digits)) < 1e-6,
                         qPrintable(QString::number(tick)));
            }
        }
    }

    void aSpikeOfOnePointIsDrawn() {
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at < 20000; ++at) {
            data->x.push_back(at);
            data->y.push_back(at == 12345 ? 1.0 : 0.0);
        }
        ui::LinePlot plot;
        drawLine(plot, data);
        const QImage image = plot.canvas().toPixmap().toImage();
        QVERIFY(hasColour(image, around(plot.canvas(), 12345, 0.98, 2), Qt::red));
        QVERIFY(!hasColour(image, around(plot.canvas(), 11000, 0.98, 2), Qt::red));
    }

    void aSpikeOfOnePointStandsOutOfNoise() {
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at < 20000; ++at) {
            data->x.push_back(at);
            data->y.push_back(at == 12345 ? 1.0
                                          : (at == 16000 ? kNan : 0.4 * ((at * 7919) % 13) / 12.0));
        }
        ui::LinePlot plot;
        drawLine(plot, data);
        const QImage image = plot.canvas().toPixmap().toImage();
        QVERIFY(hasColour(image, around(plot.canvas(), 12345, 0.98, 2), Qt::red));
        QVERIFY(hasColour(image, around(plot.canvas(), 12345, 0.7, 2), Qt::red));
        QVERIFY(!hasColour(image, around(plot.canvas(), 12345, -0.03, 2), Qt::red));
        QVERIFY(!hasColour(image, around(plot.canvas(), 11000, 0.5, 2), Qt::red));
        for (const double x : {100.0, 5000.0, 19900.0})
            QVERIFY(hasColour(image, around(plot.canvas(), x, 0.2, 0), Qt::red));
    }

    void aValueThatIsNotFiniteIsAVisibleBreak() {
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at <= 100; ++at) {
            data->x.push_back(at);
            data->y.push_back(at > 40 && at < 60
                                  ? (at % 2 ? kNan : std::numeric_limits<double>::infinity())
                                  : 1.0);
        }
        ui::LinePlot plot;
        drawLine(plot, data);
        const QImage image = plot.canvas().toPixmap().toImage();
        QVERIFY(hasColour(image, around(plot.canvas(), 20, 1.0, 2), Qt::red));
        QVERIFY(!hasColour(image, around(plot.canvas(), 50, 1.0, 2), Qt::red));
        QVERIFY(hasColour(image, around(plot.canvas(), 80, 1.0, 2), Qt::red));
    }

    void referenceLinesStandAtChanceAndAtTheUnigramEntropy() {
        CurvesFixture fixture;
        const auto corpus = data::openCorpus(fixture.workbench->study()->settings().data);
        const double entropy = data::unigramEntropy((*corpus)->validation());
        QStringList texts;
        const QCustomPlot& canvas = fixture.plot().canvas();
        for (int at = 0; at < canvas.itemCount(); ++at)
            if (const auto* text = qobject_cast<const QCPItemText*>(canvas.item(at)))
                texts << text->text();
        QVERIFY(texts.contains("ln V = 5.545 (chance)"));
        QVERIFY(texts.contains(
            QStringLiteral("unigrams = %1 (no context)").arg(ui::significant(entropy))));
        fixture.choose("curveQuantity", int(ui::Quantity::GradientNorm));
        QVERIFY(canvas.itemCount() < texts.size() + 2);
    }

    void outliersAreShownUntilAskedOtherwiseAndThenCounted() {
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at < 1000; ++at) {
            data->x.push_back(at);
            data->y.push_back(at == 500 ? 1000.0 : at % 10);
        }
        ui::LinePlot plot;
        drawLine(plot, data);
        QVERIFY(plot.canvas().yAxis->range().upper > 1000);
        QCOMPARE(plot.clippedCount(), std::size_t(0));
        plot.setValueFit(ui::ValueFit::WithoutOutliers);
        QVERIFY(plot.canvas().yAxis->range().upper < 20);
        QCOMPARE(plot.clippedCount(), std::size_t(1));
    }

    void theKeyboardPansZoomsAndFits() {
        CurvesFixture fixture;
        ui::LinePlot& plot = fixture.plot();
        const QCPRange all = plot.canvas().xAxis->range();
        QTest::keyClick(&plot, Qt::Key_Right);
        QVERIFY(plot.canvas().xAxis->range().lower > all.lower);
        QTest::keyClick(&plot, Qt::Key_Plus);
        QVERIFY(plot.canvas().xAxis->range().size() < all.size());
        QTest::keyClick(&plot, Qt::Key_0);
        QCOMPARE(plot.canvas().xAxis->range().lower, all.lower);
        QCOMPARE(plot.canvas().xAxis->range().upper, all.upper);
    }

    void valuesAreCopiedAsTheyWereMeasured() {
        CurvesFixture fixture;
        fixture.choose("curveBand", int(ui::SeedBand::MinToMax));
        QAction* copy = nullptr;
        for (QAction* action : fixture.page().findChildren<QAction*>())
            if (action->text() == "Copy values (TSV)") copy = action;
        QVERIFY(copy);
        copy->trigger();
        const QStringList rows = QApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), 1 + 2 * (int(kPoints) + 10));
        const QStringList first = rows[1].split('\t');
        const stats::Descriptives expected = stats::describe(trainingLosses(0.25, 1), 0.95);
        QCOMPARE(first[2].toDouble(), 1.0);
        QCOMPARE(first[3].toDouble(), expected.mean);
        QCOMPARE(first[4].toDouble(), expected.minimum);
        QCOMPARE(first[5].toDouble(), expected.maximum);
    }

    void choicesAreRememberedAtTheNextStart() {
        CurvesFixture fixture;
        fixture.choose("curveBand", int(ui::SeedBand::StandardError));
        fixture.choose("curveAxis", int(ui::CurveAxis::Tokens));
        fixture.find<QSpinBox>("curveSmoothing")->setValue(5);
        fixture.reopen();
        QCOMPARE(fixture.find<QComboBox>("curveBand")->currentText(), "± se");
        QCOMPARE(fixture.find<QComboBox>("curveAxis")->currentText(), "Tokens seen");
        QCOMPARE(fixture.find<QSpinBox>("curveSmoothing")->value(), 5);
    }

    void theMeanStandsAtStepsThatAllRunsHaveAndGrowsAtItsEnd() {
        const auto first = runLine({1, 2, 4, 6}, {1, 2, 4, 6});
        const auto second = runLine({2, 3, 4}, {4, 0, 8});
        ui::SeedMean mean({first, second}, ui::SeedBand::MinToMax);
        mean.extend();
        QCOMPARE(mean.mean()->x, (std::vector<double>{2, 4}));
        QCOMPARE(mean.mean()->y, (std::vector<double>{3, 6}));
        const auto drawn = mean.mean();
        second->steps.insert(second->steps.end(), {5, 6});
        second->data->x.insert(second->data->x.end(), {5, 6});
        second->data->y.insert(second->data->y.end(), {0, 10});
        mean.extend();
        QCOMPARE(mean.mean(), drawn);  // the same line, longer
        QCOMPARE(drawn->x, (std::vector<double>{2, 4, 6}));
        QCOMPARE(mean.band()->upper, (std::vector<double>{4, 8, 10}));
    }

    void aPointThatChangesStartsTheLineAgain() {
        QTemporaryDir folder;
        const runs::Study study =
            made::finishedStudy(folder.filePath("study").toStdString(), grid(), 10);
        const runs::RunView& run = study.runs().front();
        runs::MetricPoint next = made::pointOf(run.spec, 2);
        ui::RunCurve curve{{made::pointOf(run.spec, 1)}, 0};
        const auto source = [&](const runs::RunId& id) { return id == run.id ? &curve : nullptr; };
        const std::vector<ui::CellKey> cells = {
            {run.spec.length, run.spec.keepRatio, run.spec.attention}};
        ui::CurveLines lines;
        lines.build(study, source, cells, {});
        const auto before = lines.series().front().training.mean;
        curve.points.push_back(next);
        lines.build(study, source, cells, {});
        QCOMPARE(lines.series().front().training.mean, before);
        QCOMPARE(before->y.size(), std::size_t(2));
        curve.points.back().trainLoss = 77.0;
        ++curve.rewrites;
        lines.build(study, source, cells, {});
        QVERIFY(lines.series().front().training.mean != before);
        QCOMPARE(lines.series().front().training.mean->y.back(), 77.0);
    }
};

QTEST_MAIN(CurvesTest)
#include "ui_curves_test.moc"
