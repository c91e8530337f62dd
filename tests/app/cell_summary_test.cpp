// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cell_summary.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/runs/grid_table.h"
#include "stats/grid_table.h"
#include "tests/app/small_table.h"

namespace {

using app::summarise;

TEST(SpreadOf, ThreeValuesByHand) {
    const double values[] = {1.0, 2.0, 6.0};
    const auto spread = app::spreadOf(values);
    ASSERT_TRUE(spread);
    EXPECT_EQ(spread->n, 3U);
    EXPECT_DOUBLE_EQ(spread->mean, 3.0);
    EXPECT_DOUBLE_EQ(*spread->sd, std::sqrt(7.0));  // (4 + 1 + 9) / 2
    // t quantile p at 2 degrees of freedom: (2p - 1) / sqrt(2 p (1 - p)).
    EXPECT_NEAR(*spread->high - spread->mean,
                0.95 / std::sqrt(2.0 * 0.975 * 0.025) * std::sqrt(7.0 / 3.0), 1e-12);
}

TEST(SpreadOf, OneValueHasNoSpreadAndNoneHasNoMean) {
    const double one[] = {2.5};
    const auto spread = app::spreadOf(one);
    ASSERT_TRUE(spread);
    EXPECT_EQ(spread->mean, 2.5);
    EXPECT_FALSE(spread->sd);
    EXPECT_FALSE(spread->low);
    EXPECT_FALSE(app::spreadOf({}));
}

TEST(Summarise, FailedRunsAreCountedAndNeverAveraged) {
    const auto table = small::table();
    const auto summary = summarise(table);
    ASSERT_EQ(summary.cells.size(), 4U);
    const auto& cell = summary.cells[2];  // L=64, r=0.75: one of three diverged
    EXPECT_EQ(cell.planned, 3U);
    EXPECT_EQ(cell.done, 2U);
    EXPECT_EQ(cell.diverged, 1U);
    EXPECT_DOUBLE_EQ(cell.loss->mean, 1.95);
    EXPECT_EQ(cell.loss->n, 2U);
}

TEST(Summarise, ImprovementIsRelativeToTheReferenceWithSign) {
    const auto table = small::table();
    const auto summary = summarise(table);
    EXPECT_NEAR(*summary.cells[0].improvementVsBaseline, (2.0 - 2.1) / 2.0, 1e-12);
    EXPECT_NEAR(*summary.cells[2].improvementVsBaseline, (2.0 - 1.95) / 2.0, 1e-12);
    EXPECT_NEAR(*summary.cells[2].improvementVsDense, (1.9 - 1.95) / 1.9, 1e-12);
    EXPECT_DOUBLE_EQ(*summary.cells[1].improvementVsBaseline, 0.0);
}

TEST(Summarise, TheBestIsASparseCellAndKnowsWhenItIsOnTheEdge) {
    auto table = small::table();
    auto summary = summarise(table);
    ASSERT_EQ(summary.lengths.size(), 1U);
    EXPECT_EQ(summary.lengths[0].best, &summary.cells[2])
        << "not the dense reference, though it is better";
    EXPECT_TRUE(summary.lengths[0].bestOnEdge);
    EXPECT_FALSE(summary.lengths[0].interim);

    for (auto& run : table.cells[1].runs) run.result->finalLoss = 1.0;
    summary = summarise(table);
    EXPECT_EQ(summary.lengths[0].best, &summary.cells[1]);
    EXPECT_FALSE(summary.lengths[0].bestOnEdge);
}

TEST(Summarise, ARowIsInterimWhileRunsAreMissing) {
    auto table = small::table();
    table.cells[0].runs[0].result.reset();
    table.cells[0].runs[0].status = runs::RunStatus::Paused;
    EXPECT_TRUE(summarise(table).lengths[0].interim);
}

TEST(Summarise, FlagsOfAnyRunAreFlagsOfTheCell) {
    auto table = small::table();
    table.cells[1].runs[2].result->roseAfterMinimum = true;
    const auto summary = summarise(table);
    EXPECT_TRUE(summary.cells[1].roseAfterMinimum);
    EXPECT_FALSE(summary.cells[0].roseAfterMinimum);
}

TEST(GridTable, SortsLevelsAndKeepsFailuresApart) {
    auto results = small::table();
    results.keepRatios = {0.75, 0.25, 0.5};  // as somebody might have planned them
    const stats::GridTable table = runs::gridTable<stats::GridTable>(results);
    EXPECT_EQ(table.keepRatios, (std::vector<double>{0.25, 0.5, 0.75}));
    EXPECT_EQ(table.at(0, 0, 0).state, stats::RunState::Done);
    EXPECT_DOUBLE_EQ(table.at(0, 0, 0).loss, 2.0);
    EXPECT_EQ(table.at(0, 2, 1).state, stats::RunState::Failed);
    EXPECT_TRUE(table.hasDense());
    EXPECT_DOUBLE_EQ(table.denseAt(0, 0).loss, 1.9);
    results.cells[1].runs[1].result.reset();
    results.cells[1].runs[1].status = runs::RunStatus::Running;
    EXPECT_EQ(runs::gridTable<stats::GridTable>(results).at(0, 1, 1).state,
              stats::RunState::Missing);
}

}  // namespace
