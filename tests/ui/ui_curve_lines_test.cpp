// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/made_study.h"
#include "ui/curve_lines.h"
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
};

QTEST_GUILESS_MAIN(CurveLinesTest)
#include "ui_curve_lines_test.moc"
