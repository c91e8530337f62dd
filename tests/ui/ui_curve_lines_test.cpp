// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/made_study.h"
#include "ui/curve_lines.h"
#include "ui/grid_content.h"
#include "ui/seed_mean.h"

namespace {

experiment::GridSettings grid() {
    experiment::GridSettings grid;
    grid.lengths = {64};
    grid.keepRatios = {0.25, 0.5};
    grid.seeds = {1, 2, 3};
    return grid;
}

std::shared_ptr<ui::RunLine> runLine(std::vector<std::int64_t> steps, std::vector<double> values) {
    auto line = std::make_shared<ui::RunLine>();
    for (const std::int64_t step : steps) line->data->x.push_back(double(step));
    line->steps = std::move(steps);
    line->data->y = std::move(values);
    return line;
}

/// Points of the line with this key; -1 where none is drawn.
int pointsOf(const ui::CurveLines& lines, const QString& key) {
    for (const ui::PlotLine& line : lines.content().lines)
        if (line.key == key) return int(line.data->x.size());
    return -1;
}

/// Every run is finished but the last, which a further seed of the first cell plans.
runs::Study withOneMoreSeed(const QTemporaryDir& folder) {
    runs::Study study = made::finishedStudy(folder.filePath("study").toStdString(), grid(), 40);
    study.rescan();
    experiment::RunSpec next = study.runs().front().spec;
    next.seed = 4;
    if (!study.addRuns({next})) qFatal("the seed was not planned");
    return study;
}

}  // namespace

/// The numbers that are drawn, without a window.
class CurveLinesTest : public QObject {
    Q_OBJECT
private slots:
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

    void aSeedThatHasBegunDoesNotCutTheMeanOfThoseThatAreDone() {
        QTemporaryDir folder;
        const runs::Study study = withOneMoreSeed(folder);
        const experiment::RunSpec& next = study.runs().back().spec;
        const runs::RunId begun = study.runs().back().id;
        std::map<runs::RunId, ui::RunCurve> curves;
        for (const runs::RunView& run : study.runs()) {
            const std::int64_t points = run.id == begun ? 3 : 40;
            for (std::int64_t step = 1; step <= points; ++step) {
                runs::MetricPoint point = made::pointOf(run.spec, step);
                if (run.id == begun) point.validationLoss.reset();
                curves[run.id].points.push_back(point);
            }
        }
        const auto source = [&](const runs::RunId& id) { return &curves[id]; };
        const std::vector<ui::CellKey> cells = {{next.length, next.keepRatio, next.attention}};
        for (const ui::SeedBand band : ui::allSeedBands()) {
            ui::CurveChoice choice;
            choice.band = band;
            ui::CurveLines lines;
            lines.build(study, source, cells, choice);
            const ui::CurveSeries& series = lines.series().front();
            QVERIFY2(series.name.contains("mean of the 3 finished seeds"), qPrintable(series.name));
            QCOMPARE(series.training.mean->x.back(), 40.0);
            QCOMPARE(series.validation.mean->x.back(), 40.0);
            QCOMPARE(pointsOf(lines, QString::fromStdString(begun) + "/t"), 3);
        }
        ui::CurveLines lines;
        lines.build(study, source, cells, {});
        const QString first = QString::fromStdString(study.runs().front().id);
        QCOMPARE(pointsOf(lines, first + "/t"), 40);
        QCOMPARE(pointsOf(lines, first + "/v"), 40);
    }

    void seedsOfWhichNoneIsDoneAreAveragedWhereAllHaveComeTo() {
        QTemporaryDir folder;
        runs::Study study = made::finishedStudy(folder.filePath("study").toStdString(), grid(), 10);
        experiment::RunSpec spec = study.runs().front().spec;
        spec.keepRatio = 0.75;
        spec.keep = 48;
        std::vector<experiment::RunSpec> added(2, spec);
        added[0].seed = 1;
        added[1].seed = 2;
        QVERIFY(study.addRuns(added));
        std::map<runs::RunId, ui::RunCurve> curves;
        for (const runs::RunView& run : study.runs())
            for (std::int64_t step = 1; step <= (run.spec.seed == 1 ? 8 : 5); ++step) {
                curves[run.id].points.push_back(made::pointOf(run.spec, step));
                if (run.spec.seed == 2) curves[run.id].points.back().validationLoss.reset();
            }
        ui::CurveLines lines;
        lines.build(study, [&](const runs::RunId& id) { return &curves[id]; },
                    {{spec.length, spec.keepRatio, spec.attention}}, {});
        const ui::CurveSeries& series = lines.series().front();
        QVERIFY2(series.name.endsWith("mean of 2 seeds (validation: of 1)"),
                 qPrintable(series.name));
        QCOMPARE(series.training.mean->x.back(), 5.0);
    }

    void theSparklineOfAFinishedSeedStaysWhileAnotherTrains() {
        QTemporaryDir folder;
        runs::Study study = withOneMoreSeed(folder);
        const ui::CurveStore curves;
        const auto sparkline = [&] {
            return ui::gridContent(study, curves, ui::Metric::FinalLoss).cells.front().sparkline;
        };
        const std::vector<double> before = sparkline();
        QCOMPARE(before.size(), std::size_t(10));
        runs::RunStarted started;
        started.id = study.runs().back().id;
        started.totalSteps = 40;
        study.apply(started);
        QCOMPARE(study.runs().back().status, runs::RunStatus::Running);
        QCOMPARE(sparkline(), before);
    }
};

QTEST_GUILESS_MAIN(CurveLinesTest)
#include "ui_curve_lines_test.moc"
