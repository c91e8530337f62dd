// SPDX-License-Identifier: GPL-3.0-or-later
#include <qcustomplot.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QSpinBox>
#include <QTemporaryDir>
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
        select();
    }
    void select() {
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

/// What the axes show.
ui::PlotView shownBy(ui::LinePlot& plot) {
    const QCPRange x = plot.canvas().xAxis->range();
    const QCPRange y = plot.canvas().yAxis->range();
    return ui::PlotView{x.lower, x.upper, y.lower, y.upper};
}

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

    void theTableSaysThatACurveIsReadOnAPartOfTheValidationSplit() {
        CurvesFixture fixture;
        const runs::Study& study = *fixture.workbench->study();
        const QString part = ui::counted(study.settings().training.evaluationTokens);
        QVERIFY(study.settings().training.evaluationTokens < study.corpus().validationTokens);
        QVERIFY(fixture.find<QLabel>("curveValidationPart")->text().contains(part));
        const QString tip =
            fixture.page()
                .series()
                .headerData(ui::SeriesModel::Validation, Qt::Horizontal, Qt::ToolTipRole)
                .toString();
        QVERIFY2(tip.contains("first " + part + " tokens"), qPrintable(tip));
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
        QVERIFY(
            fixture.shown(0, ui::SeriesModel::Name).endsWith("smoothed with weights 2^(−age/20)"));
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

    void aFigureHasANameAndTheFolderOfTheLastOne() {
        CurvesFixture fixture;
        QTemporaryDir folder;
        QAction* save = nullptr;
        for (QAction* action : fixture.page().findChildren<QAction*>())
            if (action->text() == "Save figure (PNG at 1×)…") save = action;
        QVERIFY(save);
        save->trigger();
        auto* dialog = fixture.page().findChild<QFileDialog*>();
        QVERIFY(dialog);
        QCOMPARE(QFileInfo(dialog->selectedFiles().front()).fileName(), "curves_loss.png");
        const QString path = folder.filePath("mine.png");
        dialog->selectFile(path);
        static_cast<QDialog*>(dialog)->accept();
        QVERIFY(QFileInfo(path).size() > 1000);
        QTRY_VERIFY(!fixture.page().findChild<QFileDialog*>());
        save->trigger();
        dialog = fixture.page().findChild<QFileDialog*>();
        QCOMPARE(dialog->directory().absolutePath(), QDir(folder.path()).absolutePath());
        dialog->reject();
    }

    void theZoomIsThereAtTheNextStartUntilTheUserFits() {
        CurvesFixture fixture;
        const ui::PlotView all = shownBy(fixture.plot());
        QVERIFY(!fixture.plot().view());
        QTest::keyClick(&fixture.plot(), Qt::Key_Plus);
        QTest::keyClick(&fixture.plot(), Qt::Key_Right);
        const std::optional<ui::PlotView> zoomed = fixture.plot().view();
        QVERIFY(zoomed && *zoomed != all);
        fixture.reopen();
        fixture.select();
        QCOMPARE(fixture.plot().view(), zoomed);
        QCOMPARE(shownBy(fixture.plot()), *zoomed);

        fixture.workbench->select({{128, 0.5, experiment::AttentionKind::Sparse}});
        QVERIFY2(!fixture.plot().view(), "other cells are shown whole");
        fixture.select();
        QTest::keyClick(&fixture.plot(), Qt::Key_Plus);
        QTest::keyClick(&fixture.plot(), Qt::Key_Home);
        fixture.reopen();
        fixture.select();
        QVERIFY2(!fixture.plot().view(), "the user went back to everything");
    }

    void everyCurveIsShownWhereNoCellIsSelected() {
        CurvesFixture fixture;
        fixture.workbench->select({});
        for (const char* line : {"L 64 · k/L 0.25/training", "L 128 · k/L 0.5/training"})
            QTRY_COMPARE(fixture.plot().pointCount(QString::fromUtf8(line)), int(kPoints));
        QCOMPARE(fixture.page().series().rowCount(), 4);
    }

    void anEmptyPageSaysWhyItIsEmpty() {
        WindowFixture fixture;
        fixture.openStudy();
        const auto* empty = fixture.window->findChild<QLabel*>("curvesEmpty");
        QTRY_VERIFY2(empty->text().startsWith("Nothing is trained yet"), qPrintable(empty->text()));
        fixture.workbench->select({{64, 0.25, experiment::AttentionKind::Sparse}});
        QTRY_VERIFY2(empty->text().contains("no points yet"), qPrintable(empty->text()));
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
};

QTEST_MAIN(CurvesTest)
#include "ui_curves_test.moc"
